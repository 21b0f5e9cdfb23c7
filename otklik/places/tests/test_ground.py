"""The ground of the map: what the gazetteer knows and the operator's boundary, thinned."""

import json
from pathlib import Path
from typing import Any

import pytest

from otklik.places.ground import boundary_of, ground_of, thinned
from tests.town import build_town

SQUARE = [[33.0, 58.0], [33.0005, 58.0], [34.0, 58.0], [34.0, 58.5], [33.0, 58.5], [33.0, 58.0]]
POLYGON: dict[str, Any] = {"type": "Polygon", "coordinates": [SQUARE]}
FEATURE: dict[str, Any] = {"type": "Feature", "geometry": POLYGON}
WAYS: list[dict[str, Any]] = [
    POLYGON,
    {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
    FEATURE,
    {"type": "FeatureCollection", "features": [FEATURE]},
]


@pytest.mark.parametrize("data", WAYS, ids=lambda data: str(data["type"]))
def test_a_boundary_is_read_in_every_shape_of_geojson(
    data: dict[str, Any], settings: Any, tmp_path: Path
) -> None:
    settings.MAP_BOUNDARIES = tmp_path
    (tmp_path / "town.geojson").write_text(json.dumps({**data, "credit": "© съёмка"}), encoding="utf-8")
    rings, credit = boundary_of("town")
    assert rings == [[(58.0, 33.0), (58.0, 34.0), (58.5, 34.0), (58.5, 33.0), (58.0, 33.0)]]
    assert credit == "© съёмка"


@pytest.mark.parametrize(
    "words", ["", "[]", "{", '{"type":"Polygon"}', '{"type":"Polygon","coordinates":[[1]]}']
)
def test_a_broken_boundary_leaves_the_map_without_one(words: str, settings: Any, tmp_path: Path) -> None:
    settings.MAP_BOUNDARIES = tmp_path
    (tmp_path / "town.geojson").write_text(words)
    assert boundary_of("town") == ([], "")


def test_points_closer_than_the_eye_sees_are_left_out() -> None:
    assert thinned([(58.0, 33.0), (58.0001, 33.0), (58.0, 33.0)]) == [(58.0, 33.0)]


@pytest.mark.django_db
def test_the_centre_is_first_and_unknown_points_are_left_out() -> None:
    ground = ground_of(build_town("lovozero").municipality)
    assert ground["places"][0][0] == "Ловозеро"
    assert ground["centre"] == [68.0, 35.01]
    assert all(lat and lon for _, lat, lon, _ in ground["places"])
