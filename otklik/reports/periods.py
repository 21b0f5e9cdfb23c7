"""The stretch of days a report speaks of: read from its key, said in words, the one before, when due. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.common.words import MONTHS, NBSP

ONE_DAY = timedelta(days=1)
HALF = 15
NAMES = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
ROMAN = ("I", "II", "III", "IV")
HOW = "Период пишут так: 2026-10, 2026-Q3, 2026-W42, 2026-10-15, 2026 или 2026-10-01..2026-10-15."


@dataclass(frozen=True)
class Slot:
    """A period a report is due for, and the day it is due."""

    period: Period
    due: date


def read_period(key: str) -> Period:
    """The days of a key: a month, a quarter, a week, a day, a year, two days. Raises Refused for anything else."""
    try:
        found = next(filter(None, (read(key.strip()) for read in _READERS)), None)
    except ValueError:
        found = None
    if found is None:
        raise Refused(f"Период «{key}» не прочитан. {HOW}")
    return found


def key_of(period: Period) -> str:
    """The shortest key that reads back as the period."""
    since, until = period.since, period.until
    short = (
        f"{since.year}",
        f"{since.year}-Q{_quarter(since)}",
        f"{since:%Y-%m}",
        "{}-W{:02d}".format(*since.isocalendar()),
        since.isoformat(),
    )
    whole = f"{since.isoformat()}..{until.isoformat()}"
    return next((one for one in short if read_period(one) == period), whole)


def in_words(period: Period) -> str:
    """What stands after «за»: «октябрь 2026 года», «III квартал 2026 года», «16–29 октября 2026 года»."""
    since, until = period.since, period.until
    name, year = _name_of(period), f"{until.year}{NBSP}года"
    if name is not None:
        return f"{name} {year}" if name else f"{until.year}{NBSP}год"
    month = MONTHS[until.month - 1]
    if since == until:
        return f"{since.day}{NBSP}{month} {year}"
    if (since.year, since.month) == (until.year, until.month):
        return f"{since.day}–{until.day}{NBSP}{month} {year}"
    start = f"{since.day}{NBSP}{MONTHS[since.month - 1]}"
    if since.year != until.year:
        start += f" {since.year}{NBSP}года"
    return f"период с{NBSP}{start} по{NBSP}{until.day}{NBSP}{month} {year}"


def in_short(period: Period) -> str:
    """The same without the year: «октябрь», «III квартал», «1–15 октября»; a year keeps its number."""
    words = in_words(period)
    return words if _name_of(period) == "" else re.sub(rf" \d{{4}}{NBSP}года", "", words)


def before(period: Period) -> Period:
    """The like period that ends the day before: the month before a month, the half before a half of a month."""
    last = period.since - ONE_DAY
    for grow in _GROWERS:
        if grow(period.since) == period:
            return grow(last)
    return Period(last - (period.until - period.since), last)


def year_of(day: date) -> Period:
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def quarter_of(day: date) -> Period:
    first = date(day.year, (_quarter(day) - 1) * 3 + 1, 1)
    return Period(first, _month_end(date(day.year, first.month + 2, 1)))


def month_of(day: date) -> Period:
    return Period(day.replace(day=1), _month_end(day))


def half_of(day: date) -> Period:
    """The first fifteen days of a month or the rest of it."""
    if day.day <= HALF:
        return Period(day.replace(day=1), day.replace(day=HALF))
    return Period(day.replace(day=HALF + 1), _month_end(day))


def week_of(day: date) -> Period:
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def day_of(day: date) -> Period:
    return Period(day, day)


Grow = Callable[[date], Period]
_GROWERS: tuple[Grow, ...] = (year_of, quarter_of, month_of, half_of, week_of, day_of)

# How long a paper takes after its period ends where the charter names no day: a proposal of the product.
CADENCES: dict[str, tuple[Grow, int]] = {
    "daily": (day_of, 1),
    "weekly": (week_of, 1),
    "twice_a_month": (half_of, 3),
    "monthly": (month_of, 5),
    "quarterly": (quarter_of, 10),
    "yearly": (year_of, 20),
}


def slots(cadence: str, days: list[int], today: date, how_many: int = 3) -> list[Slot]:
    """Periods that have ended, the newest first, and when their papers are due; none without a cadence.

    `days` of the month come from the charter; with none the day is the product's proposal.
    """
    if cadence not in CADENCES:
        return []
    grow, wait = CADENCES[cadence]
    found: list[Slot] = []
    period = before(grow(today))
    while len(found) < how_many:
        found.append(Slot(period, _due(period.until, days, wait)))
        period = before(period)
    return found


def _due(end: date, days: list[int], wait: int) -> date:
    if not days:
        return end + timedelta(days=wait)
    following = (end + timedelta(days=step) for step in range(1, 63))
    return next((day for day in following if day.day in days), end + timedelta(days=wait))


def _name_of(period: Period) -> str | None:
    """The name of a month or a quarter; empty for a year, None for days that have no name."""
    if period == year_of(period.since):
        return ""
    if period == quarter_of(period.since):
        return f"{ROMAN[_quarter(period.since) - 1]} квартал"
    return NAMES[period.since.month - 1] if period == month_of(period.since) else None


def _quarter(day: date) -> int:
    return (day.month - 1) // 3 + 1


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - ONE_DAY


def _read_year(key: str) -> Period | None:
    return year_of(date(int(key), 1, 1)) if re.fullmatch(r"\d{4}", key) else None


def _read_quarter(key: str) -> Period | None:
    found = re.fullmatch(r"(\d{4})-[QКк]([1-4])", key)
    return quarter_of(date(int(found[1]), int(found[2]) * 3, 1)) if found else None


def _read_month(key: str) -> Period | None:
    found = re.fullmatch(r"(\d{4})-(\d\d)", key)
    return month_of(date(int(found[1]), int(found[2]), 1)) if found else None


def _read_week(key: str) -> Period | None:
    found = re.fullmatch(r"(\d{4})-W(\d\d?)", key)
    return week_of(date.fromisocalendar(int(found[1]), int(found[2]), 1)) if found else None


def _read_days(key: str) -> Period | None:
    parts = key.split("..")
    if len(parts) > 2 or not all(re.fullmatch(r"\d{4}-\d\d-\d\d", one) for one in parts):
        return None
    return Period(date.fromisoformat(parts[0]), date.fromisoformat(parts[-1]))


_READERS = (_read_year, _read_quarter, _read_month, _read_week, _read_days)
