"""The registry of evidence: every duty names a key, a package above answers it by a query.

Packages write in their own `evidence.py`:

    @proves("cases.registered")
    def registered(municipality: Municipality, period: Period) -> Evidence:
        rows = Case.objects.filter(municipality=municipality, came_at__gte=..., came_at__lt=...)
        return counted(rows, "came_at", "/cases/")

`counted` keeps the rows beside the figure, so that a clause can show what proves it. `CharterConfig.ready`
gathers these modules. The catalogue of keys is `evidence_keys.csv`: a duty or a query with a key outside it is
a mistake.
"""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Max, Model, QuerySet

from otklik.charter.clauses import CAPABILITIES
from otklik.common.models import Municipality
from otklik.common.period import Period

KEYS_FILE = Path(__file__).parent / "evidence_keys.csv"


FACTS = ("charter", "accounts", "topics")
"""Keys that begin so are proved by what stands in force: an act, an appointment, a directory."""


@dataclass(frozen=True)
class Rows:
    """Records behind an evidence, asked for only when somebody opens them; `at` is the field of their moment.

    Without a field the records stand in force and have no moment of their own.
    """

    rows: QuerySet[Any]
    at: str

    def newest(self, limit: int) -> list[tuple[Model, datetime | date | None]]:
        """So many records with their moments, the newest first."""
        if not self.at:
            return [(row, None) for row in self.rows.order_by("pk")[:limit]]
        ordered = self.rows.annotate(proved_at=F(self.at)).order_by("-proved_at", "-pk").distinct()
        return [(row, row.proved_at) for row in ordered[:limit]]

    def moments(self) -> list[datetime]:
        """When each was done, oldest first."""
        return list(self.rows.order_by(self.at).values_list(self.at, flat=True)) if self.at else []


@dataclass(frozen=True)
class Evidence:
    """How much was done in a period, when last, where to look; `count` 0 reads «ещё не исполнялось».

    `last_at` of what `evidence_for` gives is by the town's clock; `counted_at` is set when the answer was counted
    beforehand; `rows` are what was counted, where it was rows.
    """

    count: int
    last_at: datetime | None = None
    link: str = ""
    words: str = ""
    counted_at: datetime | None = None
    rows: Sequence[Rows] = field(default=(), compare=False)


@dataclass(frozen=True)
class EvidenceKey:
    """A line of the catalogue: what proves, for which capability, and the package that has to answer."""

    key: str
    title: str
    capability: str
    package: str

    @property
    def is_fact(self) -> bool:
        """Whether it is proved by what stands in force and not by deeds."""
        return self.key.split(".")[0] in FACTS


Query = Callable[[Municipality, Period], Evidence]
_queries: dict[str, Query] = {}


def proves(*keys: str) -> Callable[[Query], Query]:
    """Register a query for evidence keys. Raises ValueError for an unknown key or a key already answered."""

    def register(query: Query) -> Query:
        for key in keys:
            if key not in evidence_keys():
                raise ValueError(f"{query.__module__}: no evidence key {key} in {KEYS_FILE.name}")
            if _queries.setdefault(key, query) is not query:
                raise ValueError(f"{query.__module__}: evidence key {key} is already answered")
        return query

    return register


def during(field: str, municipality: Municipality, period: Period) -> dict[str, object]:
    """Conditions on rows of the municipality whose moment is in the period, by its local days."""
    start, end = period.moments(municipality.time_zone)
    return {"municipality": municipality, f"{field}__gte": start, f"{field}__lt": end}


def counted(rows: QuerySet[Any], at: str, link: str = "", words: str = "") -> Evidence:
    """The evidence of these rows: how many different, when last by the field `at`, and the rows themselves."""
    found = rows.aggregate(n=Count("pk", distinct=True), last=Max(at))
    return Evidence(found["n"], found["last"], link, words if found["n"] else "", rows=(Rows(rows, at),))


def evidence_for(key: str, municipality: Municipality, period: Period) -> Evidence | None:
    """The evidence of a key over a period, or None while no package answers this key."""
    query = _queries.get(key)
    return in_town(query(municipality, period), municipality) if query else None


def in_town(found: Evidence, municipality: Municipality) -> Evidence:
    """The same evidence with the last time by the clock of the town: its day decides what is overdue."""
    if found.last_at is None:
        return found
    return replace(found, last_at=found.last_at.astimezone(ZoneInfo(municipality.time_zone)))


def answered_keys() -> frozenset[str]:
    """Keys that some package answers."""
    return frozenset(_queries)


@cache
def evidence_keys() -> dict[str, EvidenceKey]:
    """The catalogue of keys. Raises ValueError naming the line of a double key or an unknown capability."""
    found: dict[str, EvidenceKey] = {}
    with KEYS_FILE.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            if row["key"] in found or row["capability"] not in CAPABILITIES:
                raise ValueError(f"{KEYS_FILE.name}:{line}: double key or unknown capability")
            found[row["key"]] = EvidenceKey(**row)
    return found
