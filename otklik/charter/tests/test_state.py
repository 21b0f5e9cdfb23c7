"""The state of a duty by cadence and last time, as a table."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.charter.evidence import Evidence
from otklik.charter.state import RHYTHMS, State, must_be_since, state_of, stretches_of
from otklik.common.period import Period

TODAY = date(2026, 10, 20)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def done(day: str, count: int = 1) -> Evidence:
    return Evidence(count, datetime.fromisoformat(f"{day}T12:00:00+03:00"))


@pytest.mark.parametrize(
    ("cadence", "evidence", "is_fact", "is_late", "state"),
    [
        ("", None, False, False, "never"),
        ("", Evidence(0), False, False, "never"),
        ("", Evidence(0), True, False, "never"),
        ("", Evidence(3), True, False, "fact"),
        ("", Evidence(3), False, False, "done"),
        ("", done("2025-10-21"), False, False, "done"),
        ("по запросу", done("2025-10-21"), False, False, "done"),
        ("оперативно", done("2025-10-21"), False, False, "done"),
        ("2 раза в месяц", done("2026-10-02"), False, False, "done"),
        ("2 раза в месяц", done("2026-09-30"), False, False, "late"),
        ("2 раза в месяц", done("2026-10-20"), False, True, "late"),
        ("2 раза в месяц", None, False, False, "never"),
        ("ежемесячно", done("2026-09-01"), False, False, "done"),
        ("ежемесячно", done("2026-08-31"), False, False, "late"),
        ("ежеквартально", done("2026-07-01"), False, False, "done"),
        ("ежеквартально", done("2026-06-30"), False, False, "late"),
        ("ежедневно", done("2026-10-19"), False, False, "done"),
        ("ежедневно", done("2026-10-18"), False, False, "late"),
        ("сезонно / ежегодно", done("2025-11-01"), False, False, "done"),
    ],
)
def test_it_is_judged_by_cadence_and_last_time(
    cadence: str, evidence: Evidence | None, is_fact: bool, is_late: bool, state: State
) -> None:
    assert state_of(cadence, evidence, is_fact, TODAY, is_late=is_late) == state


def test_a_daily_duty_rests_on_days_off() -> None:
    monday, friday = date(2026, 10, 19), date(2026, 10, 16)
    assert state_of("ежедневно", done("2026-10-16"), False, monday, lambda day: friday) == "done"
    assert state_of("ежедневно", done("2026-10-15"), False, monday, lambda day: friday) == "late"


def test_a_paper_that_waits_beyond_its_day_is_overdue_even_when_it_was_never_written() -> None:
    assert state_of("2 раза в месяц", None, False, TODAY, is_late=True) == "late"


def test_it_lays_records_into_the_stretches_of_the_rhythm() -> None:
    days = [date(2026, 9, 3), date(2026, 9, 14), date(2026, 10, 5)]
    told = stretches_of("2 раза в месяц", days, Period(date(2026, 9, 1), TODAY))
    assert [(one.period.since.day, one.count, one.is_missed) for one in told] == [
        (1, 2, False),
        (16, 0, True),
        (1, 1, False),
        (16, 0, False),
    ]
    assert stretches_of("по запросу", days, Period(date(2026, 9, 1), TODAY)) == []


@given(st.sampled_from(sorted(RHYTHMS)), DAYS)
def test_what_was_done_today_is_never_overdue(cadence: str, today: date) -> None:
    since = must_be_since(cadence, today)
    assert since is not None and since <= today


@given(st.sampled_from(sorted(set(RHYTHMS) - {"ежедневно"})), DAYS, st.lists(DAYS, max_size=20))
def test_every_record_of_the_time_falls_into_one_stretch(cadence: str, today: date, days: list[date]) -> None:
    within = Period(date(today.year, 1, 1), today)
    told = stretches_of(cadence, days, within)
    first, last = told[0].period.since, told[-1].period.until
    assert sum(one.count for one in told) == sum(first <= day <= last for day in days)
