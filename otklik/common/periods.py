"""Periods as people name them: read from an address or a command, written back, said in Russian, stepped back.

`2026`, `2026-Q3`, `2026-10`, `2026-W42` and `2026-10-01..2026-10-15` are the only spellings; one period has one
canonical spelling, so an address can be compared and kept.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from otklik.common.period import Period
from otklik.common.words import MONTHS, NBSP, full_day

MONTH_NAMES = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
QUARTERS = ("I", "II", "III", "IV")
HALF = 15
"""The last day of a month's first fortnight: notes and forms come twice a month."""


def year_of(year: int) -> Period:
    """The whole calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def quarter_of(year: int, quarter: int) -> Period:
    """A quarter, 1 to 4."""
    first = month_of(year, quarter * 3 - 2)
    return Period(first.since, month_of(year, quarter * 3).until)


def month_of(year: int, month: int) -> Period:
    """The whole calendar month."""
    since = date(year, month, 1)
    return Period(since, (since + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def fortnight_of(day: date) -> Period:
    """The half of the month that holds the day: to the 15th or from the 16th."""
    month = month_of(day.year, day.month)
    middle = month.since.replace(day=HALF)
    return Period(month.since, middle) if day <= middle else Period(middle + timedelta(days=1), month.until)


def week_of(day: date) -> Period:
    """Monday to Sunday."""
    since = day - timedelta(days=day.weekday())
    return Period(since, since + timedelta(days=6))


def last_days(today: date, days: int) -> Period:
    """So many days that end today."""
    return Period(today - timedelta(days=days - 1), today)


def _from_week(year: str, week: str) -> Period:
    return week_of(date.fromisocalendar(int(year), int(week), 1))


_SPELLINGS: tuple[tuple[re.Pattern[str], Callable[..., Period]], ...] = (
    (re.compile(r"(\d{4})"), lambda year: year_of(int(year))),
    (re.compile(r"(\d{4})-Q([1-4])"), lambda year, quarter: quarter_of(int(year), int(quarter))),
    (re.compile(r"(\d{4})-(\d\d)"), lambda year, month: month_of(int(year), int(month))),
    (re.compile(r"(\d{4})-W(\d\d)"), _from_week),
    (
        re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)"),
        lambda since, until: Period(date.fromisoformat(since), date.fromisoformat(until)),
    ),
)


def read_period(text: str) -> Period:
    """The period of a spelling; raises ValueError for any other words or a day that does not exist."""
    for spelling, made in _SPELLINGS:
        if found := spelling.fullmatch(text.strip()):
            return made(*found.groups())
    raise ValueError(f"not a period: {text}")


def write_period(period: Period) -> str:
    """The canonical spelling, which `read_period` gives back as the same period."""
    year, month = period.since.year, period.since.month
    if period == year_of(year):
        return str(year)
    if _is_quarter(period):
        return f"{year}-Q{(month + 2) // 3}"
    if period == month_of(year, month):
        return f"{year}-{month:02d}"
    if period == week_of(period.since):
        iso = period.since.isocalendar()
        return f"{iso.year}-W{iso.week:02d}"
    return f"{period.since.isoformat()}..{period.until.isoformat()}"


def say_period(period: Period) -> str:
    """«октябрь 2026», «III квартал 2026», «1–15 октября 2026», «20 сентября – 19 октября 2026»."""
    since, until = period.since, period.until
    if period == year_of(since.year):
        return f"{since.year}{NBSP}год"
    if _is_quarter(period):
        return f"{QUARTERS[(since.month - 1) // 3]} квартал {since.year}"
    if period == month_of(since.year, since.month):
        return f"{MONTH_NAMES[since.month - 1]} {since.year}"
    if since == until:
        return full_day(since)
    if (since.year, since.month) == (until.year, until.month):
        return f"{since.day}–{full_day(until)}"
    if since.year == until.year:
        return f"{since.day}{NBSP}{MONTHS[since.month - 1]}{NBSP}– {full_day(until)}"
    return f"{full_day(since)}{NBSP}– {full_day(until)}"


def before(period: Period) -> Period:
    """The one before of the same kind: quarter by quarter, month by month, else as many days just before."""
    last = period.since - timedelta(days=1)
    if period == year_of(period.since.year):
        return year_of(last.year)
    if _is_quarter(period):
        return quarter_of(last.year, (last.month + 2) // 3)
    if period == month_of(period.since.year, period.since.month):
        return month_of(last.year, last.month)
    if period == fortnight_of(period.since):
        return fortnight_of(last)
    return last_days(last, length_of(period))


def year_before(period: Period) -> Period:
    """The same dates a year earlier; 29 February becomes the 28th, a whole month stays whole."""
    if period == month_of(period.since.year, period.since.month):
        return month_of(period.since.year - 1, period.since.month)
    return Period(_year_earlier(period.since), _year_earlier(period.until))


def length_of(period: Period) -> int:
    """How many days, both ends counted."""
    return (period.until - period.since).days + 1


def _is_quarter(period: Period) -> bool:
    return period == quarter_of(period.since.year, (period.since.month + 2) // 3)


def _year_earlier(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)
