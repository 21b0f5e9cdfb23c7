"""Days of a year unlike an ordinary week, as a person compares them with the act."""

from datetime import date

import pytest

from otklik.deadlines.plans import DayKind, plan_year, shipped_plans
from otklik.deadlines.special_days import special_days

YEAR = {day.date: day for day in special_days(shipped_plans()[2026], {date(2026, 4, 21): "off"})}


@pytest.mark.parametrize(
    ("day", "kind", "words"),
    [
        (date(2026, 1, 1), "off", "Новогодние"),
        (date(2026, 1, 9), "off", "перенесено"),
        (date(2026, 3, 8), "off", "женский день"),
        (date(2026, 4, 30), "short", "накануне праздника"),
        (date(2026, 12, 31), "off", "перенесено"),
    ],
)
def test_it_names_the_day_and_why(day: date, kind: DayKind, words: str) -> None:
    assert (YEAR[day].kind, YEAR[day].is_own) == (kind, False)
    assert words in YEAR[day].reason


def test_it_leaves_out_ordinary_days_and_keeps_the_order() -> None:
    assert date(2026, 1, 12) not in YEAR
    assert date(2026, 1, 17) not in YEAR
    assert list(YEAR) == sorted(YEAR)


def test_it_shows_a_day_of_the_municipality_as_its_own() -> None:
    assert YEAR[date(2026, 4, 21)].is_own


def test_it_shows_a_working_saturday() -> None:
    days = {day.date: day for day in special_days(shipped_plans()[2025], {})}
    assert (days[date(2025, 11, 1)].kind, days[date(2025, 11, 1)].reason) == (
        "short",
        "выходной перенесён на другой день",
    )


def test_it_counts_as_many_days_off_as_the_plan() -> None:
    for plan in (*shipped_plans().values(), plan_year(2031)):
        shown = special_days(plan, {})
        assert {day.date for day in shown if day.kind == "short"} == plan.short
        assert not {day.date for day in shown if day.kind == "off"} & plan.working
