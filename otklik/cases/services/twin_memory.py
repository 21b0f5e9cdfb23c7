"""Candidates for twins of a batch: one query for the stored cases, then the batch's own cases as they come."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from heapq import nlargest
from typing import Any

from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from otklik.cases.models import Applicant, Case
from otklik.cases.twins import Side, compare
from otklik.common.models import Municipality

LOOK_BACK = timedelta(days=365)
WINDOW = timedelta(days=30)
MOST = 20
MOST_STORED = 5000
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


@dataclass(frozen=True)
class Found:
    """A like case, stored or still unsaved in the same batch."""

    case: Case
    kind: str
    sureness: float
    reason: str


class TwinMemory:
    """Looks cases up by band, exact text and author; the most like first."""

    def __init__(self, municipality: Municipality, sought: Sequence[tuple[str, list[int], str]]) -> None:
        self._by_key: dict[object, list[tuple[Case, Side]]] = defaultdict(list)
        keys = {key for key, _, _ in sought if key}
        found_bands = {band for _, many, _ in sought for band in many}
        authors = {author for _, _, author in sought if author}
        for case, side in _stored(municipality, keys, found_bands, authors):
            self.add(case, side)

    def add(self, case: Case, side: Side) -> None:
        """Make a case findable for the next messages of the batch."""
        for key in _keys(case, side):
            self._by_key[key].append((case, side))

    def find(self, sought: Case, side: Side) -> list[Found]:
        """Like cases, the surest first, five at most."""
        seen: set[int] = set()
        found: list[Found] = []
        for key in _keys(sought, side):
            for case, other in self._by_key[key][-MOST:]:
                if id(case) in seen:
                    continue
                seen.add(id(case))
                likeness = compare(side, other)
                if likeness:
                    found.append(Found(case, likeness.kind, likeness.sureness, likeness.reason))
        return sorted(found, key=lambda one: -one.sureness)[:5]


def _keys(case: Case, side: Side) -> Iterable[object]:
    yield from case.bands
    yield "text", case.text_key
    if side.author:
        yield "author", side.author


def _stored(
    municipality: Municipality, keys: set[str], found_bands: set[int], authors: set[str]
) -> Iterator[tuple[Case, Side]]:
    """Stored candidates, the latest registered last; the cases know no more than their key and marks."""
    since = timezone.now() - LOOK_BACK
    cases = Case.objects.filter(municipality=municipality, came_at__gte=since)
    # Keys only, without an order: the planner would walk a whole year by its days to save the sorting.
    people = Applicant.objects.filter(municipality=municipality, fingerprint__in=authors)
    ways = (
        Q(bands__overlap=RawSQL(KNOWN_ONLY_WHEN_RUN, [sorted(found_bands)])),  # noqa: S611 - a constant of ours
        Q(text_key__in=keys),
        Q(applicant__in=list(people.values_list("pk", flat=True))),
    )
    met = {key for way in ways for key in cases.filter(way).values_list("pk", flat=True)}
    rows = Case.objects.filter(pk__in=nlargest(MOST_STORED, met)).order_by("pk")
    # Plain values: thousands of whole rows cost more than everything that is done with them.
    for row in rows.values(*KEPT):
        yield Case(pk=row["pk"], text_key=row["text_key"], bands=row["bands"]), _side(row)


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
