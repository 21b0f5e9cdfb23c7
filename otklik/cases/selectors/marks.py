"""Marks that people put on the map: pins of authors and officials, places of photos; asked by the screen of places.

A case gives one mark: the pin, else the first photo that knows its place. Points we took from the gazetteer ourselves
are none, or a settlement would prove itself.
"""

from collections import defaultdict
from collections.abc import Collection

from otklik.cases.models import Case, CaseFile
from otklik.common.models import Municipality
from otklik.places.points import Point


def marks_of(municipality: Municipality, settlements: Collection[int]) -> dict[int, list[Point]]:
    """Marks on cases of these settlements, by settlement."""
    if not settlements:
        return {}
    # Photos first, so that a pin of the same case outweighs them.
    marks = _of_photos(municipality, settlements) | _of_pins(municipality, settlements)
    found: defaultdict[int, list[Point]] = defaultdict(list)
    for (settlement, _), point in marks.items():
        found[settlement].append(point)
    return dict(found)


def _of_pins(municipality: Municipality, settlements: Collection[int]) -> dict[tuple[int, int], Point]:
    rows = Case.objects.filter(municipality=municipality, settlement__in=settlements, point_given=True)
    named = rows.filter(lat__isnull=False, lon__isnull=False).order_by()
    return {
        (settlement, case): (lat, lon)
        for settlement, case, lat, lon in named.values_list("settlement_id", "pk", "lat", "lon")
        if settlement is not None and lat is not None and lon is not None
    }


def _of_photos(municipality: Municipality, settlements: Collection[int]) -> dict[tuple[int, int], Point]:
    rows = CaseFile.objects.filter(
        file__municipality=municipality, file__lat__isnull=False, case__settlement__in=settlements
    ).order_by("-pk")  # the first photo is said last and stays
    return {
        (settlement, case): (lat, lon)
        for settlement, case, lat, lon in rows.values_list(
            "case__settlement_id", "case_id", "file__lat", "file__lon"
        )
        if settlement is not None and lat is not None and lon is not None
    }
