"""XLSX by openpyxl in a stream; formulas stay as their text and are never computed."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl

from otklik.channels.importing.faults import FileFault
from otklik.channels.importing.limits import MAX_STRINGS_BYTES, MAX_UNPACKED_BYTES
from otklik.channels.importing.readers.packed import BOMB, BROKEN, members, pieces
from otklik.channels.importing.readers.sheet import Sheet, numbered
from otklik.channels.importing.values import Value

_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
LONG_CELL_PIECES = 4


def open_xlsx(path: Path, title: str) -> Iterator[Sheet]:
    """Every sheet of the book. Raises FileFault when the book is broken or too large."""
    counts = survey(path)
    # openpyxl looks at the name of a path, and ours has no extension; a stream it takes as it is.
    with path.open("rb") as stream:
        with guarded():
            book = openpyxl.load_workbook(stream, read_only=True)
        for page in book.worksheets:
            yield _sheet(page, title, counts)


def _sheet(page: Any, title: str, counts: Mapping[str, int]) -> Sheet:
    total = counts.get(str(page._worksheet_path).lstrip("/"), 0)
    return Sheet(f"{title}, лист «{page.title}»", total, lambda: numbered(_rows(page)))


def survey(path: Path) -> dict[str, int]:
    """Rows of each part by its name; unpacks everything once and keeps nothing, so limits are true sizes."""
    counts: dict[str, int] = {}
    total = 0
    with guarded(), zipfile.ZipFile(path) as archive:
        for info in members(archive):
            if not info.filename.endswith((".xml", ".rels")):
                continue
            with archive.open(info) as stream:
                rows, size = _survey_part(pieces(stream, info.compress_size))
            counts[info.filename.lstrip("/")] = rows
            total += size
            if total > MAX_UNPACKED_BYTES or ("sharedStrings" in info.filename and size > MAX_STRINGS_BYTES):
                raise FileFault(BOMB)
    return counts


def _survey_part(parts: Iterator[bytes]) -> tuple[int, int]:
    rows = size = without_tags = 0
    tail = b""
    for piece in parts:
        if not size and b"<!DOCTYPE" in piece[:2000]:
            raise FileFault(BROKEN)
        size += len(piece)
        without_tags = 0 if b"<" in piece else without_tags + 1
        if without_tags >= LONG_CELL_PIECES:
            raise FileFault("В таблице есть ячейка больше 4 МБ: уберите её и загрузите файл снова.")
        rows += len(_ROW.findall(tail + piece)) - len(_ROW.findall(tail))
        tail = piece[-16:]
    return rows, size


@contextmanager
def guarded() -> Iterator[None]:
    """A broken book makes openpyxl raise nearly anything: all of it is one sentence for the clerk."""
    try:
        yield
    except (FileFault, MemoryError):
        raise
    except Exception as error:
        raise FileFault(BROKEN) from error


def _rows(page: Any) -> Iterator[Sequence[Value]]:
    # Some programs write a wrong size of the sheet; without it openpyxl reads what is really there.
    page.reset_dimensions()
    with guarded():
        yield from page.iter_rows(values_only=True)
