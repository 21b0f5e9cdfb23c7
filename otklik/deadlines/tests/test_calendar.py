"""Totals of years are pinned, so neither a new version of `holidays` nor a slip in the table passes unseen."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from otklik.common.errors import Refused
from otklik.deadlines.calendar import WorkCalendar
from otklik.deadlines.hours import hours_from
from otklik.deadlines.plans import QUARTERS, alarm_for, plan_year, shipped_plans
from otklik.deadlines.tests.days import KRASNOYARSK, MOSCOW, at, day

TOTALS = {
    2024: (248, [57, 60, 66, 65]),
    2025: (247, [58, 59, 66, 64]),
    2026: (247, [55, 62, 66, 64]),
    2027: (247, [56, 62, 66, 63]),
}
SHORT = {
    2024: ["22.02", "07.03", "08.05", "11.06", "02.11"],
    2025: ["07.03", "30.04", "11.06", "01.11"],
    2026: ["30.04", "08.05", "11.06", "03.11"],
    2027: ["20.02", "30.04", "11.06", "03.11"],
}


@pytest.mark.parametrize("year", TOTALS)
def test_it_holds_the_totals_of_a_year(year: int) -> None:
    plan = shipped_plans()[year]
    assert (len(plan.working), [plan.working_in_quarter(one) for one in QUARTERS]) == TOTALS[year]
    assert plan.off == (366 if year == 2024 else 365) - len(plan.working)
    assert [f"{one:%d.%m}" for one in sorted(plan.short)] == SHORT[year]


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("01.11.2025", True),
        ("03.11.2025", False),
        ("31.12.2025", False),
        ("09.01.2026", False),
        ("12.01.2026", True),
        ("20.02.2027", True),
        ("22.02.2027", False),
        ("05.11.2027", False),
        ("28.12.2024", True),
        ("30.12.2024", False),
    ],
)
def test_it_knows_transferred_days(text: str, works: bool) -> None:
    assert MOSCOW.is_working(day(text)) is works


def test_it_tells_confirmed_years_from_others() -> None:
    plans = shipped_plans()
    assert [year for year, plan in sorted(plans.items()) if plan.is_confirmed] == [2024, 2025, 2026]
    assert "2027" in plans[2027].warning
    assert MOSCOW.warnings_for([day("30.12.2026"), day("11.01.2027"), day("10.01.2028")]) == [
        plans[2027].warning,
        plan_year(2028).warning,
    ]


def test_it_counts_a_year_without_a_plan_by_the_general_rule() -> None:
    draft = plan_year(2028)
    assert date(2028, 11, 6) not in draft.working  # 4 November 2028 is a Saturday
    assert date(2028, 2, 22) in draft.short
    assert 247 <= len(draft.working) <= 249
    assert "статье 112" in draft.warning


def test_it_takes_known_transfers_of_a_past_year_once() -> None:
    assert len(plan_year(2023).working) == 247


@pytest.mark.parametrize(
    ("today", "expected"), [("01.11.2025", ""), ("01.11.2026", "2027"), ("01.11.2027", "2028")]
)
def test_it_raises_the_alarm_for_next_year(today: str, expected: str) -> None:
    alarm = alarm_for(shipped_plans(), day(today))
    assert (expected in alarm) if expected else not alarm


def test_it_puts_regional_days_before_the_country_s() -> None:
    town = replace(MOSCOW, regional={day("20.03.2026"): "off", day("21.03.2026"): "working"})
    assert not town.is_working(day("20.03.2026"))
    assert town.is_working(day("21.03.2026"))
    assert town.next_working_day(day("19.03.2026")) == day("21.03.2026")


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("30.12.2025", 1, "12.01.2026"),
        ("12.01.2026", -1, "30.12.2025"),
        ("31.10.2025", 1, "01.11.2025"),
        ("02.11.2025", 0, "02.11.2025"),
        ("02.11.2025", 7, "13.11.2025"),
        ("30.12.2026", 7, "19.01.2027"),
    ],
)
def test_it_adds_working_days(start: str, count: int, expected: str) -> None:
    assert MOSCOW.add_working_days(day(start), count) == day(expected)
    assert count == 0 or MOSCOW.working_days_between(day(start), day(expected)) == count


LUNCH = replace(MOSCOW, hours=hours_from(["08:00", "12:00", "13:00", "17:00"]))


@pytest.mark.parametrize(
    ("calendar", "start", "hours", "expected"),
    [
        (MOSCOW, "20.10.2026 09:00", 8, "20.10.2026 17:00"),
        (MOSCOW, "20.10.2026 09:01", 8, "21.10.2026 08:01"),
        (MOSCOW, "20.10.2026 03:00", 8, "20.10.2026 16:00"),
        (MOSCOW, "20.10.2026 20:00", 8, "21.10.2026 16:00"),
        (MOSCOW, "23.10.2026 16:00", 8, "26.10.2026 15:00"),
        (MOSCOW, "03.11.2026 15:00", 2, "05.11.2026 09:00"),  # short day ends at 16:00, then 4 November
        (MOSCOW, "30.12.2025 16:00", 8, "12.01.2026 15:00"),
        (LUNCH, "20.10.2026 08:00", 8, "20.10.2026 17:00"),
        (LUNCH, "20.10.2026 11:30", 1, "20.10.2026 13:30"),
        (LUNCH, "20.10.2026 12:30", 1, "20.10.2026 14:00"),
        (KRASNOYARSK, "20.10.2026 09:00", 8, "20.10.2026 17:00"),
    ],
)
def test_it_adds_working_hours(calendar: WorkCalendar, start: str, hours: int, expected: str) -> None:
    begin, end = at(start, calendar), at(expected, calendar)
    assert calendar.add_working_time(begin, timedelta(hours=hours)) == end
    assert calendar.working_time_between(begin, end) == timedelta(hours=hours)


def test_it_counts_by_the_town_s_own_clock() -> None:
    noon_in_moscow = at("20.10.2026 12:00")  # 16:00 in Krasnoyarsk
    assert KRASNOYARSK.add_working_time(noon_in_moscow, timedelta(hours=2)) == at(
        "21.10.2026 09:00", KRASNOYARSK
    )
    assert KRASNOYARSK.day_of(at("20.10.2026 21:00")) == day("21.10.2026")


def test_it_runs_without_a_break_where_somebody_is_on_night_duty() -> None:
    town = replace(MOSCOW, night_duty=True)
    assert town.add_working_time(at("23.10.2026 20:00"), timedelta(hours=8)) == at("24.10.2026 04:00")


def test_a_short_day_ends_an_hour_earlier() -> None:
    assert MOSCOW.end_of_work(day("03.11.2026")) == at("03.11.2026 16:00")
    assert MOSCOW.end_of_work(day("02.11.2026")) == at("02.11.2026 17:00")
    assert LUNCH.parts_of(day("03.11.2026"))[-1][1] == at("03.11.2026 16:00")


def test_a_short_day_may_lose_a_whole_part() -> None:
    hours = hours_from(["08:00", "12:00", "13:00", "14:00"])
    assert hours.parts_on(is_short=True) == hours.parts[:1]


@pytest.mark.parametrize(
    "words", [[], ["08:00"], ["17:00", "08:00"], ["08:00", "8 вечера"], ["08:00", "12:00", "11:00", "17:00"]]
)
def test_it_refuses_hours_it_cannot_follow(words: list[str]) -> None:
    with pytest.raises(Refused):
        hours_from(words)
