"""What every depot promises, and the faults that have one sentence for all of them."""

from dataclasses import dataclass
from typing import IO, Protocol

from otklik.channels.importing.faults import FileFault

MOST_FILES = 2000
PIECE = 1024 * 1024
UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart", ".download")


@dataclass(frozen=True)
class Left:
    """A file as it lies there now. `stamp` changes when the content does; `is_whole`: it cannot grow any more."""

    name: str
    size: int
    stamp: str
    is_whole: bool = False


class NoTableError(Exception):
    """The file holds nothing for us: no fault, no need to look again."""


class Depot(Protocol):
    """An open depot. Every method raises Unreachable in words that say what to mend; a file too big is a FileFault."""

    def look(self) -> list[Left]:
        """Files that lie there, by name; folders and hidden files are left out."""
        ...

    def read(self, left: Left, out: IO[bytes]) -> None:
        """Write the content into `out`."""
        ...

    def put(self, name: str, content: bytes) -> str:
        """Leave a file whole or not at all, in the place of an older one of this name; tells where, for the journal."""
        ...


def is_meant(name: str) -> bool:
    """Whether a file of this name is a file for us: not hidden, not a lock, not a part being written."""
    return not name.startswith((".", "~")) and not name.casefold().endswith(UNFINISHED)


def check_size(left: Left, most: int) -> None:
    """Raises FileFault above the limit, so that nothing is fetched in vain."""
    if left.size > most:
        raise FileFault(f"Файл больше {most // PIECE} МБ: разделите выгрузку на части.")
