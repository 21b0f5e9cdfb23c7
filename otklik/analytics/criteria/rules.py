"""Whether a criterion fires: what a window of days says against its limit. Pure: no database, no clock."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, cast

from otklik.analytics.figures import Histogram, Sums
from otklik.analytics.growth.season import WEEKS_BACK, Spike, spikes
from otklik.analytics.measures import Measure, Value
from otklik.common.period import Period

Comparison = Literal["growth", "fall", "more", "above", "below", "spike", "mass"]

COMPARISONS: dict[str, str] = {
    "growth": "вырос на столько процентов к прошлому окну",
    "fall": "упал на столько процентов к прошлому окну",
    "more": "стал больше на столько (для долей — процентных пунктов)",
    "above": "не ниже порога",
    "below": "не выше порога",
    "spike": "день выше обычного для этого дня недели",
    "mass": "похожих карточек об одном месте не меньше порога",
}
AGAINST_PAST = ("growth", "fall", "more")
MOST_WINDOW = 92


@dataclass(frozen=True)
class Terms:
    """The numbers of a criterion. `least` is the fewest cases a window must stand on to be believed."""

    comparison: Comparison
    limit: float
    window_days: int
    least: int


def terms(comparison: str, limit: float, window_days: int, least: int) -> Terms:
    """Terms of a stored criterion. Raises ValueError for a comparison that is not there."""
    if comparison not in COMPARISONS:
        raise ValueError(f"no comparison {comparison}")
    return Terms(cast(Comparison, comparison), limit, window_days, least)


@dataclass(frozen=True)
class Fired:
    """A window that reached the limit, the one before it, and by how much it changed."""

    now: Value
    past: Value
    window: Period
    past_window: Period
    change: float | None = None
    spike: Spike | None = None


@dataclass(frozen=True)
class Track:
    """What happened to one key day by day: counts and, for measures of waiting, histograms."""

    sums: Mapping[date, Sums]
    hours: Mapping[date, Histogram]

    def value(self, measure: Measure, window: Period) -> Value:
        """The measure over a window of days."""
        added: dict[str, int] = {}
        for day in window.days():
            for name, count in self.sums.get(day, Sums()).items():
                added[name] = added.get(name, 0) + count
        waited = Histogram()
        for day in window.days():
            waited = waited + self.hours[day] if day in self.hours else waited
        return measure.of(Sums(added), {measure.waited: waited})

    def counts(self, column: str) -> dict[date, int]:
        """One count by day."""
        return {day: one[column] for day, one in self.sums.items() if one[column]}


def windows(until: date, days: int) -> tuple[Period, Period]:
    """The window that ends on the day and the one just before it."""
    since = until - timedelta(days=days - 1)
    return Period(since, until), Period(since - timedelta(days=days), since - timedelta(days=1))


def days_needed(rule: Terms) -> int:
    """How many days of the past a window needs behind its first day."""
    if rule.comparison == "spike":
        return 7 * WEEKS_BACK
    return rule.window_days if rule.comparison in AGAINST_PAST else 0


def look(rule: Terms, measure: Measure, track: Track, until: date) -> Fired | None:
    """What the window ending on the day says; None while the limit is not reached."""
    window, before = windows(until, rule.window_days)
    if rule.comparison == "spike":
        return _spike(rule, track, until)
    now, past = track.value(measure, window), track.value(measure, before)
    if now.number is None or measure.stands_on(now) < rule.least:
        return None
    change = change_of(rule, measure, now, past)
    reached = {
        "growth": change is not None and change >= rule.limit,
        "fall": change is not None and change <= -rule.limit,
        "more": change is not None and change >= rule.limit,
        "above": now.number >= rule.limit,
        "below": now.number <= rule.limit,
    }
    return Fired(now, past, window, before, change) if reached.get(rule.comparison) else None


def change_of(rule: Terms, measure: Measure, now: Value, past: Value) -> float | None:
    """The change the comparison asks of; None where it cannot be told.

    A share, a mean or a wait must stand on enough cases before, too; a count that was nought grew without measure.
    """
    if rule.comparison not in AGAINST_PAST or now.number is None or past.number is None:
        return None
    if measure.unit != "шт" and measure.stands_on(past) < rule.least:
        return None
    if rule.comparison == "more":
        return now.number - past.number
    if not past.number:
        return float("inf") if now.number else None
    return 100 * (now.number / past.number - 1)


def _spike(rule: Terms, track: Track, day: date) -> Fired | None:
    found = next(spikes(track.counts("received"), Period(day, day)), None)
    if found is None or found.count < rule.least:
        return None
    value = Value(found.count, found.count, 1)
    usual = Value(found.band.expected, found.band.expected, 1)
    return Fired(value, usual, Period(day, day), Period(day, day), None, found)


def replay(
    rule: Terms, measure: Measure, tracks: Mapping[str, Track], days: Sequence[date]
) -> Iterator[tuple[str, Fired]]:
    """What the criterion would have found over past days in their order, a finding not repeated in its window."""
    told: dict[str, date] = {}
    for day in days:
        for key, track in tracks.items():
            if is_told(told.get(key), day, rule.window_days):
                continue
            if fired := look(rule, measure, track, day):
                told[key] = day
                yield key, fired


def is_told(last: date | None, day: date, window_days: int) -> bool:
    """Whether the same finding was told so lately that its window is not over."""
    return last is not None and (day - last).days < window_days
