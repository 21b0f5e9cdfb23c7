"""Months and quarters a rating speaks of: the one of a day, the one before, its name. Pure."""

from datetime import date, timedelta

from otklik.common.period import Period

MONTH, QUARTER = "month", "quarter"
MONTHS_IN = {MONTH: 1, QUARTER: 3}
ONE_DAY = timedelta(days=1)
NAMES = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
ROMAN = ("I", "II", "III", "IV")


def span_of(day: date, step: str) -> Period:
    """The whole month or quarter the day lies in."""
    months = MONTHS_IN[step]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(first, _after(first, months) - ONE_DAY)


def span_before(period: Period) -> Period:
    """The month or quarter that ends the day before this one starts."""
    return span_of(period.since - ONE_DAY, step_of(period))


def year_before(period: Period) -> Period:
    """Twelve whole months that end the day before the period starts."""
    return Period(period.since.replace(year=period.since.year - 1), period.since - ONE_DAY)


def step_of(period: Period) -> str:
    """Which of the two the period is: whatever is longer than a month counts as a quarter."""
    return MONTH if (period.until - period.since).days < 31 else QUARTER


def title_of(period: Period) -> str:
    """«сентябрь 2026», «III квартал 2026»."""
    year = period.since.year
    if step_of(period) == MONTH:
        return f"{NAMES[period.since.month - 1]} {year}"
    return f"{ROMAN[(period.since.month - 1) // 3]} квартал {year}"


def key_of(period: Period) -> str:
    """The period as it stands in an address: its first day, «2026-09-01»."""
    return period.since.isoformat()


def _after(first: date, months: int) -> date:
    month = first.month - 1 + months
    return date(first.year + month // 12, month % 12 + 1, 1)
