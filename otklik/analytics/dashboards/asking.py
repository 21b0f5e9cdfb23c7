"""Asks the facts for all tiles at once: each period and cut is one question, whichever tiles need it."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from otklik.analytics.dashboards.tiles import TIME, grain_of
from otklik.analytics.dashboards.whose import Whose
from otklik.analytics.figures import Histogram, Sums
from otklik.analytics.measures import Measure, Value
from otklik.analytics.selectors import hours, sums
from otklik.common.period import Period
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

    def need(self, one: Measure, period: Period, by: str = "") -> None:
        """Say that the measure will be asked for."""
        self._columns[period, by].update(_columns_of(one))

    def values(self, one: Measure, period: Period, by: str = "") -> dict[Any, Value]:
        """Values by key of the cut; the whole under the key None. Time is cut by `tiles.grain_of`."""
        waited = {one.waited: self._waited(period, one.waited, by)} if one.waited else {}
        counted = {} if one.waited else self._counted(period, by, _columns_of(one))
        residents = self._residents_by(by) if one.unit == "на 1000" else {}
        keys = {*counted, *(key for histograms in waited.values() for key in histograms)}
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

    def _counted(self, period: Period, by: str, wanted: set[str]) -> Mapping[Any, Sums]:
        question = (period, by)
        if question not in self._sums or not wanted <= self._columns[question]:
            self._columns[question] |= wanted
            cut, where = _cut(period, by), self.whose.where
            self._sums[question] = sums(self.whose.ids, period, cut, where, self._columns[question])
        return self._sums[question]

    def _waited(self, period: Period, what: str, by: str) -> Mapping[Any, Histogram]:
        question = (period, what, by)
        if question not in self._hours:
            where = self.whose.hours_where
            self._hours[question] = hours(self.whose.ids, period, what, _cut(period, by), where)
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


def _columns_of(one: Measure) -> set[str]:
    if one.waited:
        return set()
    extra = {"scored", "score_sum", "score_squares"} if one.key == "satisfaction" else set()
    return {*one.above, *one.below, *extra}


def _cut(period: Period, by: str) -> tuple[str, ...]:
    if by == TIME:
        return (grain_of(period),)
    return (by,) if by else ()


def _plain(key: tuple[Any, ...]) -> Any:
    return key[0] if key else None
