"""Cases follow their settlement to the point it has been given; called by the screen and the command of places.

A case known by the settlement alone, or standing exactly where the settlement stood before, moves. One that names a
street waits for it: in the middle of a town it would lie. A point put by a person or of a street is better and stays.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from otklik.accounts.models import User
from otklik.audit.services import Entry, record_many
from otklik.cases.models import Case, Move
from otklik.common.models import Municipality
from otklik.common.words import count
from otklik.places.cells import cell_of
from otklik.places.models import Settlement, Street
from otklik.places.points import Point

AT_ONCE = 2_000


def follow_points(
    municipality: Municipality, moved: Mapping[int, Point | None], by: User | None, now: datetime
) -> int:
    """Give the cases of these settlements their new points; `moved` tells where each stood. Returns how many cases.

    The journal says it once a settlement, the history of every case once: figures of the map are corrected by it.
    """
    settlements = Settlement.objects.filter(municipality=municipality, pk__in=moved, lat__isnull=False)
    given = {one: _follow(one, moved[one.pk], now) for one in settlements}
    record_many(
        [
            Entry(one, "cases.points_given", by, f"{one}: {_words(number)}", {"cases": number})
            for one, number in given.items()
            if number
        ],
        municipality,
    )
    return sum(given.values())


def _words(number: int) -> str:
    return count(number, "карточка", "карточки", "карточек")


def _follow(settlement: Settlement, was: Point | None, now: datetime) -> int:
    point = settlement.point
    if point is None:
        return 0
    here = {"lat": point[0], "lon": point[1], "h3": cell_of(*point)}
    rows = list(_standing(settlement, was if was != point else None).select_for_update(of=("self",)))
    for some in _parts(rows):
        Case.objects.filter(pk__in=[case.pk for case in some]).update(**here)
        Move.objects.bulk_create(_move(case, now) for case in some)
    return len(rows)


def _standing(settlement: Settlement, was: Point | None) -> QuerySet[Case]:
    where = Q(lat=None, street="")
    if was:
        where |= Q(lat=was[0], lon=was[1])
    better = Street.objects.filter(settlement=settlement, name__iexact=OuterRef("street"), lat__isnull=False)
    rows = Case.objects.filter(where, municipality=settlement.municipality, settlement=settlement)
    return rows.filter(~Exists(better), point_given=False).only("municipality", "state", "lat", "lon", "h3")


def _parts(rows: list[Case]) -> Iterator[list[Case]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))


def _move(case: Case, now: datetime) -> Move:
    return Move(
        municipality_id=case.municipality_id,
        case=case,
        deed="give_point",
        state=case.state,
        at=now,
        by=None,
        by_title="Отклик",
        details={"before": {"lat": case.lat, "lon": case.lon, "h3": case.h3}},
    )
