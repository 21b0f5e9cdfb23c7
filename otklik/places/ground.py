"""The ground of a map without tiles: settlements and streets of the gazetteer, the boundary of the operator's file.

The boundary is `maps/<key>.geojson` of the data folder: Polygon or MultiPolygon, alone or as the only feature; a
member `credit` names whose data it is. Without the file the map has no boundary.
"""

import json
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.conf import settings

from otklik.common.models import Municipality
from otklik.places.cells import distance
from otklik.places.models import Settlement, Street

Ring = list[tuple[float, float]]
LARGEST_FILE = 20_000_000
# A line nobody can tell from the true one at the scale of a district, and light for a slow line.
FEWEST_METRES, ROUND_TO = 250.0, 4
MOST_STREETS = 300


def ground_of(municipality: Municipality) -> dict[str, Any]:
    """`places` [name, lat, lon, population], the largest first; `streets` [name, lat, lon]; `boundary` rings of
    [lat, lon]; `credit`; `centre` or None. Degrees WGS84."""
    known = Settlement.objects.filter(municipality=municipality, lat__isnull=False, lon__isnull=False)
    rows = sorted(known, key=lambda one: (not one.is_centre, -(one.population or 0), one.name))
    streets = Street.objects.filter(municipality=municipality, lat__isnull=False, lon__isnull=False)
    boundary, credit = boundary_of(municipality.key)
    return {
        "places": [[one.name, one.lat, one.lon, one.population or 0] for one in rows],
        "streets": list(streets.order_by("id").values_list("name", "lat", "lon")[:MOST_STREETS]),
        "boundary": boundary,
        "credit": credit,
        "centre": [rows[0].lat, rows[0].lon] if rows else None,
    }


def boundary_of(key: str) -> tuple[list[Ring], str]:
    """Outer rings and the credit of the operator's file; nothing where there is none or it cannot be read."""
    found = _file_of(key)
    return _drawn(*found) if found else ([], "")


def outline_of(key: str) -> list[Ring]:
    """The same rings with all their points: a village at the very border must not fall out by the thinning."""
    found = _file_of(key)
    return _read(*found)[0] if found else []


def _file_of(key: str) -> tuple[Path, int] | None:
    path = Path(settings.MAP_BOUNDARIES) / f"{key}.geojson"
    if not path.is_file() or path.stat().st_size > LARGEST_FILE:
        return None
    return path, path.stat().st_mtime_ns


@lru_cache(maxsize=32)
def _drawn(path: Path, changed: int) -> tuple[list[Ring], str]:
    rings, credit = _read(path, changed)
    return [ring for ring in map(thinned, rings) if len(ring) > 2], credit


@lru_cache(maxsize=32)
def _read(path: Path, changed: int) -> tuple[list[Ring], str]:
    """Remembered until the file changes."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        rings = [[(float(lat), float(lon)) for lon, lat, *_ in ring] for ring in _outer_rings(data)]
    except (ValueError, TypeError, KeyError, AttributeError):
        return [], ""
    return [ring for ring in rings if len(ring) > 2], str(data.get("credit", ""))


def _outer_rings(data: dict[str, Any]) -> Iterator[list[Any]]:
    match data.get("type"):
        case "FeatureCollection":
            for feature in data["features"]:
                yield from _outer_rings(feature)
        case "Feature":
            yield from _outer_rings(data["geometry"])
        case "Polygon":
            yield data["coordinates"][0]
        case "MultiPolygon":
            yield from (polygon[0] for polygon in data["coordinates"])


def thinned(ring: Ring) -> Ring:
    """The ring without points nearer than `FEWEST_METRES` to the one kept before; closed again at its end."""
    kept = ring[:1]
    for point in ring[1:]:
        if distance(*kept[-1], *point) >= FEWEST_METRES:
            kept.append(point)
    rounded = [(round(lat, ROUND_TO), round(lon, ROUND_TO)) for lat, lon in [*kept, *ring[:1]]]
    return [point for point, after in pairwise([*rounded, (999.0, 999.0)]) if point != after]
