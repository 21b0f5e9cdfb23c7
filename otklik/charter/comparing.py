"""What a next version of a charter would change, before it is loaded: duties, roles, papers, terms, proofs lost.

Pure: two presets in, differences out. The page and the command read a version from its files and save nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from otklik.charter.clauses import ClauseRow
from otklik.charter.files import Preset
from otklik.charter.schema import Charter


@dataclass(frozen=True)
class Change:
    """One thing that differs: its key, how it was and how it would be; empty where it was not or would not be."""

    key: str
    was: str
    becomes: str


@dataclass(frozen=True)
class Comparison:
    """All differences; `lost` are duties that are proved now and would be proved no more."""

    duties: list[Change]
    roles: list[Change]
    reports: list[Change]
    terms: list[Change]
    lost: list[str]

    @property
    def is_same(self) -> bool:
        return not (self.duties or self.roles or self.reports or self.terms)


def compare(old: Preset, new: Preset, counts: Mapping[str, int], answered: frozenset[str]) -> Comparison:
    """The differences of two versions. `counts` tell how many records prove each key now."""
    return Comparison(
        _changes(_duties(old), _duties(new)),
        _changes(_roles(old.charter), _roles(new.charter)),
        _changes(_reports(old.charter), _reports(new.charter)),
        _changes(_terms(old.charter), _terms(new.charter)),
        _lost(old.clauses, new.clauses, counts, answered),
    )


def _changes(old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    return [
        Change(key, old.get(key, ""), new.get(key, ""))
        for key in dict.fromkeys((*old, *new))
        if old.get(key) != new.get(key)
    ]


def _duties(preset: Preset) -> dict[str, str]:
    return {row.id: "; ".join(filter(None, (row.title, row.cadence, row.actor))) for row in preset.clauses}


def _roles(charter: Charter) -> dict[str, str]:
    return {role.key: f"{role.title}: {', '.join(sorted(role.permissions))}" for role in charter.roles_on()}


def _reports(charter: Charter) -> dict[str, str]:
    return {
        key: "; ".join((one.title, one.cadence, ", ".join(map(str, one.days)))).rstrip("; ")
        for key, one in charter.reports.items()
    }


def _terms(charter: Charter) -> dict[str, str]:
    return {key: ", ".join(str(row.value) for row in rows) for key, rows in charter.parameters.items()}


def _lost(
    old: list[ClauseRow], new: list[ClauseRow], counts: Mapping[str, int], answered: frozenset[str]
) -> list[str]:
    """Duties with records now whose key the new version changes for one without, and proved duties that go."""
    becomes = {row.id: row.evidence for row in new}
    return [
        row.id
        for row in old
        if counts.get(row.evidence)
        and (becomes.get(row.id) not in answered or not counts.get(becomes[row.id]))
    ]
