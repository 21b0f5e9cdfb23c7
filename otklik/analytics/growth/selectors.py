"""Growth, spikes and forecasts over the facts of municipalities; the arithmetic is in the modules beside."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from otklik.analytics.growth.forecast import Forecast, forecast
from otklik.analytics.growth.season import WEEKS_BACK, Spike, days_of_season, season_of, spikes
from otklik.analytics.growth.split import Growth, split
from otklik.analytics.selectors import sums
from otklik.common.period import Period

Where = Mapping[str, object] | None
WEEKS = 2 * 52 + WEEKS_BACK
"""Weeks a forecast looks back: two years and what the level needs."""


def compare(
    municipality_ids: Collection[int],
    before: Period,
    after: Period,
    by: str,
    where: Where = None,
    column: str = "received",
) -> Growth[Any]:
    """How a count changed from one period to the other, split by one cut; the season is the flow's own."""
    counts = [_by_key(municipality_ids, period, by, where, column) for period in (before, after)]
    history = history_of(municipality_ids, days_of_season(before), where, column)
    return split(counts[0], counts[1], season_of(history, before, after))


def spikes_of(
    municipality_ids: Collection[int], period: Period, where: Where = None, column: str = "received"
) -> list[Spike]:
    """Days of the period that brought more than their weekday usually does."""
    past = Period(period.since - timedelta(weeks=WEEKS_BACK), period.until)
    return list(spikes(history_of(municipality_ids, past, where, column), period))


def foretell(
    municipality_ids: Collection[int], today: date, where: Where = None, column: str = "received"
) -> Forecast | None:
    """The next four weeks of a count («received», «due_overdue») from its full weeks before today's."""
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=WEEKS)
    found = sums(municipality_ids, Period(first, monday - timedelta(days=1)), ("week",), where, (column,))
    counts = {key[0]: one[column] for key, one in found.items() if one[column]}
    if not counts:
        return None
    weeks = (monday - min(counts)).days // 7
    return forecast([counts.get(monday - timedelta(weeks=back), 0) for back in range(weeks, 0, -1)])


def history_of(
    municipality_ids: Collection[int], period: Period, where: Where = None, column: str = "received"
) -> dict[date, int]:
    """Counts by day; days that brought nothing are missing."""
    found = sums(municipality_ids, period, ("day",), where, (column,))
    return {key[0]: one[column] for key, one in found.items() if one[column]}


def _by_key(
    municipality_ids: Collection[int], period: Period, by: str, where: Where, column: str
) -> dict[Any, int]:
    found = sums(municipality_ids, period, (by,), where, (column,))
    return {key[0]: one[column] for key, one in found.items() if one[column]}
