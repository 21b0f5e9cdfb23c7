"""Old XLS by calamine."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from python_calamine import CalamineSheet, CalamineWorkbook

from otklik.channels.importing.faults import FileFault
from otklik.channels.importing.readers.packed import BROKEN, LOCKED
from otklik.channels.importing.readers.sheet import Sheet, numbered
from otklik.channels.importing.values import Value

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def open_xls(path: Path, title: str) -> list[Sheet]:
    """Every sheet of the book. Raises FileFault when it is broken or has a password."""
    if ENCRYPTED in path.read_bytes():
        raise FileFault(LOCKED)
    pages = _pages(path)
    return [_sheet(page, title) for page in pages]


def _sheet(page: CalamineSheet, title: str) -> Sheet:
    total = _first(page) + page.height
    return Sheet(f"{title}, лист «{page.name}»", total, lambda: numbered(_rows(page)))


def _pages(path: Path) -> list[CalamineSheet]:
    try:
        book = CalamineWorkbook.from_path(path)
        return [book.get_sheet_by_name(name) for name in book.sheet_names]
    except BaseException as error:
        # A broken book may end as a panic of the Rust side, which is no Exception.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise FileFault(LOCKED if "assword" in str(error) else BROKEN) from error
        raise


def _rows(page: CalamineSheet) -> Iterator[Sequence[Value]]:
    yield from ([] for _ in range(_first(page)))
    yield from page.iter_rows()


def _first(page: CalamineSheet) -> int:
    """How many blank rows stand above the first filled one; calamine leaves them out."""
    return page.start[0] if page.start else 0
