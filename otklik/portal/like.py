"""Like messages shown while a citizen writes: open, of the same place and matter, by topic, street and day only.

Appeals, complaints of a body and what a town cannot mend by a deed are never shown: the matter is the author's own.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from otklik.cases.models import Case
from otklik.cases.rules import BEFORE_ANSWER
from otklik.common.models import Municipality
from otklik.language.lemmas import lemmas
from otklik.places.rules import FoundPlace, find_place
from otklik.places.selectors import gazetteer_of
from otklik.portal.rules import telling

WINDOW = timedelta(days=30)
SEARCHED, SHOWN = 60, 3
# A street is narrow, a settlement is wide: there more words must be common.
COMMON_ON_STREET, COMMON_IN_SETTLEMENT = 2, 3


@dataclass(frozen=True)
class Like:
    """What a stranger may see of a like message."""

    number: str
    topic: str
    where: str
    came_at: datetime


def like_cases(town: Municipality, text: str, now: datetime) -> list[Like]:
    """Open messages about the same at the same place, the nearest in words first; none without a place."""
    place = find_place(text, gazetteer_of(town.key))
    if not (place.street or place.settlement):
        return []
    named = set(lemmas(f"{place.street} {place.settlement}"))
    words = telling(lemmas(text)) - named
    least = COMMON_ON_STREET if place.street else COMMON_IN_SETTLEMENT
    found = [(len(words & telling(lemmas(case.masked_text))), case) for case in _near(town, place, now)]
    found = [pair for pair in found if pair[0] >= least]
    found.sort(key=lambda pair: (pair[0] + (pair[1].house == place.house), pair[1].came_at), reverse=True)
    return [_shown(case) for _, case in found[:SHOWN]]


def _near(town: Municipality, place: FoundPlace, now: datetime) -> list[Case]:
    near = Q(street__iexact=place.street) if place.street else Q(settlement__name=place.settlement)
    if place.street and place.settlement:
        near &= Q(settlement__name=place.settlement) | Q(settlement=None)
    cases = Case.objects.filter(
        near,
        municipality=town,
        kind="message",
        state__in=BEFORE_ANSWER,
        joined_to=None,
        solvable=True,
        topic__isnull=False,
        complained_of=None,
        came_at__gte=now - WINDOW,
    ).exclude(text_kind__in=("thanks", "spam"))
    return list(cases.select_related("topic", "settlement").order_by("-came_at")[:SEARCHED])


def _shown(case: Case) -> Like:
    where = ", ".join(str(part) for part in (case.settlement, case.street) if part)
    return Like(case.number, case.topic.title if case.topic else "", where, case.came_at)
