"""Checks presets and their evidence keys as a whole; the command `otklik charter check` prints the result.

Needs no database: keys come from the catalogue, queries from the registry that `CharterConfig.ready` fills.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from otklik.charter.errors import CharterError, Fault
from otklik.charter.evidence import KEYS_FILE, answered_keys, evidence_keys
from otklik.charter.files import Preset, clause_lines, read_preset


class PresetCount(TypedDict):
    clauses: int
    with_evidence_key: int
    with_query: int
    unknown_keys: list[str]


class Totals(TypedDict):
    clauses: int
    unknown: int
    presets: dict[str, PresetCount]


@dataclass(frozen=True)
class Checked:
    """The counts of every preset that could be read, and every fault of those that could not."""

    totals: Totals
    faults: list[Fault]


def check_presets(folders: Mapping[str, Path]) -> Checked:
    """Read and count the presets; an unreadable one is absent from the counts and present in the faults."""
    presets: dict[str, PresetCount] = {}
    faults: list[Fault] = []
    for key, folder in folders.items():
        try:
            preset = read_preset(folder)
        except CharterError as error:
            faults.extend(error.faults)
            continue
        presets[key] = count_keys(preset)
        faults.extend(_unknown_key_faults(preset, presets[key]["unknown_keys"]))
    totals = Totals(
        clauses=sum(count["clauses"] for count in presets.values()),
        unknown=sum(len(count["unknown_keys"]) for count in presets.values()),
        presets=presets,
    )
    return Checked(totals, faults)


def count_keys(preset: Preset) -> PresetCount:
    """How many duties have a known evidence key, and how many of these keys some package answers."""
    keys = [clause.evidence for clause in preset.clauses]
    known, answered = evidence_keys(), answered_keys()
    return PresetCount(
        clauses=len(keys),
        with_evidence_key=sum(key in known for key in keys),
        with_query=sum(key in answered for key in keys),
        unknown_keys=sorted({key for key in keys if key not in known}),
    )


def _unknown_key_faults(preset: Preset, unknown: Iterable[str]) -> list[Fault]:
    strangers = set(unknown)
    path = preset.folder / "clauses.csv"
    lines = clause_lines(path) if strangers else {}
    return [
        Fault(
            f"{preset.folder.name}/{path.name}",
            lines[clause.id],
            "evidence",
            f"у пункта {clause.id} ключ {clause.evidence}, которого нет в {KEYS_FILE.name}",
        )
        for clause in preset.clauses
        if clause.evidence in strangers
    ]
