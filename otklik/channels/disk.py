"""Writing files so that a reader sees the whole of one or nothing, and a failure leaves nothing behind."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def unnamed(folder: Path) -> Iterator[IO[bytes]]:
    """A file of the folder without its final name yet: give it one by `settle`, else it is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as out:
        try:
            yield out
        finally:
            Path(out.name).unlink(missing_ok=True)


def settle(out: IO[bytes], target: Path) -> None:
    """Put the written file on the disk for good under its name."""
    out.flush()
    os.fsync(out.fileno())
    target.parent.mkdir(parents=True, exist_ok=True)
    Path(out.name).replace(target)
