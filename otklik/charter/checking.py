"""Checks presets and their evidence keys as a whole; the command `otklik charter check` prints the result.

Keys come from the catalogue, queries from the registry that `CharterConfig.ready` fills. Only what was never
exercised is asked of a database; without one, or without the municipality in it, nothing was exercised.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from django.utils import timezone

from otklik.charter.errors import CharterError, Fault
from otklik.charter.evidence import KEYS_FILE, answered_keys, evidence_keys
from otklik.charter.files import Preset, clause_lines, read_preset
from otklik.charter.models import KeptEvidence
from otklik.charter.proof import count_ahead
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.common.today import today_in

CountOf = Callable[[str], Mapping[str, int]]


class PresetCount(TypedDict):
    clauses: int
    with_evidence_key: int
    with_query: int
    unknown_keys: list[str]
    never_exercised: list[str]


class Totals(TypedDict):
    clauses: int
    with_query: int
    unknown: int
    presets: dict[str, PresetCount]


@dataclass(frozen=True)
class Checked:
    """The counts of every preset that could be read, and every fault of those that could not."""

    totals: Totals
    faults: list[Fault]


def nothing_done(key: str) -> Mapping[str, int]:
    """No database at hand: no record proves anything."""
    return {}


def done_in_database(key: str) -> Mapping[str, int]:
    """How many records of the last year prove each answered key of the municipality; none for a stranger."""
    municipality = Municipality.objects.filter(key=key).first()
    if municipality is None:
        return {}
    with within(municipality.pk):
        count_ahead(municipality, timezone.now(), today_in(municipality))
        kept = KeptEvidence.objects.filter(municipality=municipality)
        return dict(kept.values_list("key", "count"))


def check_presets(folders: Mapping[str, Path], count_of: CountOf = nothing_done) -> Checked:
    """Read and count the presets; an unreadable one is absent from the counts and present in the faults.

    `count_of` tells how many records prove each key in the municipality of a preset.
    """
    presets: dict[str, PresetCount] = {}
    faults: list[Fault] = []
    for key, folder in folders.items():
        try:
            preset = read_preset(folder)
        except CharterError as error:
            faults.extend(error.faults)
            continue
        presets[key] = count_keys(preset, count_of(key))
        faults.extend(_unknown_key_faults(preset, presets[key]["unknown_keys"]))
    totals = Totals(
        clauses=sum(count["clauses"] for count in presets.values()),
        with_query=sum(count["with_query"] for count in presets.values()),
        unknown=sum(len(count["unknown_keys"]) for count in presets.values()),
        presets=presets,
    )
    return Checked(totals, faults)


def count_keys(preset: Preset, counts: Mapping[str, int]) -> PresetCount:
    """How many duties have a known key, how many of these keys are answered, which duties have no record."""
    keys = [clause.evidence for clause in preset.clauses]
    known, answered = evidence_keys(), answered_keys()
    return PresetCount(
        clauses=len(keys),
        with_evidence_key=sum(key in known for key in keys),
        with_query=sum(key in answered for key in keys),
        unknown_keys=sorted({key for key in keys if key not in known}),
        never_exercised=[one.id for one in preset.clauses if not counts.get(one.evidence)],
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
