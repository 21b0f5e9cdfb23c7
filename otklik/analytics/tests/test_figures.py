"""Sums and histograms: they add, and the middle is where it should be."""

from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.analytics.figures import Histogram, Sums, total

WAITED = st.lists(st.integers(0, 2000), min_size=1, max_size=60)


def histogram(waited: list[int]) -> Histogram:
    return Histogram({hours: waited.count(hours) for hours in set(waited)})


def test_it_gives_nought_for_what_never_happened() -> None:
    assert Sums({"received": 3})["answered"] == 0
    assert total([Sums({"received": 3}), Sums({"received": 2, "closed": 1})])["received"] == 5
    assert Sums({"received": 3}) + Sums({"closed": 1}) == Sums({"received": 3, "closed": 1})


def test_it_has_no_middle_of_nothing() -> None:
    assert (Histogram().median, Histogram().p90, Histogram().count) == (None, None, 0)


@pytest.mark.parametrize(
    ("waited", "middle", "most"),
    [([5], 5, 5), ([1, 2], 1.5, 2), (list(range(1, 11)), 5.5, 9), ([0] * 9 + [100], 0, 0)],
)
def test_it_finds_median_and_ninth_tenth(waited: list[int], middle: float, most: int) -> None:
    assert (histogram(waited).median, histogram(waited).p90) == (middle, most)


@given(WAITED, WAITED)
def test_it_merges_to_the_histogram_of_all(one: list[int], other: list[int]) -> None:
    merged = histogram(one) + histogram(other)
    assert merged.count == len(one) + len(other)
    assert merged.median == median(one + other)
    assert merged.p90 is not None
    assert Fraction(merged.within(merged.p90), merged.count) >= Fraction(9, 10)
