"""Days of a year that differ from an ordinary week, each with its reason in words. Pure.

Shown on the calendar's screen, so that a person can compare the year with its act day by day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import holidays

from otklik.deadlines.plans import SATURDAY, DayKind, YearPlan

WORDS: dict[DayKind, str] = {"off": "выходной", "working": "рабочий", "short": "короче на час"}


@dataclass(frozen=True)
class SpecialDay:
    """A holiday, a moved day off, a working weekend or a short day; `is_own`: set for this municipality alone."""

    date: date
    kind: DayKind
    reason: str
    is_own: bool = False

    @property
    def words(self) -> str:
        """What the day is."""
        return WORDS[self.kind]


def special_days(plan: YearPlan, own: Mapping[date, DayKind]) -> list[SpecialDay]:
    """Every such day of the year in order; the municipality's own days come before the country's."""
    known = holidays.country_holidays("RU", years=plan.year, language="ru")
    first = date(plan.year, 1, 1)
    days = (first + timedelta(days=number) for number in range(366))
    found = []
    for day in days:
        if day.year != plan.year:
            continue
        if day in own:
            found.append(SpecialDay(day, own[day], "по закону региона или решению муниципалитета", True))
        elif kind := _kind(day, plan, day in known):
            found.append(SpecialDay(day, kind, _reason(day, kind, known.get(day) or "")))
    return found


def _kind(day: date, plan: YearPlan, is_named: bool) -> DayKind | None:
    if day in plan.short:
        return "short"
    is_weekend, works = day.weekday() >= SATURDAY, day in plan.working
    if works:
        return "working" if is_weekend else None
    return "off" if is_named or not is_weekend else None


def _reason(day: date, kind: DayKind, name: str) -> str:
    if kind == "off":
        return name or "перенос выходного дня"
    if day.weekday() >= SATURDAY:
        return "выходной перенесён на другой день"
    return "накануне праздника" if kind == "short" else ""
