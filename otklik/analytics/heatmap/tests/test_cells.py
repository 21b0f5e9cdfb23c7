"""Cells and points of the map: nothing lost, right places, no single house shown."""

import json

import h3

from otklik.analytics.heatmap.cells import coarser, features, points
from otklik.places.cells import cell_of, centre_of

ONE, OTHER, FAR = cell_of(58.39, 33.91), cell_of(58.392, 33.915), cell_of(58.6, 34.4)


def test_it_adds_cells_up_to_their_parents() -> None:
    found = coarser({ONE: 3, OTHER: 2, FAR: 1, "": 7}, 6)
    assert sum(found.values()) == 6
    assert found[h3.cell_to_parent(ONE, 6)] == 5


def test_it_writes_geojson_with_longitude_first_and_the_ring_closed() -> None:
    answer = json.loads(json.dumps(features({ONE: 3, FAR: 30}, {OTHER: 4}, 1.0, False)))
    assert [one["properties"] for one in answer["features"]] == [
        {"cell": ONE, "now": 3, "before": 0, "step": 1},
        {"cell": FAR, "now": 30, "before": 0, "step": 5},
    ]
    ring = answer["features"][0]["geometry"]["coordinates"][0]
    assert ring[0] == ring[-1]
    assert all(33.8 < lon < 34 and 58.3 < lat < 58.5 for lon, lat in ring)


def test_a_cell_that_went_quiet_is_shown_in_growth_only() -> None:
    growth = features({}, {OTHER: 9}, 1.0, True)["features"]
    assert [one["properties"]["step"] for one in growth] == [-3]
    assert features({}, {OTHER: 9}, 1.0, False)["features"] == []


def test_it_packs_points_and_gives_them_back() -> None:
    rows = [(ONE, 58.39, 33.91, 2), (ONE, 58.3901, 33.9102, 1), (FAR, 58.6, 34.4, 5)]
    packed = points(rows)
    back = [
        (
            cell,
            round(packed["south"] + lat * packed["step"], 5),
            round(packed["west"] + lon * packed["step"], 5),
            n,
        )
        for cell, flat in packed["groups"]
        for lat, lon, n in zip(flat[::3], flat[1::3], flat[2::3], strict=True)
    ]
    assert back == rows


def test_it_shows_no_house_in_a_cell_of_fewer_than_three() -> None:
    packed = points([(ONE, 58.39, 33.91, 1), (ONE, 58.3901, 33.9102, 1)])
    assert packed["groups"] == [[ONE, [0, 0, 2]]]
    assert (packed["south"], packed["west"]) == centre_of(ONE)
    assert points([])["groups"] == []
