"""What a measure is: counts above and below the line, a formula in words, a unit, whose rule it is.

A measure is data, so the screen, the page of the catalogue and the lake count it from the same record. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from otklik.analytics.figures import Histogram
from otklik.common.intervals import mean_interval, wilson

Unit = Literal["шт", "%", "ч", "балл", "на 1000"]
Direction = Literal["up", "down", ""]
"""Whether more is better, less is better, or neither: a flow by itself is not a merit."""

SCALES: dict[Unit, int] = {"шт": 1, "%": 100, "ч": 1, "балл": 1, "на 1000": 1000}


@dataclass(frozen=True)
class Value:
    """A measure's number with what it was counted from; `number` is None where there was nothing to divide by.

    `low` and `high` bound it with 95 % sureness where a sample stands behind it, else they are None.
    """

    number: float | None
    numerator: float
    denominator: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Measure:
    """One measure. `above` and `below` are counts with their signs; nothing below means a plain count.

    `waited` asks for an hour histogram instead («first» or «final»), `figure` says which number of it.
    """

    key: str
    title: str
    formula: str
    unit: Unit
    source: str
    above: Mapping[str, int] = field(default_factory=dict)
    below: Mapping[str, int] = field(default_factory=dict)
    direction: Direction = ""
    waited: str = ""
    figure: Literal["median", "p90", "day", ""] = ""

    @property
    def columns(self) -> frozenset[str]:
        """Columns of the facts it is counted from; none for hours of waiting."""
        return frozenset(
            {*self.above, *self.below, *(("score_squares",) if self.key == "satisfaction" else ())}
        )

    def stands_on(self, value: Value) -> float:
        """How many cases a value of it stands on: the count itself, else what stands below the line."""
        return value.number or 0 if self.unit == "шт" else value.denominator

    def of(
        self,
        sums: Mapping[str, int],
        hours: Mapping[str, Histogram] | None = None,
        population: int | None = None,
    ) -> Value:
        """The value over these sums; `hours` holds histograms by name, `population` counts residents."""
        if self.waited:
            return self._of_hours((hours or {}).get(self.waited, Histogram()))
        above = _added(self.above, sums)
        if self.unit == "на 1000":
            return self._divided(above, population or 0)
        if not self.below:
            return Value(above, above, 1)
        value = self._divided(above, _added(self.below, sums))
        if self.key == "satisfaction":
            low, high = mean_interval(sums["scored"], sums["score_sum"], sums["score_squares"])
            return Value(value.number, value.numerator, value.denominator, low, high)
        return value

    def _divided(self, above: int, below: int) -> Value:
        if not below:
            return Value(None, above, 0)
        low, high = wilson(above, below) if self.unit == "%" else (None, None)
        return Value(SCALES[self.unit] * above / below, above, below, low, high)

    def _of_hours(self, histogram: Histogram) -> Value:
        if self.figure == "day":
            return self._divided(histogram.within(DAY_HOURS - 1), histogram.count)
        number = histogram.median if self.figure == "median" else histogram.p90
        return Value(number, number or 0, histogram.count)


DAY_HOURS = 24
"""A case answered before so many whole hours had passed was answered within a day."""


def _added(parts: Mapping[str, int], sums: Mapping[str, int]) -> int:
    return sum(sign * sums[name] for name, sign in parts.items())


def counts(*names: str, less: tuple[str, ...] = ()) -> dict[str, int]:
    """These counts added, those of `less` taken away."""
    return {**dict.fromkeys(names, 1), **dict.fromkeys(less, -1)}
