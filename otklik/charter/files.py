"""A preset as files: finds the folders, reads and checks `charter.toml` and `clauses.csv`.

Called by `services.load_charter`, by `checking` and by tests; needs no database. Presets stand in our own
folder and in the extra folder OTKLIK_PRESETS, so a municipality is added by files alone.
"""

import csv
import hashlib
import io
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from otklik.charter.clauses import COLUMNS, WHOSE, ClauseRow, fault_of
from otklik.charter.errors import CharterError, Fault
from otklik.charter.extra import extra_folder, is_preset
from otklik.charter.schema import Charter
from otklik.charter.schema_faults import faults_in
from otklik.charter.toml_lines import line_of

OWN_FOLDER = Path(__file__).parent / "presets"
COMMON_FILE = OWN_FOLDER / "common.toml"


@dataclass(frozen=True)
class Preset:
    """One checked preset; `digest` changes whenever the charter or a clause does."""

    folder: Path
    charter: Charter
    clauses: list[ClauseRow]
    digest: str


def preset_folders() -> dict[str, Path]:
    """Key of each municipality and its folder; OTKLIK_PRESETS may add folders and replace ours of a key."""
    extra = extra_folder()
    roots = [OWN_FOLDER, extra] if extra else [OWN_FOLDER]
    return {folder.name: folder for root in roots for folder in sorted(root.iterdir()) if is_preset(folder)}


def read_preset(folder: Path) -> Preset:
    """Read and check a preset. Raises `CharterError` with every fault found in its two files."""
    faults: list[Fault] = []
    charter: Charter | None = None
    clauses: list[ClauseRow] = []
    try:
        charter = read_charter(folder)
    except CharterError as error:
        faults.extend(error.faults)
    try:
        clauses = read_clauses(folder / "clauses.csv")
    except CharterError as error:
        faults.extend(error.faults)
    if charter is not None:
        faults.extend(_stranger_faults(folder / "clauses.csv", charter, clauses))
    if charter is None or faults:
        raise CharterError(faults)
    return Preset(folder, charter, clauses, _digest(charter, clauses))


def read_charter(folder: Path) -> Charter:
    """Read `charter.toml` over `common.toml`. Raises `CharterError` naming file, key and line."""
    path = folder / "charter.toml"
    common = _read_toml(COMMON_FILE)
    role_defaults = common.pop("role_defaults", {})
    data = _merged(common, _read_toml(path))
    data["roles"] = {
        key: {"permissions": [], **role_defaults.get(key, {}), **role} if isinstance(role, dict) else role
        for key, role in data.get("roles", {}).items()
    }
    try:
        return Charter.model_validate({"key": folder.name, **data})
    except ValidationError as error:
        raise CharterError([_in_file(place, words, path) for place, words in faults_in(error)]) from None


def read_clauses(path: Path) -> list[ClauseRow]:
    """Read a list of duties. Raises `CharterError` for a missing file, a wrong heading, a bad row."""
    reader = csv.DictReader(io.StringIO(_text_of(path), newline=""), restval="")
    columns = list(reader.fieldnames or [])
    if columns not in (COLUMNS, [*COLUMNS, WHOSE]):
        raise CharterError([Fault(_name(path), 1, "id", f"в шапке должно стоять {','.join(COLUMNS)}")])
    lined = [(reader.line_num, ClauseRow(*(row[name].strip() for name in columns))) for row in reader]
    if faults := list(_clause_faults(_name(path), lined)):
        raise CharterError(faults)
    return [row for _, row in lined]


def clause_lines(path: Path) -> dict[str, int]:
    """The line of each duty, for messages about its evidence key."""
    reader = csv.DictReader(io.StringIO(_text_of(path), newline=""))
    return {row["id"]: reader.line_num for row in reader}


def _clause_faults(name: str, lined: list[tuple[int, ClauseRow]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for line, row in lined:
        if fault := fault_of(row, seen):
            yield Fault(name, line, *fault)
        seen.add(row.id)


def _stranger_faults(path: Path, charter: Charter, clauses: list[ClauseRow]) -> Iterator[Fault]:
    """Duties of a role that the charter does not have."""
    strangers = {row.id: row.actor for row in clauses if row.actor and row.actor not in charter.roles}
    lines = clause_lines(path) if strangers else {}
    for key, role in strangers.items():
        yield Fault(_name(path), lines[key], WHOSE, f"у пункта {key} роль {role}, которой нет в положении")


def _read_toml(path: Path) -> dict[str, Any]:
    text = _text_of(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        number = int(line.group(1)) if line else text.count("\n") + 1
        raise CharterError([Fault(_name(path), number, "-", f"файл не читается как TOML: {error}")]) from None


def _text_of(path: Path) -> str:
    """The file as text; the mark that Windows puts before UTF-8 is no part of it."""
    if not path.is_file():
        raise CharterError([Fault(_name(path), 1, "-", "файла нет")])
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        words = "файл не в кодировке UTF-8: сохраните его в ней"
        raise CharterError([Fault(_name(path), line, "-", words)]) from None


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Tables are joined key by key, anything else of the preset replaces what common.toml says.

    A parameter is replaced whole: its value, source and mark belong together.
    """
    joined = below | above
    for key in below.keys() & above.keys():
        both_tables = isinstance(below[key], dict) and isinstance(above[key], dict)
        if key == "parameters":
            joined[key] = below[key] | above[key]
        elif both_tables:
            joined[key] = _merged(below[key], above[key])
    return joined


def _in_file(place: tuple[str | int, ...], words: str, path: Path) -> Fault:
    """The fault at its line: in the preset, unless only common.toml speaks of that table."""
    key = ".".join(str(step) for step in place)
    own, common = _text_of(path), _text_of(COMMON_FILE)
    line = line_of(own, place)
    if line == 1 and (common_line := line_of(common, place)) > 1:
        return Fault(COMMON_FILE.name, common_line, key, words)
    return Fault(_name(path), line, key, words)


def _name(path: Path) -> str:
    return path.name if path == COMMON_FILE else f"{path.parent.name}/{path.name}"


def _digest(charter: Charter, clauses: list[ClauseRow]) -> str:
    content = [charter.model_dump(mode="json"), [asdict(row) for row in clauses]]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
