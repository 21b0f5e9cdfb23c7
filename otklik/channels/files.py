"""Attached files: the type is told by the content, sizes are bounded, pictures lose their hidden data.

Called by the portal, the clerk's card and the API inside the municipality's scope.
"""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import filetype
from django.conf import settings

from otklik.channels.disk import settle, unnamed
from otklik.channels.models import RawMessage, StoredFile
from otklik.channels.pictures import Picture, strip_picture
from otklik.common.errors import Refused
from otklik.common.models import Municipality

MAX_FILES = 10
MAX_NAME = 120
TOO_BIG = "Файл больше 20 МБ. Уменьшите скан до 200 точек на дюйм или разделите."
ALLOWED_WORDS = "Загрузите снимок JPG, PNG, WEBP или документ PDF, DOCX, XLSX, ODT, RTF, TXT."

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
PDF, RTF, TXT = "application/pdf", "application/rtf", "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
EXTENSIONS = {
    JPEG: ("jpg", "jpeg", "jfif"),
    PNG: ("png",),
    WEBP: ("webp",),
    PDF: ("pdf",),
    DOCX: ("docx",),
    XLSX: ("xlsx",),
    ODT: ("odt",),
    RTF: ("rtf", "doc"),
    TXT: ("txt", "csv", "log"),
}
PICTURES = frozenset({JPEG, PNG, WEBP})


@dataclass(frozen=True)
class Checked:
    """Content ready to be stored."""

    name: str
    content_type: str
    content: bytes
    picture: Picture | None = None


def store_files(
    files: Sequence[tuple[str, BinaryIO]], municipality: Municipality, raw: RawMessage | None = None
) -> list[StoredFile]:
    """Store all or none: every file is checked before the first is written. Raises Refused."""
    if len(files) > MAX_FILES:
        raise Refused(f"Файлов больше {MAX_FILES}: объедините страницы в один PDF.")
    checked = [check_file(name, stream) for name, stream in files]
    return [_store(one, municipality, raw) for one in checked]


def store_file(
    stream: BinaryIO | bytes, name: str, municipality: Municipality, raw: RawMessage | None = None
) -> StoredFile:
    """One checked file on the disk under its digest, and its row. Raises Refused."""
    source = io.BytesIO(stream) if isinstance(stream, bytes) else stream
    return _store(check_file(name, source), municipality, raw)


def store_made(content: bytes, name: str, content_type: str, municipality: Municipality) -> StoredFile:
    """A file the system itself made, of a kind nobody may upload (an invitation for a calendar)."""
    return _store(Checked(name, content_type, content), municipality, None)


def path_of(file: StoredFile) -> Path:
    """Where the content lies."""
    return Path(settings.MEDIA_ROOT) / file.path


def thumbnail_of(file: StoredFile) -> Path | None:
    """Where the small picture lies, None for documents."""
    return Path(settings.MEDIA_ROOT) / file.thumbnail_path if file.thumbnail_path else None


def check_file(name: str, stream: BinaryIO) -> Checked:
    """Name, type and content safe to keep; a picture comes back without its hidden data. Raises Refused."""
    content = stream.read(settings.MAX_FILE_BYTES + 1)
    if len(content) > settings.MAX_FILE_BYTES:
        raise Refused(TOO_BIG)
    if not content:
        raise Refused("Файл пуст: проверьте, открывается ли он у вас, и приложите снова.")
    kind = type_of(content)
    if kind is None:
        raise Refused(f"Такой файл не принимаем. {ALLOWED_WORDS}")
    name = _safe_name(name, kind)
    if kind not in PICTURES:
        return Checked(name, kind, content)
    picture = strip_picture(content, kind)
    return Checked(name, kind, picture.content, picture)


def type_of(content: bytes) -> str | None:
    """The media type by content, None for what we do not take."""
    if content.startswith(b"PK\x03\x04"):
        return _office_type(content)
    if content.startswith(b"{\\rtf"):
        return RTF
    guess = filetype.guess(content[:8192])
    if guess is not None:
        return guess.mime if guess.mime in {JPEG, PNG, WEBP, PDF} else None
    return TXT if _is_text(content) else None


def _office_type(content: bytes) -> str | None:
    """Documents with macros are not taken."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if any(name.endswith("vbaProject.bin") for name in names):
                return None
            if "word/document.xml" in names:
                return DOCX
            if "xl/workbook.xml" in names:
                return XLSX
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                return ODT if archive.read("mimetype").strip() == ODT.encode() else None
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        return None
    return None


def _is_text(content: bytes) -> bool:
    if any(byte < 32 and byte not in b"\t\n\r\f" for byte in set(content)):
        return False
    head = content[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    # A page or a script named .txt could still be run by a careless browser.
    return not head.startswith((b"<", b"#!", b"%!", b"@echo"))


def _safe_name(name: str, kind: str) -> str:
    """The last part of the name without control characters. Raises Refused when its extension tells another type."""
    plain = "".join(char for char in name.replace("\\", "/") if char.isprintable())
    path = PurePosixPath(PurePosixPath(plain).name or "файл")
    extension = path.suffix.removeprefix(".").lower()
    if not extension:
        return f"{path.stem[:MAX_NAME]}.{EXTENSIONS[kind][0]}"
    if extension not in EXTENSIONS[kind]:
        raise Refused(
            f"Файл назван «.{extension[:10]}», а внутри {EXTENSIONS[kind][0].upper()}: "
            f"переименуйте его в .{EXTENSIONS[kind][0]} и приложите снова."
        )
    return f"{path.stem[:MAX_NAME]}.{extension}"


def _store(checked: Checked, municipality: Municipality, raw: RawMessage | None) -> StoredFile:
    digest = hashlib.sha256(checked.content).hexdigest()
    path = f"{municipality.key}/{digest[:2]}/{digest}"
    write_once(path, checked.content)
    picture = checked.picture
    if picture:
        write_once(f"{path}.small", picture.thumbnail)
    return StoredFile.objects.create(
        municipality=municipality,
        raw=raw,
        name=checked.name,
        content_type=checked.content_type,
        size=len(checked.content),
        sha256=digest,
        path=path,
        thumbnail_path=f"{path}.small" if picture else "",
        lat=picture.lat if picture else None,
        lon=picture.lon if picture else None,
    )


def write_once(path: str, content: bytes) -> None:
    """Write below MEDIA_ROOT whole or not at all; what is already there under this digest is the same."""
    target = Path(settings.MEDIA_ROOT) / path
    if target.exists():
        return
    with unnamed(target.parent) as out:
        out.write(content)
        settle(out, target)
