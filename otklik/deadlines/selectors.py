"""Questions about the calendar: working days of a municipality, its parameters, the alarm of next year.

Called by cases, the desk and commands. The calendar is remembered for a few seconds per process, as the
charter is, so a batch asks the database once.
"""

import time
from collections.abc import Mapping
from datetime import date

from otklik.charter import selectors as charter
from otklik.common.models import Municipality
from otklik.deadlines.calendar import WorkCalendar
from otklik.deadlines.models import CalendarDay, CalendarYear
from otklik.deadlines.norms import Parameters
from otklik.deadlines.of_charter import calendar_from
from otklik.deadlines.plans import DAY_KINDS, DayKind, YearPlan, alarm_for, plan_with, shipped_plans

MEMORY_SECONDS = 5.0

_calendars: dict[int, tuple[float, WorkCalendar]] = {}


def calendar_of(municipality: Municipality) -> WorkCalendar:
    """The working calendar under the charter in force. Raises `CharterMissingError` when none is loaded."""
    kept = _calendars.get(municipality.id)
    now = time.monotonic()
    if kept is None or now - kept[0] > MEMORY_SECONDS:
        calendar = calendar_from(charter.charter_of(municipality), year_plans(), own_days(municipality))
        kept = _calendars[municipality.id] = (now, calendar)
    return kept[1]


def parameters_of(municipality: Municipality, on: date | None = None) -> Parameters:
    """Values of the charter's parameters in force on the day, as `rules.count_terms` takes them."""
    return {key: kept.value for key, kept in charter.parameters_of(municipality, on).items()}


def unconfirmed_keys(municipality: Municipality, on: date | None = None) -> frozenset[str]:
    """Keys of parameters that still wear the badge; a term counted by one of them wears it too."""
    found = charter.parameters_of(municipality, on)
    return frozenset(key for key, kept in found.items() if kept.needs_confirmation)


def year_plans() -> dict[int, YearPlan]:
    """Plans of all loaded years; years of our table stand in until somebody loads them."""
    days: dict[int, list[tuple[date, DayKind]]] = {}
    for row in CalendarDay.objects.filter(municipality=None):
        days.setdefault(row.date.year, []).append((row.date, _kind(row.kind)))
    loaded = {
        row.year: plan_with(row.year, days.get(row.year, []), row.act, row.source, row.is_confirmed)
        for row in CalendarYear.objects.all()
    }
    return {**shipped_plans(), **loaded}


def own_days(municipality: Municipality) -> Mapping[date, DayKind]:
    """The municipality's own days, by its region's law: they come before the country's."""
    rows = CalendarDay.objects.filter(municipality=municipality)
    return {row.date: _kind(row.kind) for row in rows}


def calendar_alarm(today: date) -> str:
    """One Russian sentence while next year's calendar is missing or unconfirmed, else an empty one."""
    return alarm_for(year_plans(), today)


def forget_remembered() -> None:
    """Drop what this process remembers; services call it after a change."""
    _calendars.clear()


def _kind(word: str) -> DayKind:
    return next(kind for kind in DAY_KINDS if kind == word)
