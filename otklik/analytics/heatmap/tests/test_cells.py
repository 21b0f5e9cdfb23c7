"""Cells and points of the map: nothing lost, right places, no single house shown."""

import json
from typing import Any

import h3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.analytics.heatmap.cells import Box, cells_in, coarser, features, hidden, pack, read_box
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


def unpack(packed: dict[str, Any]) -> list[tuple[str, float, float, int]]:
    """What the map makes of the answer."""
    found, place, lat, lon = [], 0, 0, 0
    for cell, down, right, count in zip(*(packed["points"][start::4] for start in range(4)), strict=True):
        place, lat, lon = place + cell, lat + down, lon + right
        point = (
            round(packed[side] + steps * packed["step"], 5) for side, steps in (("south", lat), ("west", lon))
        )
        found.append((packed["cells"][place], *point, count))
    return found


def test_it_packs_points_and_gives_them_back() -> None:
    rows = [(FAR, 58.6, 34.4, 5), (ONE, 58.3901, 33.9102, 1), (ONE, 58.39, 33.91, 2)]
    assert unpack(pack(rows)) == sorted(rows)
    assert pack([])["points"] == []


@given(
    st.lists(
        st.tuples(
            st.sampled_from([ONE, OTHER, FAR]),
            st.integers(5_800_000, 5_900_000).map(lambda n: n / 100_000),
            st.integers(3_300_000, 3_500_000).map(lambda n: n / 100_000),
            st.integers(1, 10_000),
        )
    )
)
def test_it_loses_no_point_in_packing(rows: list[tuple[str, float, float, int]]) -> None:
    assert sorted(unpack(pack(rows))) == sorted(rows)


def test_it_shows_no_house_in_a_cell_of_fewer_than_three() -> None:
    few = [(ONE, 58.39, 33.91, 1), (ONE, 58.3901, 33.9102, 1)]
    assert list(hidden(few)) == [(ONE, *centre_of(ONE), 2)]
    many = [*few, (ONE, 58.3902, 33.91, 1)]
    assert list(hidden(many)) == many


@pytest.mark.parametrize(
    ("words", "is_read"),
    [
        ("58.38,33.88,58.4,33.92", True),
        ("58,33,59,34", False),
        ("58.4,33.88,58.38,33.92", False),
        ("58.38,33.88,58.4", False),
        ("nan,33.88,58.4,33.92", False),
        ("89.9,33.88,89.99,33.92", False),
        ("", False),
    ],
)
def test_it_reads_only_a_near_box(words: str, is_read: bool) -> None:
    assert (read_box(words) is not None) == is_read


@given(st.floats(41, 77), st.floats(20, 170), st.floats(0.001, 0.02), st.floats(0.001, 0.04), st.floats(0, 1))
def test_every_point_of_a_box_is_in_a_cell_of_it(
    south: float, west: float, tall: float, wide: float, share: float
) -> None:
    cells = set(cells_in(Box(south, west, south + tall, west + wide)))
    for lat, lon in ((share, 1 - share), (0.0, share), (1.0, share), (share, 0.0)):
        assert cell_of(south + lat * tall, west + lon * wide) in cells
