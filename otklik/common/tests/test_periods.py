"""Periods by name: one spelling each, right words, right steps back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.common.period import Period
from otklik.common.periods import (
    before,
    fortnight_of,
    last_days,
    length_of,
    read_period,
    say_period,
    write_period,
    year_before,
)
from otklik.common.words import NBSP

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("spelling", "since", "until", "said"),
    [
        ("2026", "2026-01-01", "2026-12-31", "2026 год"),
        ("2026-Q3", "2026-07-01", "2026-09-30", "III квартал 2026"),
        ("2024-02", "2024-02-01", "2024-02-29", "февраль 2024"),
        ("2026-W42", "2026-10-12", "2026-10-18", "12–18 октября 2026"),
        ("2026-10-01..2026-10-15", "2026-10-01", "2026-10-15", "1–15 октября 2026"),
        ("2026-09-20..2026-10-19", "2026-09-20", "2026-10-19", "20 сентября – 19 октября 2026"),
        ("2025-12-20..2026-01-10", "2025-12-20", "2026-01-10", "20 декабря 2025 – 10 января 2026"),
        ("2026-10-05..2026-10-05", "2026-10-05", "2026-10-05", "5 октября 2026"),
    ],
)
def test_it_reads_writes_and_says_a_period(spelling: str, since: str, until: str, said: str) -> None:
    period = read_period(spelling)
    assert period == Period(date.fromisoformat(since), date.fromisoformat(until))
    assert write_period(period) == spelling
    assert say_period(period).replace(NBSP, " ") == said


@pytest.mark.parametrize(
    "words",
    ["", "октябрь", "2026-13", "2026-Q5", "2026-W60", "2026-10-31..2026-10-01", "2026-02-30..2026-03-01"],
)
def test_it_refuses_what_is_no_period(words: str) -> None:
    with pytest.raises(ValueError):
        read_period(words)


@pytest.mark.parametrize(
    ("spelling", "earlier", "last_year"),
    [
        ("2026", "2025", "2025"),
        ("2026-Q1", "2025-Q4", "2025-Q1"),
        ("2024-03", "2024-02", "2023-03"),
        ("2024-02", "2024-01", "2023-02"),
        ("2026-03-01..2026-03-15", "2026-02-16..2026-02-28", "2025-03-01..2025-03-15"),
        ("2026-W42", "2026-W41", "2025-10-12..2025-10-18"),
        ("2026-09-20..2026-10-19", "2026-08-21..2026-09-19", "2025-09-20..2025-10-19"),
    ],
)
def test_it_steps_back(spelling: str, earlier: str, last_year: str) -> None:
    period = read_period(spelling)
    assert write_period(before(period)) == earlier
    assert write_period(year_before(period)) == last_year


@given(DAYS, st.integers(1, 800))
def test_a_spelling_gives_the_same_period_back(until: date, days: int) -> None:
    period = last_days(until, days)
    assert length_of(period) == days
    assert read_period(write_period(period)) == period
    assert before(period).until == period.since - timedelta(days=1)


@given(DAYS)
def test_a_fortnight_holds_its_day(day: date) -> None:
    half = fortnight_of(day)
    assert half.since <= day <= half.until
    assert before(before(half)) == fortnight_of(half.since - timedelta(days=length_of(before(half)) + 1))
