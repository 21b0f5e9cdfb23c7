"""H3 cells and points of the map as compact answers. Pure: degrees WGS84; GeoJSON writes longitude first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import cos, radians
from typing import Any

import h3

from otklik.analytics.heatmap.scale import change_step, count_scale
from otklik.places.cells import centre_of, parent_of

RESOLUTIONS = (6, 7, 8, 9)
FINEST = RESOLUTIONS[-1]
FEWEST_TO_SHOW_HOUSES = 3
"""In a cell of fewer cases a point would show somebody's house; it stands in the cell's middle instead."""
MOST_TALL, MOST_WIDE = 0.15, 0.4
"""The largest box, in degrees, in which points are told one by one: a wide screen some steps nearer than a town."""
Placed = tuple[str, float, float, int]
"""Cell, latitude, longitude, how many cases."""
_DIGITS = 5
_MARGIN = 0.003
"""Degrees of latitude, a little more than a finest cell's edge."""


def area_km2(resolution: int) -> float:
    """The mean area of a cell."""
    return float(h3.average_hexagon_area(resolution, unit="km^2"))


def coarser(counts: Mapping[str, int], resolution: int) -> Counter[str]:
    """Counts of finest cells added up to cells of another resolution; no cell stays no cell."""
    found: Counter[str] = Counter()
    for cell, count in counts.items():
        if cell:
            found[parent_of(cell, resolution)] += count
    return found


def features(
    now: Mapping[str, int], before: Mapping[str, int], ratio: float, is_growth: bool
) -> dict[str, Any]:
    """GeoJSON of the cells with `cell`, `now`, `before`, `step` each, and the scale's `edges` beside them."""
    scale = count_scale(list(now.values()))
    found = []
    for cell in sorted({*now, *before}, key=lambda one: now.get(one, 0)):
        here, there = now.get(cell, 0), before.get(cell, 0)
        if not here and not is_growth:
            continue
        step = change_step(here, there, ratio) if is_growth else scale.step(here)
        ring = [[round(lon, _DIGITS), round(lat, _DIGITS)] for lat, lon in h3.cell_to_boundary(cell)]
        found.append(
            {
                "type": "Feature",
                "properties": {"cell": cell, "now": here, "before": there, "step": step},
                "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
            }
        )
    return {"type": "FeatureCollection", "features": found, "edges": list(scale.edges)}


@dataclass(frozen=True)
class Box:
    """A rectangle of the map in degrees."""

    south: float
    west: float
    north: float
    east: float

    @property
    def is_near(self) -> bool:
        """Whether it is small enough for single points to be told."""
        return 0 < self.north - self.south <= MOST_TALL and 0 < self.east - self.west <= MOST_WIDE


def read_box(words: str) -> Box | None:
    """«south,west,north,east»; None for what is no near box."""
    try:
        found = Box(*(float(word) for word in words.split(",")))
    except (TypeError, ValueError):
        return None
    inside = found.south > -85 and found.north < 85 and found.west >= -180 and found.east <= 180
    return found if inside and found.is_near else None


def cells_in(box: Box) -> list[str]:
    """The finest cells that touch the box, in order; a few stand just outside it."""
    tall = _MARGIN
    wide = _MARGIN / cos(radians(max(abs(box.south), abs(box.north))))
    south, north, west, east = box.south - tall, box.north + tall, box.west - wide, box.east + wide
    ring = [(south, west), (south, east), (north, east), (north, west)]
    return sorted(str(cell) for cell in h3.polygon_to_cells(h3.LatLngPoly(ring), FINEST))


def hidden(rows: Iterable[Placed]) -> Iterator[Placed]:
    """The same points, but those of a cell with fewer than three cases stand together in its middle."""
    cells: dict[str, list[Placed]] = {}
    for row in rows:
        cells.setdefault(row[0], []).append(row)
    for cell, found in cells.items():
        total = sum(count for *_, count in found)
        if total >= FEWEST_TO_SHOW_HOUSES:
            yield from found
        else:
            yield (cell, *centre_of(cell), total)


def pack(rows: Iterable[Placed]) -> dict[str, Any]:
    """Points as whole numbers, each the difference from the point before: small ones, which pack well.

    `points` is [Δ place in `cells`, Δ latitude, Δ longitude, count, …] in steps of 1e-5 degree from the corner `south`,
    `west`.
    """
    told = sorted(rows)
    step = 10**-_DIGITS
    names = list(dict.fromkeys(cell for cell, *_ in told))
    place = {name: number for number, name in enumerate(names)}
    south = min((lat for _, lat, _, _ in told), default=0.0)
    west = min((lon for _, _, lon, _ in told), default=0.0)
    flat: list[int] = []
    last = (0, 0, 0)
    for cell, lat, lon, count in told:
        here = (place[cell], round((lat - south) / step), round((lon - west) / step))
        flat += (here[0] - last[0], here[1] - last[1], here[2] - last[2], count)
        last = here
    return {"south": south, "west": west, "step": step, "cells": names, "points": flat}
