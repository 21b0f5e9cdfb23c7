"""Steps, spikes and changes of the heat map: exact tables and what must always hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.analytics.heatmap.scale import change_step, count_scale, is_spike, rate_scale


def test_it_takes_round_edges_that_hold_all_but_the_largest() -> None:
    assert (
        rate_scale([0.4, 2.1, 4.6]).edges == (1.0, 2.0, 3.0, 4.5, 7.0) or max(rate_scale([4.6]).edges) >= 4.6
    )
    assert rate_scale([6.0, 6.5, 7.0]).edges == (1.0, 2.0, 3.0, 4.5, 7.0)
    assert count_scale([1, 2, 3]).edges == (2.0, 4.0, 7.0, 11.0, 17.0)
    assert count_scale([300]).edges == (40.0, 80.0, 140.0, 220.0, 340.0)
    assert rate_scale([]).edges == rate_scale([0.0]).edges


@pytest.mark.parametrize(
    ("value", "step"), [(0, 0), (1, 1), (2, 2), (6, 3), (7, 4), (16, 5), (17, 6), (90, 6)]
)
def test_it_gives_an_edge_to_the_higher_step(value: int, step: int) -> None:
    assert count_scale([10]).step(value) == step


@pytest.mark.parametrize(
    ("now", "before", "ratio", "step"),
    [(5, 5, 1.0, 0), (22, 6, 1.0, 3), (6, 22, 1.0, -3), (10, 5, 1.0, 1), (10, 5, 2.0, 0), (0, 0, 1.0, 0)],
)
def test_it_colours_a_change_by_how_unlikely_it_is(now: int, before: int, ratio: float, step: int) -> None:
    assert change_step(now, before, ratio) == step


@pytest.mark.parametrize(
    ("now", "before", "is_one"), [(4, 0, False), (5, 0, True), (9, 2, True), (9, 5, False), (60, 45, False)]
)
def test_it_marks_a_spike_only_where_chance_would_hardly_do_it(now: int, before: int, is_one: bool) -> None:
    assert is_spike(now, before, 1.0) is is_one


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0, 1e6), st.floats(0, 1e6))
def test_more_never_takes_a_lighter_step(values: list[float], one: float, other: float) -> None:
    for scale in (rate_scale(values), count_scale(values)):
        assert list(scale.edges) == sorted(set(scale.edges))
        assert scale.step(min(one, other)) <= scale.step(max(one, other)) <= 6


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_a_change_and_its_opposite_take_opposite_steps(now: int, before: int) -> None:
    assert change_step(now, before, 1.0) == -change_step(before, now, 1.0)
