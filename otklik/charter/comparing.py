"""What a next version of a charter would change, before it is loaded: duties, roles, papers, terms, proofs lost.

Pure: two presets in, differences out. The page and the command read a version from its files and save nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from otklik.charter.clauses import ClauseRow
from otklik.charter.files import Preset
from otklik.charter.permissions import PERMISSIONS
from otklik.charter.schema import Charter
from otklik.charter.schema.office import CADENCE_WORDS
from otklik.charter.values import say_value

Table = Mapping[str, tuple[str, str]]
"""What a charter says of each key: a title and the words that are compared."""


@dataclass(frozen=True)
class Change:
    """One thing that differs: how it was, how it would be; empty where it was not or would not be."""

    key: str
    was: str
    becomes: str
    title: str = field(default="", compare=False)


@dataclass(frozen=True)
class Comparison:
    """All differences; `lost` are duties that are proved now and would be proved no more."""

    duties: list[Change]
    roles: list[Change]
    reports: list[Change]
    terms: list[Change]
    channels: list[Change]
    blocks: list[Change]
    lost: list[str]

    @property
    def parts(self) -> list[tuple[str, str, list[Change]]]:
        """Every kind of difference with its key and title, in the order a person asks."""
        return [
            ("duties", "Пункты", self.duties),
            ("roles", "Роли", self.roles),
            ("reports", "Отчёты", self.reports),
            ("terms", "Сроки и параметры", self.terms),
            ("channels", "Каналы", self.channels),
            ("blocks", "Блоки", self.blocks),
        ]

    @property
    def is_same(self) -> bool:
        return not any(changes for _, _, changes in self.parts)


def compare(old: Preset, new: Preset, counts: Mapping[str, int], answered: frozenset[str]) -> Comparison:
    """The differences of two versions. `counts` tell how many records prove each key now."""
    was, becomes = old.charter, new.charter
    return Comparison(
        _changes(_duties(old), _duties(new)),
        _role_changes(was, becomes),
        _changes(_reports(was), _reports(becomes)),
        _changes(_terms(was), _terms(becomes)),
        _changes(_channels(was), _channels(becomes)),
        _changes(_blocks(was), _blocks(becomes)),
        _lost(old.clauses, new.clauses, counts, answered),
    )


def _changes(old: Table, new: Table) -> list[Change]:
    nothing = ("", "")
    return [
        Change(
            key, old.get(key, nothing)[1], new.get(key, nothing)[1], new.get(key, old.get(key, nothing))[0]
        )
        for key in dict.fromkeys((*old, *new))
        if old.get(key) != new.get(key)
    ]


def _duties(preset: Preset) -> dict[str, tuple[str, str]]:
    return {
        row.id: (row.title, "; ".join(filter(None, (row.title, row.cadence, row.actor))))
        for row in preset.clauses
    }


def _role_changes(old: Charter, new: Charter) -> list[Change]:
    """Roles that come, go, or differ by title, holders or rights; of rights only what differs is told."""
    before, after = ({role.key: role for role in one.roles_on()} for one in (old, new))
    found = []
    for key in dict.fromkeys((*before, *after)):
        was, becomes = before.get(key), after.get(key)
        mine, theirs = set(was.permissions if was else ()), set(becomes.permissions if becomes else ())
        told = (
            _role_words(old, key, mine - theirs if becomes else mine) if was else "",
            _role_words(new, key, theirs - mine if was else theirs) if becomes else "",
        )
        if told[0] != told[1]:
            named = becomes or was
            found.append(Change(key, *told, named.title if named else ""))
    return found


def _role_words(charter: Charter, key: str, rights: set[str]) -> str:
    posts = sorted({charter.posts[one.post].title for one in charter.holders_of(key)})
    told = [charter.roles[key].title, ", ".join(posts), _rights(rights)]
    return "; ".join(filter(None, told))


def _rights(keys: set[str]) -> str:
    """Rights by their Russian words, in the order of the catalogue."""
    return ", ".join(words for key, words in PERMISSIONS.items() if key in keys)


def _reports(charter: Charter) -> dict[str, tuple[str, str]]:
    return {
        key: (
            one.title,
            "; ".join(filter(None, (one.title, one.addressee, CADENCE_WORDS[one.cadence], _days(one.days)))),
        )
        for key, one in charter.reports.items()
    }


def _days(days: list[int]) -> str:
    return f"к {', '.join(map(str, days))} числу" if days else ""


def _terms(charter: Charter) -> dict[str, tuple[str, str]]:
    return {
        key: (rows[-1].title, ", ".join(say_value(row.value) for row in rows))
        for key, rows in charter.parameters.items()
        if rows
    }


def _channels(charter: Charter) -> dict[str, tuple[str, str]]:
    closed = {True: "", False: "недоступен"}
    return {
        key: (one.title, "; ".join(filter(None, (one.title, closed[one.availability == "open"]))))
        for key, one in charter.channels.items()
    }


def _blocks(charter: Charter) -> dict[str, tuple[str, str]]:
    return {
        key: (
            one.title,
            "; ".join(filter(None, (one.title, _post(charter, one.head), ", ".join(one.groups)))),
        )
        for key, one in charter.blocks.items()
    }


def _post(charter: Charter, key: str | None) -> str:
    return charter.posts[key].title if key else ""


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
