"""What a day usually brings: weekdays differ, seasons differ. Bands, spikes and the season's part of a change. Pure.

A history is counts by day; a day of it that is missing brought nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import fmean, pstdev

from otklik.common.period import Period

WEEK = timedelta(days=7)
YEAR = timedelta(days=364)
"""Fifty-two weeks: the same weekday a year before."""

WEEKS_BACK = 8
LEAST_WEEKS = 4
SURE = 1.96
ENOUGH = 20
"""Fewer cases than this in a period a year before say nothing of the season."""

LEAST_SPIKE = 3


@dataclass(frozen=True)
class Band:
    """What was to be expected of a day, and between what a usual day stays 19 times of 20."""

    expected: float
    low: float
    high: float


@dataclass(frozen=True)
class Spike:
    """A day that brought more than a usual one."""

    day: date
    count: int
    band: Band


def band_of(day: date, history: Mapping[date, int]) -> Band | None:
    """The band from the eight same weekdays before; None while fewer than four of them are known."""
    if not history:
        return None
    first = min(history)
    days = [day - WEEK * back for back in range(1, WEEKS_BACK + 1)]
    counts = [history.get(one, 0) for one in days if one >= first]
    if len(counts) < LEAST_WEEKS:
        return None
    expected = fmean(counts)
    # Counts scatter at least as independent events do; the mean itself is known from a few days only.
    spread = max(pstdev(counts), sqrt(expected)) * sqrt(1 + 1 / len(counts))
    return Band(expected, max(0.0, expected - SURE * spread), expected + SURE * spread)


def spikes(history: Mapping[date, int], period: Period) -> Iterator[Spike]:
    """Days of the period above their band, at least three cases each."""
    for day in period.days():
        count, band = history.get(day, 0), band_of(day, history)
        if band and count > band.high and count >= LEAST_SPIKE:
            yield Spike(day, count, band)


def days_of_season(before: Period) -> Period:
    """The days whose history `season_of` asks for: a year before and the weeks that show it was counted then."""
    return Period(before.since - YEAR - WEEKS_BACK * WEEK, before.since)


def season_of(history: Mapping[date, int], before: Period, after: Period) -> float:
    """How many times more the second period brings by itself: as a year ago, else by its weekdays alone.

    A year ago speaks only where both periods had ended there before the compared ones began: of longer or farther
    ones it would be the very growth that is being explained.
    """
    was, became = _added(history, before, YEAR), _added(history, after, YEAR)
    is_apart = max(before.until, after.until) - YEAR <= min(before.since, after.since)
    known = is_apart and bool(history) and min(history) <= before.since - YEAR
    if known and was >= ENOUGH and became >= ENOUGH:
        return became / was
    usual = _weekday_means(history, before.since)
    was_usual = sum(usual[day.weekday()] for day in before.days())
    return sum(usual[day.weekday()] for day in after.days()) / was_usual if was_usual else 1.0


def _added(history: Mapping[date, int], period: Period, back: timedelta) -> int:
    return sum(history.get(day - back, 0) for day in period.days())


def _weekday_means(history: Mapping[date, int], until: date) -> list[float]:
    """What a Monday … Sunday brought on average in the weeks before; the same for all when too little is known."""
    days = [until - timedelta(days=back) for back in range(1, 7 * WEEKS_BACK + 1)]
    first = min(history, default=until)
    known = [day for day in days if day >= first]
    if len(known) < 7 * LEAST_WEEKS:
        return [1.0] * 7
    means = [fmean(history.get(day, 0) for day in known if day.weekday() == weekday) for weekday in range(7)]
    return means if sum(means) else [1.0] * 7
