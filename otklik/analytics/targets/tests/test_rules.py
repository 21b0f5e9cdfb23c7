"""The way to a plan, where it ends and how it stands: exact tables."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.analytics.figures import Histogram, Sums
from otklik.analytics.measures import measure
from otklik.analytics.targets.rules import End, foretell_end, meets, state_of, steps_of, way_of
from otklik.common.period import Period
from otklik.common.periods import quarter_of

QUARTER = quarter_of(2026, 4)
IN_TIME, RECEIVED, SCORE = measure("in_time"), measure("received"), measure("satisfaction")
NO_WAITS = Histogram()


def test_it_walks_a_quarter_by_months_and_a_month_by_weeks() -> None:
    assert steps_of(QUARTER, date(2026, 11, 20)) == [
        Period(date(2026, 10, 1), date(2026, 10, 31)),
        Period(date(2026, 11, 1), date(2026, 11, 20)),
    ]
    assert [
        one.until.day for one in steps_of(Period(date(2026, 10, 1), date(2026, 10, 31)), date(2026, 10, 12))
    ] == [
        4,
        11,
        12,
    ]
    assert steps_of(QUARTER, date(2026, 9, 30)) == []


def test_it_adds_the_way_up_from_its_stretches() -> None:
    months = steps_of(QUARTER, date(2026, 11, 30))
    parts = [
        (months[0], Sums({"answered": 10, "answered_legal": 5}), NO_WAITS),
        (months[1], Sums({"answered": 30, "answered_legal": 30}), NO_WAITS),
    ]
    way = way_of(IN_TIME, parts, None)
    assert [(one.alone.number, one.so_far.number) for one in way] == [(50, 50), (100, 87.5)]


def test_it_carries_the_last_four_weeks_over_the_days_left() -> None:
    end = foretell_end(RECEIVED, (Sums({"received": 100}), NO_WAITS), (Sums({"received": 56}), NO_WAITS), 14)
    assert end is not None
    assert (end.number, round(end.low or 0), round(end.high or 0)) == (128, 118, 138)


def test_it_weighs_a_share_by_the_cases_that_are_to_come() -> None:
    so_far, lately = (
        Sums({"answered": 100, "answered_legal": 90}),
        Sums({"answered": 28, "answered_legal": 28}),
    )
    end = foretell_end(IN_TIME, (so_far, NO_WAITS), (lately, NO_WAITS), 100)
    assert end is not None and end.low is not None and end.high is not None
    assert end.number == pytest.approx(95)
    assert end.low < end.number <= end.high


def test_it_merges_waits_exactly() -> None:
    waits = measure("first_median")
    end = foretell_end(waits, (Sums(), Histogram({10: 3})), (Sums(), Histogram({50: 28})), 1)
    assert end == End(10, None, None)
    assert foretell_end(waits, (Sums(), NO_WAITS), (Sums(), NO_WAITS), 5) is None


def test_it_ends_as_it_stands_when_no_days_are_left() -> None:
    end = foretell_end(RECEIVED, (Sums({"received": 7}), NO_WAITS), (Sums({"received": 99}), NO_WAITS), 0)
    assert end == End(7, 7, 7)


@pytest.mark.parametrize(
    ("today", "plan", "is_floor", "fact", "end", "state"),
    [
        (date(2026, 9, 30), 95, True, None, None, "waits"),
        (date(2026, 11, 1), 95, True, None, None, "nothing"),
        (date(2026, 11, 1), 95, True, 97.0, End(97, 95.5, 98), "goes"),
        (date(2026, 11, 1), 95, True, 97.0, End(97, 94.5, 98), "risk"),
        (date(2026, 11, 1), 95, True, 97.0, End(94, 91, 96), "fails"),
        (date(2026, 11, 1), 5, False, 3.0, End(4, 3, 4.9), "goes"),
        (date(2026, 11, 1), 5, False, 3.0, End(4, 3, 6), "risk"),
        (date(2026, 11, 1), 24, False, 20.0, End(20, None, None), "goes"),
        (date(2027, 1, 1), 95, True, 95.0, None, "met"),
        (date(2027, 1, 1), 95, True, 94.9, None, "missed"),
        (date(2027, 1, 1), 5, False, 5.0, None, "met"),
    ],
)
def test_it_says_how_a_target_stands(
    today: date, plan: float, is_floor: bool, fact: float | None, end: End | None, state: str
) -> None:
    assert state_of(QUARTER, today, is_floor, plan, fact, end) == state


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 90))
def test_it_never_foretells_fewer_than_have_come(so_far: int, lately: int, left: int) -> None:
    end = foretell_end(
        RECEIVED, (Sums({"received": so_far}), NO_WAITS), (Sums({"received": lately}), NO_WAITS), left
    )
    assert end is not None and end.low is not None
    assert so_far <= end.low <= end.number


def test_it_bounds_a_mean_of_scores() -> None:
    given = Sums({"scored": 20, "score_sum": 84, "score_squares": 360})
    end = foretell_end(SCORE, (given, NO_WAITS), (given, NO_WAITS), 28)
    assert end is not None and end.low is not None and end.high is not None
    assert end.number == pytest.approx(4.2)
    assert end.low < 4.2 < end.high
    assert meets(4.2, 4.2, True) and meets(4.2, 4.2, False)
