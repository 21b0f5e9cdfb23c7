"""Points of settlements: what marks on a map propose, whether a boundary holds a point, what a person has typed. Pure.

Called by the deeds beside it and by the screen of places; a proposal is only shown, a person accepts it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians
from statistics import median, quantiles

from otklik.common.errors import Refused
from otklik.places.lists import LATITUDES, LONGITUDES, degrees

Point = tuple[float, float]
FEWEST_MARKS = 5
WIDEST_METRES = 3_000.0
_METRES_A_DEGREE = 111_195.0
# «58,4301, 33,9805» and «58.4301 33.9805»: both numbers as a map gives them to be copied.
_PAIR = re.compile(
    r"^\s*(-?\d+(?:[.,]\d+)?)\s*[;,]?\s+(-?\d+(?:[.,]\d+)?)\s*$|^\s*(-?\d+\.\d+),(-?\d+\.\d+)\s*$"
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The middle of the marks, how many they are and how far apart the middle half of them lies, in metres."""

    lat: float
    lon: float
    marks: int
    spread: float


def propose_point(marks: Iterable[Point]) -> Proposal | None:
    """The median of the marks; None of fewer than `FEWEST_MARKS` or when the middle half lies too far apart.

    Quartiles and not the farthest pair: a photo sent from a train must not outweigh the village.
    """
    found = list(marks)
    if len(found) < FEWEST_MARKS:
        return None
    lats, lons = [lat for lat, _ in found], [lon for _, lon in found]
    lat, lon = median(lats), median(lons)
    spread = hypot(_middle_half(lats), _middle_half(lons) * cos(radians(lat))) * _METRES_A_DEGREE
    return Proposal(round(lat, 5), round(lon, 5), len(found), spread) if spread < WIDEST_METRES else None


def _middle_half(values: list[float]) -> float:
    first, _, third = quantiles(values, n=4, method="inclusive")
    return third - first


def is_inside(rings: Iterable[Sequence[Point]], lat: float, lon: float) -> bool:
    """Whether any of the outer rings holds the point; a ring may stand open."""
    return any(_holds(ring, lat, lon) for ring in rings)


def _holds(ring: Sequence[Point], lat: float, lon: float) -> bool:
    """A line eastward from the point crosses the ring an odd number of times."""
    crossed = False
    for (lat_a, lon_a), (lat_b, lon_b) in pairwise([*ring, *ring[:1]]):
        if (lat_a > lat) != (lat_b > lat):
            crossed ^= lon < lon_a + (lat - lat_a) / (lat_b - lat_a) * (lon_b - lon_a)
    return crossed


def typed_point(lat: str, lon: str) -> Point:
    """The point of two typed numbers, or of a pair copied from a map into the first field. Raises `Refused`."""
    pair = _PAIR.match(lat) if not lon.strip() else None
    if pair:
        lat, lon = (one for one in pair.groups() if one)
    found = degrees(lat.strip(), LATITUDES), degrees(lon.strip(), LONGITUDES)
    if found[0] is None or found[1] is None:
        raise Refused("Щёлкните по карте или введите широту и долготу.")
    return found[0], found[1]
