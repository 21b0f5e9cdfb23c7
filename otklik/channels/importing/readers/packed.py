"""Archives: what is inside is counted before it is read, so a zip bomb ends as a sentence."""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from otklik.channels.importing.faults import FileFault
from otklik.channels.importing.limits import (
    MAX_MEMBERS,
    MAX_PACK_RATIO,
    MAX_UNPACKED_BYTES,
    PIECE,
    RATIO_MATTERS_FROM,
)

BROKEN = "Файл оборван или повреждён: выгрузите его заново и загрузите снова."
BOMB = "Файл распаковывается больше чем в 1 ГБ: разделите таблицу на части."
# All that zipfile and gzip raise on damaged content.
DAMAGE = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError)
LOCKED = "Файл защищён паролем: снимите пароль и загрузите снова."


def members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Files of the archive worth reading. Raises FileFault for a password or too many files."""
    infos = [
        one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")
    ]
    if len(infos) > MAX_MEMBERS:
        raise FileFault(f"В архиве больше {MAX_MEMBERS} файлов: загрузите таблицы по отдельности.")
    if any(one.flag_bits & 1 for one in infos):
        raise FileFault(LOCKED)
    return infos


def pieces(stream: IO[bytes] | gzip.GzipFile, packed_size: int) -> Iterator[bytes]:
    """Unpacked content piece by piece, stopped by size and by a ratio no table has. Raises FileFault."""
    size = 0
    while True:
        try:
            piece = stream.read(PIECE)
        except DAMAGE:
            raise FileFault(BROKEN) from None
        if not piece:
            return
        size += len(piece)
        too_tight = size > RATIO_MATTERS_FROM and size > MAX_PACK_RATIO * max(packed_size, 1)
        if size > MAX_UNPACKED_BYTES or too_tight:
            raise FileFault(BOMB)
        yield piece


def unpack_gzip(path: Path, folder: Path) -> Path:
    """The content of a .gz in a file of the folder."""
    target = folder / "unpacked"
    with gzip.GzipFile(path) as stream, target.open("wb") as out:
        for piece in pieces(stream, path.stat().st_size):
            out.write(piece)
    return target


def unpack_tables(path: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """Name and unpacked file of each table of a ZIP, one after another in one place of the folder."""
    with zipfile.ZipFile(path) as archive:
        for info in members(archive):
            target = folder / "member"
            with _opened(archive, info) as stream, target.open("wb") as out:
                for piece in pieces(stream, info.compress_size):
                    out.write(piece)
            yield PurePosixPath(_name(info)).name, target


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    try:
        return archive.open(info)
    except DAMAGE:
        raise FileFault(BROKEN) from None


def _name(info: zipfile.ZipInfo) -> str:
    """Windows packs Russian names in cp866, which zipfile shows as cp437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("cp866")
    except UnicodeError:
        return info.filename
