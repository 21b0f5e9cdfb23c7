"""The registry of evidence: every duty names a key, a package above answers it by a query.

Packages write in their own `evidence.py`:

    @proves("cases.registered")
    def registered(municipality: Municipality, period: Period) -> Evidence: ...

`CharterConfig.ready` gathers these modules. The catalogue of keys is `evidence_keys.csv`: a duty or a query
with a key outside it is a mistake.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from otklik.charter.clauses import CAPABILITIES
from otklik.common.models import Municipality
from otklik.common.period import Period

KEYS_FILE = Path(__file__).parent / "evidence_keys.csv"


@dataclass(frozen=True)
class Evidence:
    """How much was done in a period, when last, where to look; `count` 0 reads «ещё не исполнялось».

    `counted_at` is set when the answer was counted beforehand.
    """

    count: int
    last_at: datetime | None = None
    link: str = ""
    words: str = ""
    counted_at: datetime | None = None


@dataclass(frozen=True)
class EvidenceKey:
    """A line of the catalogue: what proves, for which capability, and the package that has to answer."""

    key: str
    title: str
    capability: str
    package: str


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


def evidence_for(key: str, municipality: Municipality, period: Period) -> Evidence | None:
    """The evidence of a key over a period, or None while no package answers this key."""
    query = _queries.get(key)
    return query(municipality, period) if query else None


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
