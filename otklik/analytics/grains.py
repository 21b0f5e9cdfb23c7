"""Which table answers which question: the daily facts, or a roll of them that keeps fewer cuts. Pure.

A roll is worth its rows where a year of daily facts would be a million of them. The grains stand from the cheapest
to the full one; a question takes the first that keeps everything it asks. Rolls by months answer for the whole
months of a period, the days at its edges come from a grain of days.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from otklik.analytics.columns import DIMENSIONS
from otklik.common.period import Period

DAILY = "dayfact"
"""The grain of the daily facts themselves."""


@dataclass(frozen=True)
class Grain:
    """A roll: its key in `RollFact.grain`, the cuts it keeps, whether its day is the first of a month."""

    key: str
    keeps: frozenset[str]
    is_monthly: bool

    @property
    def times(self) -> frozenset[str]:
        """Cuts by time it can give."""
        return frozenset({"month"} if self.is_monthly else {"day", "week", "month"})

    def answers(self, asked: Collection[str]) -> bool:
        """Whether it keeps every cut asked, the municipality among them."""
        return set(asked) <= self.keeps | self.times | {"municipality"}


FLOW_CUTS = ("channel", "kind", "block")
CASE_CUTS = ("channel", "kind", "topic", "block", "body")
ROLLS = (
    Grain("flow", frozenset(FLOW_CUTS), True),
    Grain("month", frozenset(CASE_CUTS), True),
    Grain("cell", frozenset({"settlement", "h3"}), True),
    Grain("theme", frozenset({"settlement", "topic", "block"}), True),
    Grain("place", frozenset({*CASE_CUTS, "settlement"}), True),
    Grain("ward", frozenset({"settlement", "h3", "block"}), True),
    Grain("whole", frozenset(), False),
    Grain("day", frozenset(FLOW_CUTS), False),
    Grain("caseday", frozenset(CASE_CUTS), False),
)
FULL = Grain(DAILY, frozenset(DIMENSIONS), False)


def made_of(grain: Grain) -> Grain:
    """What the roll is added up from: another roll that keeps its cuts and its time, or the daily facts."""
    others = (one for one in ROLLS if one.keeps > grain.keeps and one.times >= grain.times)
    return next(others, FULL)


HOURS_ROLL = Grain("hours", frozenset({"body"}), True)
"""The roll of hour histograms, a table of its own."""

BUILT = sorted(ROLLS, key=lambda one: (-len(one.keeps), one.is_monthly))
"""In this order each roll finds what it is made of: it keeps more cuts."""


@dataclass(frozen=True)
class Part:
    """A stretch of days and the grain it is read from."""

    grain: Grain
    period: Period


def parts_of(period: Period, asked: Collection[str]) -> list[Part]:
    """Stretches that make up the period, each with the cheapest grain that answers."""
    monthly = next((one for one in ROLLS if one.is_monthly and one.answers(asked)), None)
    daily = next((one for one in (*ROLLS, FULL) if not one.is_monthly and one.answers(asked)), FULL)
    return _split(period, monthly, daily)


def parts_of_hours(period: Period, asked: Collection[str]) -> list[Part]:
    """The same for hour histograms: the roll for whole months where it keeps all that is asked, else their days."""
    return _split(period, HOURS_ROLL if HOURS_ROLL.answers(asked) else None, FULL)


def _split(period: Period, monthly: Grain | None, daily: Grain) -> list[Part]:
    whole = whole_months(period) if monthly else None
    if monthly is None or whole is None:
        return [Part(daily, period)]
    return [Part(monthly, whole), *(Part(daily, edge) for edge in edges(period, whole))]


def whole_months(period: Period) -> Period | None:
    """The whole months inside the period; None when there is not one."""
    after = period.until + timedelta(days=1)
    first = period.since if period.since.day == 1 else next_month(period.since)
    last = after.replace(day=1) - timedelta(days=1)
    return Period(first, last) if first < last else None


def next_month(day: date) -> date:
    """The first day of the month after the day's own."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def edges(period: Period, whole: Period) -> Iterator[Period]:
    """What of the period stands before and after its whole months."""
    if period.since < whole.since:
        yield Period(period.since, whole.since - timedelta(days=1))
    if whole.until < period.until:
        yield Period(whole.until + timedelta(days=1), period.until)
