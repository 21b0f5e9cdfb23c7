"""Versions of a charter to be compared: what is loaded, what was loaded before, what a person hands in as files.

Nothing here is saved; a handed-in file leaves no trace.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from django.db.models import QuerySet

from otklik.charter.clauses import ClauseRow
from otklik.charter.files import Preset, read_preset
from otklik.charter.models import CharterVersion
from otklik.charter.schema import Charter
from otklik.common.errors import Refused
from otklik.common.models import Municipality

NAMES = ("charter.toml", "clauses.csv")
MOST_BYTES = 2_000_000
TOO_BIG = "Файл положения больше 2 МБ: проверьте, тот ли это файл."


def versions_of(municipality: Municipality) -> QuerySet[CharterVersion]:
    """Loaded versions, the one in force first."""
    return CharterVersion.objects.filter(municipality=municipality).order_by("-loaded_at", "-id")


def kept_preset(version: CharterVersion, key: str) -> Preset:
    """A loaded version as a preset."""
    # Strictness was for the hand-written file; here dates come back from JSON as words.
    charter = Charter.model_validate(version.data["charter"], strict=False)
    return Preset(Path(key), charter, [ClauseRow(**row) for row in version.data["clauses"]], version.digest)


def handed_in(files: Mapping[str, bytes], key: str) -> Preset:
    """A version handed in as both files or as a ZIP with them.

    Refused when a file is missing, too big or not a text; raises `CharterError` with the faults of the files.
    """
    found = {
        name: content for one, content in files.items() for name, content in _unpacked(one, content).items()
    }
    missing = [name for name in NAMES if name not in found]
    if missing:
        raise Refused(f"Нет файла {' и '.join(missing)}: выберите оба файла положения или ZIP с ними.")
    with TemporaryDirectory() as root:
        folder = Path(root) / key
        folder.mkdir()
        for name in NAMES:
            (folder / name).write_text(_text(name, found[name]), encoding="utf-8")
        return read_preset(folder)


def _unpacked(name: str, content: bytes) -> dict[str, bytes]:
    """The file under its own name; of a ZIP the two files of a charter, whatever folder they stand in."""
    if len(content) > MOST_BYTES:
        raise Refused(TOO_BIG)
    if not name.lower().endswith(".zip"):
        return {PurePosixPath(name).name: content}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {
                PurePosixPath(one.filename).name: one for one in archive.infolist() if not one.is_dir()
            }
            wanted = {name: members[name] for name in NAMES if name in members}
            if any(one.file_size > MOST_BYTES for one in wanted.values()):
                raise Refused(TOO_BIG)
            return {name: archive.read(one) for name, one in wanted.items()}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
        raise Refused(f"Архив {name} не открывается: соберите его заново без пароля.") from None


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Refused(f"Файл {name} не в кодировке UTF-8: сохраните его в UTF-8.") from None
