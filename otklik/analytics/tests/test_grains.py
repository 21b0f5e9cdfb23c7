"""The choice of a table: the cheapest that keeps what is asked, and stretches that make up the period exactly."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.analytics.columns import DIMENSIONS
from otklik.analytics.grains import BUILT, DAILY, FULL, ROLLS, made_of, parts_of, parts_of_hours
from otklik.common.period import Period

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
ASKED = st.sets(st.sampled_from([*DIMENSIONS, "municipality", "day", "week", "month"]))


@pytest.mark.parametrize(
    ("asked", "grains"),
    [
        ((), ["flow"]),
        (("body", "channel"), ["month"]),
        (("topic", "month"), ["month"]),
        (("settlement", "topic"), ["theme"]),
        (("settlement", "topic", "channel"), ["place"]),
        (("h3", "settlement"), ["cell"]),
        (("settlement",), ["cell"]),
        (("h3", "settlement", "block"), ["ward"]),
        (("settlement", "block"), ["theme"]),
        (("day",), ["whole"]),
        (("day", "kind"), ["day"]),
        (("channel", "block"), ["flow"]),
        (("week", "channel"), ["day"]),
        (("week", "topic"), ["caseday"]),
        (("state_class",), [DAILY]),
        (("h3", "topic"), [DAILY]),
    ],
)
def test_it_reads_a_year_from_the_cheapest_table_that_keeps_what_is_asked(
    asked: tuple[str, ...], grains: list[str]
) -> None:
    assert [part.grain.key for part in parts_of(YEAR, asked)] == grains


@pytest.mark.parametrize(
    ("asked", "grain"),
    [
        ((), "hours"),
        (("body",), "hours"),
        (("body", "month", "municipality"), "hours"),
        (("week",), DAILY),
        (("channel",), DAILY),
        (("body", "topic"), DAILY),
    ],
)
def test_it_reads_hours_of_a_year_from_months_where_they_keep_what_is_asked(
    asked: tuple[str, ...], grain: str
) -> None:
    assert [part.grain.key for part in parts_of_hours(YEAR, asked)] == [grain]


@pytest.mark.parametrize(
    ("since", "until", "stretches"),
    [
        (date(2026, 2, 1), date(2026, 2, 28), ["flow"]),
        (date(2026, 2, 1), date(2026, 2, 15), ["day"]),
        (date(2026, 1, 16), date(2026, 3, 10), ["flow", "day", "day"]),
        (date(2026, 1, 16), date(2026, 2, 27), ["day"]),
        (date(2026, 1, 2), date(2026, 2, 28), ["flow", "day"]),
        (date(2025, 12, 1), date(2026, 1, 1), ["flow", "day"]),
    ],
)
def test_it_cuts_a_period_into_whole_months_and_their_edges(
    since: date, until: date, stretches: list[str]
) -> None:
    assert [part.grain.key for part in parts_of(Period(since, until), ("channel",))] == stretches


@given(DAYS, st.integers(0, 800), ASKED)
def test_it_reads_every_day_once(since: date, length: int, asked: set[str]) -> None:
    period = Period(since, since + timedelta(days=length))
    parts = parts_of(period, asked)
    days = sorted(day for part in parts for day in part.period.days())
    assert days == list(period.days())
    assert all(part.grain.answers(asked) for part in parts)


def test_it_adds_a_roll_up_from_what_keeps_its_cuts_and_is_built_before() -> None:
    assert {one.key: made_of(one).key for one in ROLLS} == {
        "flow": "month",
        "month": "place",
        "cell": "ward",
        "ward": DAILY,
        "theme": "place",
        "whole": "day",
        "day": "caseday",
        "place": DAILY,
        "caseday": DAILY,
    }
    for one in ROLLS:
        assert one.keeps <= made_of(one).keeps
        assert one.is_monthly or not made_of(one).is_monthly
        assert made_of(one) == FULL or BUILT.index(made_of(one)) < BUILT.index(one)
