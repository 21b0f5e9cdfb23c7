"""Chooses the reader by the file's content, never by its name."""

import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import filetype

from otklik.channels.importing.faults import FileFault
from otklik.channels.importing.limits import MAX_FILE_BYTES
from otklik.channels.importing.readers.packed import BROKEN, DAMAGE, unpack_gzip, unpack_tables
from otklik.channels.importing.readers.plain import open_plain
from otklik.channels.importing.readers.sheet import Sheet
from otklik.channels.importing.readers.web import open_web
from otklik.channels.importing.readers.xls import open_xls

ZIP, GZIP, OLE = b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0"
NOT_A_TABLE = "Это не таблица: загрузите XLSX, XLS, CSV или ZIP с ними."


@contextmanager
def open_sheets(path: Path, name: str = "") -> Iterator[Iterator[Sheet]]:
    """Sheets of the file one after another; a sheet must be read before the next one is asked for."""
    if path.stat().st_size > MAX_FILE_BYTES:
        raise FileFault("Файл больше 200 МБ: разделите таблицу на части.")
    with tempfile.TemporaryDirectory(prefix="otklik-import-") as folder:
        yield _sheets(path, name or path.name, Path(folder))


def _sheets(path: Path, name: str, folder: Path) -> Iterator[Sheet]:
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(GZIP):
        path = unpack_gzip(path, folder)
        name = name.removesuffix(".gz")
        with path.open("rb") as file:
            head = file.read(4096)
    if not head.strip(b"\0 \r\n\t"):
        raise FileFault("Файл пуст: выгрузите его заново и загрузите снова.")
    if head.startswith(ZIP) and not _is_book(path):
        for inner, member in unpack_tables(path, folder):
            yield from _table(member, inner)
    else:
        yield from _table(path, name)


def _table(path: Path, name: str) -> Iterable[Sheet]:
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(ZIP):
        if not _is_book(path):
            raise FileFault(f"«{name}» — архив внутри архива: распакуйте его и загрузите таблицы.")
        # Its library weighs 20 MB, and pages come from processes that hardly ever read a book.
        from otklik.channels.importing.readers.xlsx import open_xlsx

        return open_xlsx(path, name)
    if head.startswith(OLE):
        return open_xls(path, name)
    if head.startswith((GZIP, b"%PDF")) or (b"\0" in head and filetype.guess(head) is not None):
        raise FileFault(NOT_A_TABLE)
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:200].lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head")):
        return open_web(path, name)
    return open_plain(path, name) if head.strip() else []


def _is_book(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except DAMAGE:
        raise FileFault(BROKEN) from None
    if "mimetype" in names and "content.xml" in names:
        raise FileFault("Таблицы ODS не читаем: сохраните её как XLSX и загрузите снова.")
    return any(name.lstrip("/").startswith("xl/") for name in names)
