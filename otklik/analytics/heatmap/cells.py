"""H3 cells and points of the map as compact answers. Pure: degrees WGS84; GeoJSON writes longitude first."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import h3

from otklik.analytics.heatmap.scale import change_step, count_scale
from otklik.places.cells import centre_of, parent_of

RESOLUTIONS = (6, 7, 8, 9)
FINEST = RESOLUTIONS[-1]
FEWEST_TO_SHOW_HOUSES = 3
"""In a cell of fewer cases a point would show somebody's house; it stands in the cell's middle instead."""
_DIGITS = 5


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


def points(rows: Iterable[tuple[str, float, float, int]]) -> dict[str, Any]:
    """Rows of (cell, latitude, longitude, count) as whole steps of 1e-5 degree from the south-west corner.

    `groups` holds [cell, [lat, lon, count, lat, lon, count, …]]; a cell of fewer than three cases gives its middle.
    """
    cells: dict[str, list[tuple[float, float, int]]] = {}
    for cell, lat, lon, count in rows:
        cells.setdefault(cell, []).append((lat, lon, count))
    groups = [(cell, _hidden(cell, found)) for cell, found in cells.items()]
    south = min((lat for _, found in groups for lat, _, _ in found), default=0.0)
    west = min((lon for _, found in groups for _, lon, _ in found), default=0.0)
    step = 10**-_DIGITS
    packed = [
        [
            cell,
            [
                n
                for lat, lon, count in found
                for n in (round((lat - south) / step), round((lon - west) / step), count)
            ],
        ]
        for cell, found in groups
    ]
    return {"south": south, "west": west, "step": step, "groups": packed}


def _hidden(cell: str, found: list[tuple[float, float, int]]) -> list[tuple[float, float, int]]:
    total = sum(count for _, _, count in found)
    if total >= FEWEST_TO_SHOW_HOUSES:
        return found
    return [(*centre_of(cell), total)]
