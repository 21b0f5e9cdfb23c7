"""Points on the map: H3 cells and distances. Pure; degrees WGS84 in, metres out."""

from math import asin, cos, radians, sin, sqrt

import h3

RESOLUTION = 9
COARSE = 7
"""Cells up to this one are larger than a settlement's own error: a case known by its settlement may stand there."""
# Of an H3 index: where its resolution stands, and how many levels of three bits each follow.
_RESOLUTION_BIT, _LEVELS = 52, 15
_EARTH_METRES = 6_371_008.8


def cell_of(lat: float, lon: float, resolution: int = RESOLUTION) -> str:
    """The H3 cell that holds the point; resolution 9 is about 0.1 km²."""
    return str(h3.latlng_to_cell(lat, lon, resolution))


def centre_of(cell: str) -> tuple[float, float]:
    """Latitude and longitude of a cell's centre."""
    lat, lon = h3.cell_to_latlng(cell)
    return float(lat), float(lon)


def parent_of(cell: str, resolution: int) -> str:
    """The larger cell around; the cell itself at its own resolution."""
    return str(h3.cell_to_parent(cell, resolution))


def resolution_of(cell: str) -> int:
    """0 to 15; raises ValueError for what is no cell."""
    if not h3.is_valid_cell(cell):
        raise ValueError(f"not a cell: {cell}")
    return int(h3.get_resolution(cell))


def span_of(cell: str) -> tuple[str, str]:
    """The first and the last cell of `RESOLUTION` inside a larger one: what lies between them is in it.

    The digits of finer levels stand at the end of an index, so children are neighbours in order. Raises ValueError
    for what is no cell or is finer than `RESOLUTION`.
    """
    own = resolution_of(cell)
    if own > RESOLUTION:
        raise ValueError(f"finer than {RESOLUTION}: {cell}")
    last = int(cell, 16) & ~(0xF << _RESOLUTION_BIT) | RESOLUTION << _RESOLUTION_BIT
    finer = (1 << 3 * (RESOLUTION - own)) - 1
    return f"{last & ~(finer << 3 * (_LEVELS - RESOLUTION)):x}", f"{last:x}"


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Metres between two points over the sphere."""
    half_lat, half_lon = radians(other_lat - lat) / 2, radians(other_lon - lon) / 2
    chord = sin(half_lat) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(half_lon) ** 2
    return 2 * _EARTH_METRES * asin(min(1.0, sqrt(chord)))


def near(cell: str, rings: int = 1) -> set[str]:
    """The cell and its neighbours up to so many rings around."""
    return {str(item) for item in h3.grid_disk(cell, rings)}
