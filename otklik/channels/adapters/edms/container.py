"""Files of one container: a folder or an archive, an archive inside it opened too; within limits.

Names lose their folders, so nothing of an archive can be written or read outside it.
"""

import io
import zipfile
from pathlib import Path, PurePosixPath

from otklik.channels.adapters.source import Unread

MOST_FILES = 200
MOST_BYTES = 100 * 1024 * 1024
PIECE = 1024 * 1024
TOO_BIG = f"Контейнер больше {MOST_BYTES // PIECE} МБ или в нём больше {MOST_FILES} файлов: разделите его."


def files_of(path: Path) -> dict[str, bytes]:
    """Name -> content. Raises Unread for what is no container or is too big."""
    files = _of_folder(path) if path.is_dir() else _of_archive(path.read_bytes(), path.name, MOST_BYTES)
    for name in [name for name in files if name.casefold().endswith(".zip")]:
        left = MOST_BYTES - sum(len(content) for content in files.values())
        files |= _of_archive(files[name], name, left)
    if len(files) > MOST_FILES:
        raise Unread(TOO_BIG, {"container": path.name})
    return files


def _of_folder(path: Path) -> dict[str, bytes]:
    found = [one for one in sorted(path.rglob("*")) if one.is_file() and not one.is_symlink()]
    if len(found) > MOST_FILES or sum(one.stat().st_size for one in found) > MOST_BYTES:
        raise Unread(TOO_BIG, {"container": path.name})
    return {one.name: one.read_bytes() for one in found}


def _of_archive(content: bytes, name: str, most: int) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if len(infos) > MOST_FILES:
                raise Unread(TOO_BIG, {"container": name})
            for info in infos:
                # The declared size is the archive's own word: what is read is counted.
                with archive.open(info) as inner:
                    told = inner.read(most + 1)
                most -= len(told)
                if most < 0:
                    raise Unread(TOO_BIG, {"container": name})
                files[PurePosixPath(_name_of(info)).name] = told
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError, EOFError) as error:
        words = "Архив контейнера повреждён или закрыт паролем: запросите его у отправителя снова."
        raise Unread(words, {"container": name}) from error
    return files


def _name_of(info: zipfile.ZipInfo) -> str:
    """Archives of Windows keep names in code page 866, which `zipfile` reads as 437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("cp866")
    except UnicodeError:
        return info.filename
