"""Candidates for twins of a batch: one query for the stored cases, then the batch's own cases as they come."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nlargest
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from otklik.cases.models import Applicant, Case
from otklik.cases.twins import WINDOW, Side, compare
from otklik.common.models import Municipality

LOOK_BACK = timedelta(days=365)
MOST = 20
MOST_STORED = 3000
# Thousands of bands in sight make the planner expect that every case has one, and read the whole table.
KEPT = (
    "pk",
    "text_key",
    "bands",
    "masked_text",
    "lat",
    "lon",
    "applicant__fingerprint",
    "topic__key",
    "settlement_id",
    "street",
    "house",
    "came_at",
    "answered_at",
    "next_legal_at",
)
KNOWN_ONLY_WHEN_RUN = "(SELECT %s::int[])"
# The index compares every row it meets with every key asked at once: three thousand keys in parts cost a third.
BANDS_AT_ONCE = 300


@dataclass(frozen=True)
class Sought:
    """What candidates for one message are looked up by."""

    text_key: str
    bands: list[int]
    author: str
    came_at: datetime


@dataclass(frozen=True)
class Found:
    """A like case: the key of a stored one, or a case of the same batch, not saved yet."""

    case: Case | int
    came_at: datetime
    kind: str
    sureness: float
    reason: str


class TwinMemory:
    """Looks cases up by band, exact text and author; the most like first."""

    def __init__(self, municipality: Municipality, sought: Sequence[Sought]) -> None:
        self._by_key: dict[object, list[tuple[Case | int, Side]]] = defaultdict(list)
        if sought:
            for row in _stored(municipality, sought):
                self._keep(row["pk"], _side(row), row["text_key"], row["bands"])

    def add(self, case: Case, side: Side) -> None:
        """Make a case findable for the next messages of the batch."""
        self._keep(case, side, case.text_key, case.bands)

    def _keep(self, case: Case | int, side: Side, text_key: str, bands: list[int]) -> None:
        known = (case, side)
        for key in _keys(side, text_key, bands):
            self._by_key[key].append(known)

    def find(self, sought: Case, side: Side) -> list[Found]:
        """Like cases, the surest first, five at most."""
        seen: set[int] = set()
        found: list[Found] = []
        for key in _keys(side, sought.text_key, sought.bands):
            for case, other in self._by_key.get(key, ())[-MOST:]:
                if id(other) in seen:
                    continue
                seen.add(id(other))
                likeness = compare(side, other)
                if likeness:
                    found.append(
                        Found(case, other.came_at, likeness.kind, likeness.sureness, likeness.reason)
                    )
        return sorted(found, key=lambda one: -one.sureness)[:5]


def _keys(side: Side, text_key: str, bands: list[int]) -> Iterable[object]:
    yield from bands
    yield "text", text_key
    if side.author:
        yield "author", side.author


def _stored(municipality: Municipality, sought: Sequence[Sought]) -> QuerySet[Case, dict[str, Any]]:
    """Stored candidates as plain values, the latest registered last: thousands of whole rows cost more than
    everything that is done with them.

    A like text of another author counts within the window only, so older ones are not even looked at.
    """
    earliest = min(one.came_at for one in sought)
    cases = Case.objects.filter(municipality=municipality)
    lately = cases.filter(came_at__gte=earliest - WINDOW)
    found_bands = sorted({band for one in sought for band in one.bands})
    authors = {one.author for one in sought if one.author}
    # Keys only, without an order: the planner would walk the days one by one to save the sorting.
    people = Applicant.objects.filter(municipality=municipality, fingerprint__in=authors)
    ways = (
        *(
            lately.filter(bands__overlap=RawSQL(KNOWN_ONLY_WHEN_RUN, [some]))  # noqa: S611 - a constant of ours
            for some in _portions(found_bands)
        ),
        lately.filter(text_key__in={one.text_key for one in sought if one.text_key}),
        cases.filter(
            applicant__in=list(people.values_list("pk", flat=True)), came_at__gte=earliest - LOOK_BACK
        ),
    )
    met = {key for way in ways for key in way.values_list("pk", flat=True)}
    rows = Case.objects.filter(pk__in=nlargest(MOST_STORED, met)).order_by("pk")
    found: QuerySet[Case, dict[str, Any]] = rows.values(*KEPT)
    return found


def _portions(bands: Sequence[int]) -> Iterable[list[int]]:
    return (list(bands[at : at + BANDS_AT_ONCE]) for at in range(0, len(bands), BANDS_AT_ONCE))


def _side(row: dict[str, Any]) -> Side:
    return Side(
        text=row["masked_text"],
        author=row["applicant__fingerprint"] or "",
        topic=row["topic__key"] or "",
        settlement=row["settlement_id"],
        street=row["street"],
        house=row["house"],
        point=(row["lat"], row["lon"]) if row["lat"] is not None and row["lon"] is not None else None,
        came_at=row["came_at"],
        answered_at=row["answered_at"],
        legal_at=row["next_legal_at"],
    )
