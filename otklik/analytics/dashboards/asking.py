"""Asks the facts for all tiles at once: each period and cut is one question, whichever tiles need it."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from otklik.analytics.dashboards.rows import names_for
from otklik.analytics.dashboards.tiles import TIME, grain_of
from otklik.analytics.dashboards.whose import Whose
from otklik.analytics.figures import Histogram, Sums
from otklik.analytics.growth.season import days_of_season, season_of
from otklik.analytics.growth.selectors import history_of
from otklik.analytics.growth.split import Growth, split
from otklik.analytics.measures import Measure, Value
from otklik.analytics.selectors import hours, sums
from otklik.common.period import Period
from otklik.common.periods import before
from otklik.places.models import Settlement

Question = tuple[Period, str]


class Asking:
    """First `need` everything, then take `values`; the questions are asked on the first taking."""

    def __init__(self, whose: Whose) -> None:
        self.whose = whose
        self._columns: dict[Question, set[str]] = defaultdict(set)
        self._sums: dict[Question, Mapping[Any, Sums]] = {}
        self._hours: dict[tuple[Period, str, str], Mapping[Any, Histogram]] = {}
        self._residents: dict[str, dict[Any, int]] = {}
        self._daily: dict[tuple[str, Period], Mapping[date, int]] = {}
        self._names: dict[tuple[str, Period], Callable[[Any], str]] = {}
        self._hours_where: Mapping[str, Any] | None = None

    def need(self, one: Measure, period: Period, by: str = "") -> None:
        """Say that the measure will be asked for."""
        self._columns[period, by].update(one.columns)

    def values(self, one: Measure, period: Period, by: str = "") -> dict[Any, Value]:
        """Values by key of the cut; the whole under the key None. Time is cut by `tiles.grain_of`."""
        waited = {one.waited: self._waited(period, one.waited, by)} if one.waited else {}
        counted = {} if one.waited else self._counted(period, by, one.columns)
        residents = self._residents_by(by) if one.unit == "на 1000" else {}
        # In one order in every process: rows of equal numbers must not make another drawing.
        keys = sorted({*counted, *(key for histograms in waited.values() for key in histograms)}, key=repr)
        return {
            _plain(key): one.of(
                counted.get(key, Sums()),
                {what: histograms.get(key, Histogram()) for what, histograms in waited.items()},
                residents.get(_plain(key)),
            )
            for key in keys
        }

    def value(self, one: Measure, period: Period) -> Value:
        """The whole over the period."""
        return self.values(one, period)[None]

    def daily(self, one: Measure, days: Period) -> Mapping[date, int]:
        """Counts by day of a plain count, from a year before the period it is compared with to the end of the days."""
        (column,) = one.above
        if (column, days) not in self._daily:
            whole = Period(days_of_season(before(days)).since, days.until)
            self._daily[column, days] = history_of(self.whose.ids, whole, self.whose.where, column)
        return self._daily[column, days]

    def growth(self, one: Measure, days: Period, by: str) -> Growth[Any]:
        """The change of a plain count against the days before, as `growth.selectors.compare` splits it."""
        past = before(days)
        counts = [
            {
                key: int(value.numerator)
                for key, value in self.values(one, part, by).items()
                if value.numerator
            }
            for part in (past, days)
        ]
        known = {day: count for day, count in self.daily(one, days).items() if day <= past.since}
        return split(counts[0], counts[1], season_of(known, past, days))

    def names(self, by: str, days: Period) -> Callable[[Any], str]:
        """How keys of a cut are called."""
        if (by, days) not in self._names:
            self._names[by, days] = names_for(by, days, self.whose)
        return self._names[by, days]

    def _counted(self, period: Period, by: str, wanted: frozenset[str]) -> Mapping[Any, Sums]:
        question = (period, by)
        if question not in self._sums or not wanted <= self._columns[question]:
            self._columns[question] |= wanted
            cut, where = _cut(period, by), self.whose.where
            self._sums[question] = sums(self.whose.ids, period, cut, where, self._columns[question])
        return self._sums[question]

    def _waited(self, period: Period, what: str, by: str) -> Mapping[Any, Histogram]:
        question = (period, what, by)
        if question not in self._hours:
            if self._hours_where is None:
                self._hours_where = self.whose.hours_where
            self._hours[question] = hours(self.whose.ids, period, what, _cut(period, by), self._hours_where)
        return self._hours[question]

    def _residents_by(self, by: str) -> dict[Any, int]:
        if by not in self._residents:
            self._residents[by] = self._count_residents(by)
        return self._residents[by]

    def _count_residents(self, by: str) -> dict[Any, int]:
        """By settlement, by municipality or together; a town that has not told its own number is its settlements."""
        places = Settlement.objects.filter(municipality__in=self.whose.ids)
        if by == "settlement":
            return {key: number or 0 for key, number in places.values_list("pk", "population")}
        added: dict[int, int] = defaultdict(int)
        if any(town.population is None for town in self.whose.towns):
            for town_id, number in places.values_list("municipality_id", "population"):
                added[town_id] += number or 0
        towns = {town.pk: town.population or added[town.pk] for town in self.whose.towns}
        return dict(towns) if by == "municipality" else {None: sum(towns.values())}


def _cut(period: Period, by: str) -> tuple[str, ...]:
    if by == TIME:
        return (grain_of(period),)
    return (by,) if by else ()


def _plain(key: tuple[Any, ...]) -> Any:
    return key[0] if key else None
