"""Candidates for twins of a batch: one query for the stored cases, then the batch's own cases as they come."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from otklik.cases.models import Case
from otklik.cases.twins import Side, bands, compare, text_key
from otklik.common.models import Municipality

LOOK_BACK = timedelta(days=365)
WINDOW = timedelta(days=30)
MOST = 20


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
        for case in _stored(municipality, keys, found_bands, authors):
            self.add(case, _side(case))

    def add(self, case: Case, side: Side) -> None:
        """Make a case findable for the next messages of the batch."""
        for key in _keys(side):
            self._by_key[key].append((case, side))

    def find(self, side: Side) -> list[Found]:
        """Like cases, the surest first, five at most."""
        seen: set[int] = set()
        found: list[Found] = []
        for key in _keys(side):
            for case, other in self._by_key[key][-MOST:]:
                if id(case) in seen:
                    continue
                seen.add(id(case))
                likeness = compare(side, other)
                if likeness:
                    found.append(Found(case, likeness.kind, likeness.sureness, likeness.reason))
        return sorted(found, key=lambda one: -one.sureness)[:5]


def _keys(side: Side) -> Iterable[object]:
    yield from bands(side.text)
    yield "text", text_key(side.text)
    if side.author:
        yield "author", side.author


def _stored(
    municipality: Municipality, keys: set[str], found_bands: set[int], authors: set[str]
) -> Iterable[Case]:
    near = Q(bands__overlap=list(found_bands)) | Q(text_key__in=keys)
    since = timezone.now() - LOOK_BACK
    cases = Case.objects.filter(municipality=municipality, came_at__gte=since).select_related(
        "topic", "applicant"
    )
    yield from cases.filter(near).order_by("came_at")[:5000]
    if authors:
        yield from cases.filter(applicant__fingerprint__in=authors).order_by("came_at")[:5000]


def _side(case: Case) -> Side:
    point = (case.lat, case.lon) if case.lat is not None and case.lon is not None else None
    return Side(
        text=case.masked_text,
        author=case.applicant.fingerprint if case.applicant else "",
        topic=case.topic.key if case.topic else "",
        settlement=case.settlement_id,
        street=case.street,
        house=case.house,
        point=point,
        came_at=case.came_at,
        answered_at=case.answered_at,
        legal_at=case.next_legal_at,
    )
