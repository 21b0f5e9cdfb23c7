"""Cells: a larger one holds exactly what lies between the ends of its span."""

import h3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.places.cells import RESOLUTION, cell_of, parent_of, resolution_of, span_of

LATITUDES, LONGITUDES = st.floats(41, 81), st.floats(20, 179)


@given(LATITUDES, LONGITUDES, st.integers(4, RESOLUTION))
def test_a_span_holds_the_cells_inside_and_no_others(lat: float, lon: float, resolution: int) -> None:
    cell = cell_of(lat, lon)
    parent = parent_of(cell, resolution)
    first, last = span_of(parent)
    assert first <= cell <= last
    around = [str(one) for one in h3.grid_disk(cell, 5)]
    assert {one for one in around if first <= one <= last} == {
        one for one in around if parent_of(one, resolution) == parent
    }


def test_it_refuses_what_is_no_cell() -> None:
    with pytest.raises(ValueError, match="not a cell"):
        resolution_of("yard")
    with pytest.raises(ValueError, match="finer"):
        span_of(str(h3.latlng_to_cell(58.4, 33.9, RESOLUTION + 1)))
