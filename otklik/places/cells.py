"""Points on the map: H3 cells and distances. Pure; degrees WGS84 in, metres out."""

from math import asin, cos, radians, sin, sqrt

import h3

RESOLUTION = 9
_EARTH_METRES = 6_371_008.8


def cell_of(lat: float, lon: float, resolution: int = RESOLUTION) -> str:
    """The H3 cell that holds the point; resolution 9 is about 0.1 km²."""
    return str(h3.latlng_to_cell(lat, lon, resolution))


def centre_of(cell: str) -> tuple[float, float]:
    """Latitude and longitude of a cell's centre."""
    lat, lon = h3.cell_to_latlng(cell)
    return float(lat), float(lon)


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Metres between two points over the sphere."""
    half_lat, half_lon = radians(other_lat - lat) / 2, radians(other_lon - lon) / 2
    chord = sin(half_lat) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(half_lon) ** 2
    return 2 * _EARTH_METRES * asin(min(1.0, sqrt(chord)))


def near(cell: str, rings: int = 1) -> set[str]:
    """The cell and its neighbours up to so many rings around."""
    return {str(item) for item in h3.grid_disk(cell, rings)}
