"""Rows of a tile: how their keys are called and ordered, marks of time, what is usual, the way to the cases."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from otklik.analytics.dashboards.tiles import TIME, TOWN, grain_of, marks_of
from otklik.analytics.dashboards.whose import Whose
from otklik.analytics.growth.season import band_of
from otklik.analytics.measures import Measure, Value
from otklik.analytics.names import names_of
from otklik.common import words
from otklik.common.period import Period
from otklik.common.periods import month_of

OF_CUT = {
    "settlement": "Место",
    "topic": "Тема",
    "channel": "Канал",
    "body": "Орган",
    "block": "Блок",
    TOWN: "Муниципалитет",
}
GRAINS = {"day": "День", "week": "Неделя", "month": "Месяц"}


def ordered(
    one: Measure, values: Mapping[Any, Value], days: Period, by: str, is_full: bool = False
) -> list[Any]:
    """Keys as they stand: marks of time in order; names worst first, of equal ones the better known.

    With `is_full` those with most cases stand first, whatever their number is.
    """
    if by == TIME:
        return marks_of(days, grain_of(days))

    worse = 1 if one.direction == "up" else -1

    def rank(key: Any) -> tuple[bool, float, float]:
        value = values[key]
        number_of = value.number
        return number_of is None, worse * (number_of or 0), -value.denominator

    known = [key for key in values if values[key].number or values[key].denominator]
    if is_full:
        return sorted(known, key=lambda key: (-one.stands_on(values[key]), repr(key)))
    return sorted(known, key=rank)


def names_for(by: str, days: Period, whose: Whose) -> Callable[[Any], str]:
    """How keys of the cut are called, over all its municipalities."""
    if by == TIME:
        grain = grain_of(days)
        return lambda key: mark_name(key, grain)
    if by == TOWN:
        titles = {town.pk: town.short_name for town in whose.towns}
        return lambda key: titles.get(key, str(key))
    told_by = [(town, names_of(town, by)) for town in whose.towns]
    is_of_town = len(told_by) > 1 and by in ("settlement", "body")

    def name(key: Any) -> str:
        # A name of one town stands as its bare key in another.
        town, said = next(
            ((town, said) for town, told in told_by if (said := told(key)) != str(key)),
            (whose.towns[0], str(key)),
        )
        return f"{said}, {town.short_name}" if is_of_town and key else said

    return name


def head_of(by: str, days: Period) -> str:
    """The head of the column of names."""
    return GRAINS[grain_of(days)] if by == TIME else OF_CUT[by]


def mark_name(mark: date, grain: str) -> str:
    """«21 окт» for a day and the Monday of a week, «окт 26» for a month."""
    if grain == "month":
        return f"{words.SHORT_MONTHS[mark.month - 1]} {mark.year % 100}"
    return words.short_day(mark)


def days_of_mark(mark: date, grain: str, days: Period) -> Period:
    """The days of a mark that stand inside the period."""
    if grain == "day":
        return Period(mark, mark)
    last = mark + timedelta(days=6) if grain == "week" else month_of(mark.year, mark.month).until
    return Period(max(mark, days.since), min(last, days.until))


def usual_of(days: Period, history: Mapping[date, int]) -> dict[date, tuple[float, float]]:
    """Bounds of a usual day for the days that have enough of their weekdays before them."""
    bands = {day: band_of(day, history) for day in days.days()}
    return {day: (band.low, band.high) for day, band in bands.items() if band}


def behind_of(
    one: Measure,
    days: Period,
    whose: Whose,
    by: str = "",
    key: Any = None,
    part: str = "above",
    channels: Sequence[str] = (),
) -> str:
    """What the screen of cases is asked: the measure, its part, the days, whose, the cut, channels alone."""
    asked: dict[str, Any] = {"measure": one.key, "since": days.since, "until": days.until, "of": whose.key}
    if part != "above":
        asked["part"] = part
    if by == TIME:
        part_days = days_of_mark(key, grain_of(days), days)
        asked |= {"since": part_days.since, "until": part_days.until}
    elif by:
        asked |= {"by": by, "key": key}
    if channels:
        asked["channel"] = channels
    return urlencode(asked, doseq=True)
