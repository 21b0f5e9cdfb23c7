"""Months and quarters a rating speaks of: the one of a day, the one before, the year that small counts are pulled to.

Pure; spellings and names of periods are those of `common.periods`.
"""

from datetime import date, timedelta

from otklik.common.period import Period
from otklik.common.periods import before, month_of, quarter_of

MONTH, QUARTER = "month", "quarter"
MONTHS_IN = {MONTH: 1, QUARTER: 3}
LONGEST_MONTH = 31


def span_of(day: date, step: str) -> Period:
    """The whole month or quarter the day lies in."""
    return quarter_of(day.year, (day.month + 2) // 3) if step == QUARTER else month_of(day.year, day.month)


def span_before(period: Period) -> Period:
    """The month or quarter that ends the day before this one starts."""
    return before(period)


def months_in(period: Period) -> int:
    """How many months the least of items is asked for."""
    return MONTHS_IN[QUARTER if (period.until - period.since).days >= LONGEST_MONTH else MONTH]


def months_till(period: Period, months: int) -> Period:
    """So many whole months, at most twelve, that end the day before the period starts."""
    year, month = divmod(period.since.year * 12 + period.since.month - 1 - months, 12)
    return Period(date(year, month + 1, 1), period.since - timedelta(days=1))
