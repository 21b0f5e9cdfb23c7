"""The periods of reports: asked by a key, said in a document's words, and when each paper is due. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.common.periods import (
    before,
    fortnight_of,
    month_of,
    quarter_of,
    read_period,
    say_period,
    week_of,
    year_of,
)
from otklik.common.words import NBSP

HOW = "Период пишут так: 2026-10, 2026-Q3, 2026-W42, 2026, 2026-10-15 или 2026-10-01..2026-10-15."
LONGEST_WAIT = 62
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Slot:
    """A period a report is due for, and the day it is due."""

    period: Period
    due: date


def asked_period(key: str) -> Period:
    """The period of a key; one day is a period too. Raises Refused that tells how to write it."""
    spelled = key.strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", spelled):
        spelled = f"{spelled}..{spelled}"
    try:
        period = read_period(spelled)
    except (ValueError, OverflowError):
        raise Refused(f"Период «{key}» не прочитан. {HOW}") from None
    if not FIRST_YEAR <= period.since.year <= period.until.year <= LAST_YEAR:
        raise Refused(f"Период «{key}» вне {FIRST_YEAR}–{LAST_YEAR} годов: проверьте год.")
    return period


def in_words(period: Period) -> str:
    """What stands after «за»: «октябрь 2026 года», «III квартал 2026 года», «16–29 октября 2026 года»."""
    said = say_period(period)
    return said if period == year_of(period.since.year) else f"{said}{NBSP}года"


def in_short(period: Period) -> str:
    """The same without the year where the days alone are clear: «октябрь», «1–15 октября»."""
    if period.since.year != period.until.year:
        return in_words(period)
    return re.sub(r"\s\d{4}$", "", say_period(period))


def _day_of(day: date) -> Period:
    return Period(day, day)


def _month_of(day: date) -> Period:
    return month_of(day.year, day.month)


def _quarter_of(day: date) -> Period:
    return quarter_of(day.year, (day.month + 2) // 3)


def _year_of(day: date) -> Period:
    return year_of(day.year)


CADENCES: dict[str, Callable[[date], Period]] = {
    "daily": _day_of,
    "weekly": week_of,
    "twice_a_month": fortnight_of,
    "monthly": _month_of,
    "quarterly": _quarter_of,
    "yearly": _year_of,
}


def slots(
    cadence: str, days: list[int], waits: Mapping[str, int], today: date, how_many: int = 2
) -> list[Slot]:
    """Periods that have ended, the newest first, and when their papers are due; none without a cadence.

    `days` of the month come from the charter; with none a paper is due `waits` days after its period.
    """
    if cadence not in CADENCES:
        return []
    made, wait = CADENCES[cadence], waits[cadence]
    found: list[Slot] = []
    period = before(made(today))
    while len(found) < how_many:
        found.append(Slot(period, _due(period.until, days, wait)))
        period = before(period)
    return found


def _due(end: date, days: list[int], wait: int) -> date:
    following = (end + timedelta(days=step) for step in range(1, LONGEST_WAIT))
    return next((day for day in following if day.day in days), end + timedelta(days=wait))
