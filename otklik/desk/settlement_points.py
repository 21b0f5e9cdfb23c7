"""Points of settlements on the screen of places: what the town's own marks propose, and the map to click on.

Puts cases and places together: cases know the marks, places know the rule and the boundary.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from otklik.cases.selectors.marks import marks_of
from otklik.common.models import Municipality
from otklik.common.words import count, number
from otklik.places.cells import distance
from otklik.places.ground import outline_of
from otklik.places.models import Settlement
from otklik.places.points import Point, Proposal, is_inside, propose_point

NEAR, FAR = 13, 9


def proposals_for(municipality: Municipality, settlements: Sequence[Settlement]) -> dict[int, Proposal]:
    """What marks inside of the boundary propose for the settlements that have no point, by settlement."""
    bare = [one.pk for one in settlements if one.point is None]
    outline = outline_of(municipality.key)
    found = {}
    for key, marks in marks_of(municipality, bare).items():
        proposal = propose_point(one for one in marks if not outline or is_inside(outline, *one))
        if proposal:
            found[key] = proposal
    return found


def ground_words(proposal: Proposal) -> str:
    """«по 7 отметкам, разброс 0,4 км»."""
    marks = count(proposal.marks, "отметке", "отметкам", "отметкам")
    return f"по {marks}, разброс {number(round(proposal.spread / 1000, 1), 1)} км"


def point_map(
    chosen: Settlement, proposal: Proposal | None, settlements: Sequence[Settlement]
) -> dict[str, Any] | None:
    """A map whose click names the point: around the settlement, the proposal, the whole town; None where nothing
    tells where the town is."""
    data = {"pick": True, "tiles": settings.MAP_TILES, "zoom": NEAR}
    if chosen.point:
        return {**data, "points": [_drop(*chosen.point, str(chosen))]}
    if proposal:
        near = _nearest(proposal, settlements)
        return {
            **data,
            "points": [_drop(proposal.lat, proposal.lon, "предложенная точка")],
            "radius": max(proposal.spread, 100.0),
            # Beside a place that everybody knows, or nobody can judge the proposal.
            **({"bounds": _box([(proposal.lat, proposal.lon), near])} if near else {}),
        }
    edges = [point for ring in outline_of(chosen.municipality.key) for point in ring]
    if edges:
        return {**data, "bounds": _box(edges)}
    known = next((one.point for one in settlements if one.point), None)
    return {**data, "centre": known, "zoom": FAR} if known else None


def _nearest(proposal: Proposal, settlements: Sequence[Settlement]) -> Point | None:
    known = [one.point for one in settlements if one.point]
    return min(known, key=lambda one: distance(proposal.lat, proposal.lon, *one), default=None)


def _box(points: Sequence[Point]) -> list[list[float]]:
    lats, lons = zip(*points, strict=True)
    return [[min(lats), min(lons)], [max(lats), max(lons)]]


def _drop(lat: float, lon: float, title: str) -> dict[str, Any]:
    return {"lat": lat, "lon": lon, "title": title}
