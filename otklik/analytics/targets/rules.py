"""A target over a measure: the way to it so far, where it will end, how it stands. Pure: no database, no clock.

The end is foretold from what has been and from the last four weeks carried over the days that are left.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import Literal

from otklik.analytics.figures import Histogram, Sums, total
from otklik.analytics.measures import Measure, Value
from otklik.common.intervals import SURE, mean_interval, wilson
from otklik.common.period import Period
from otklik.common.periods import length_of, month_of, week_of

State = Literal["met", "missed", "goes", "risk", "fails", "waits", "nothing"]
STATES: dict[State, str] = {
    "met": "выполнен",
    "missed": "не выполнен",
    "goes": "идёт к плану",
    "risk": "под угрозой",
    "fails": "не дойдёт до плана",
    "waits": "период не начался",
    "nothing": "считать не по чему",
}
RECENT_DAYS = 28
BY_WEEKS_UP_TO = 62
"""A period no longer than two months is shown by weeks, a longer one by months."""


@dataclass(frozen=True)
class Step:
    """A stretch of the way: its days, the measure over it alone and from the start of the period."""

    period: Period
    alone: Value
    so_far: Value


@dataclass(frozen=True)
class End:
    """Where the measure will stand at the end of the period, with bounds where they can be told."""

    number: float
    low: float | None
    high: float | None


def steps_of(period: Period, until: date) -> list[Period]:
    """Weeks or months of the period up to the day; the first and the last may be cut."""
    found: list[Period] = []
    day, last = period.since, min(period.until, until)
    short = length_of(period) <= BY_WEEKS_UP_TO
    while day <= last:
        whole = week_of(day) if short else month_of(day.year, day.month)
        end = min(whole.until, last)
        found.append(Period(day, end))
        day = end + timedelta(days=1)
    return found


def way_of(
    measure: Measure, parts: Sequence[tuple[Period, Sums, Histogram]], population: int | None
) -> list[Step]:
    """The way by its stretches in order."""
    found, sums, waited = [], Sums(), Histogram()
    for period, own, hours in parts:
        sums, waited = sums + own, waited + hours
        alone = measure.of(own, {measure.waited: hours}, population)
        found.append(Step(period, alone, measure.of(sums, {measure.waited: waited}, population)))
    return found


def foretell_end(
    measure: Measure, so_far: tuple[Sums, Histogram], recent: tuple[Sums, Histogram], left: int
) -> End | None:
    """The end of the period from its days so far and the recent four weeks carried over those `left`.

    None where there is nothing to tell it from.
    """
    if left <= 0:
        value = measure.of(so_far[0], {measure.waited: so_far[1]})
        return End(value.number, value.number, value.number) if value.number is not None else None
    # Whole numbers throughout: both parts are taken so many times that the four weeks fit the days left exactly.
    sums = total([_times(so_far[0], RECENT_DAYS), _times(recent[0], left)])
    waited = _often(so_far[1], RECENT_DAYS) + _often(recent[1], left)
    value = measure.of(sums, {measure.waited: waited})
    if value.number is None:
        return None
    if measure.unit == "шт":
        rest = (measure.of(recent[0]).number or 0) * left / RECENT_DAYS
        now = measure.of(so_far[0]).number or 0
        spread = SURE * sqrt(max(rest, 1))
        return End(now + rest, max(now, now + rest - spread), now + rest + spread)
    low, high = _bounds(measure, so_far[0], recent[0], left)
    return End(value.number, low, high)


def state_of(
    period: Period, today: date, is_floor: bool, plan: float, fact: float | None, end: End | None
) -> State:
    """How a target stands on the day."""
    if today < period.since:
        return "waits"
    if fact is None:
        return "nothing"
    if today > period.until:
        return "met" if meets(fact, plan, is_floor) else "missed"
    if end is None:
        return "nothing"
    if not meets(end.number, plan, is_floor):
        return "fails"
    worse = end.low if is_floor else end.high
    return "goes" if worse is None or meets(worse, plan, is_floor) else "risk"


def meets(number: float, plan: float, is_floor: bool) -> bool:
    """Whether the number is not below the plan, or not above it."""
    return number >= plan if is_floor else number <= plan


def _bounds(measure: Measure, so_far: Sums, recent: Sums, left: int) -> tuple[float | None, float | None]:
    """Bounds of a share or of a mean at the end: what has been is sure, what is to come scatters."""
    if measure.unit == "балл":
        added = total([_times(so_far, RECENT_DAYS), _times(recent, left)])
        count = added["scored"] // RECENT_DAYS
        return mean_interval(count, added["score_sum"] // RECENT_DAYS, added["score_squares"] // RECENT_DAYS)
    if measure.unit != "%" or measure.waited:
        return None, None
    done, lately = measure.of(so_far), measure.of(recent)
    to_come = lately.denominator * left / RECENT_DAYS
    low, high = wilson(round(lately.numerator), round(lately.denominator))
    if low is None or high is None or not done.denominator + to_come:
        return None, None
    whole = done.denominator + to_come
    return (
        100 * (done.numerator + to_come * low / 100) / whole,
        100 * (done.numerator + to_come * high / 100) / whole,
    )


def _times(sums: Mapping[str, int], many: int) -> Sums:
    return Sums({name: count * many for name, count in sums.items()})


def _often(histogram: Histogram, many: int) -> Histogram:
    return Histogram({hours: count * many for hours, count in histogram.counts.items() if count * many})
