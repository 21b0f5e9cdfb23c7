"""One tile over its days: the number, the chart with its finding, the table; rows are the same in each of them."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from otklik.analytics.charts.plot import Kind, Plot, Point
from otklik.analytics.dashboards import words as say
from otklik.analytics.dashboards.asking import Asking
from otklik.analytics.dashboards.figures import Figure, FigureTable, Shown
from otklik.analytics.dashboards.tiles import CUTS, TIME, TOWN, Tile, grain_of, marks_of
from otklik.analytics.dashboards.whose import Whose
from otklik.analytics.growth.season import band_of
from otklik.analytics.growth.selectors import compare, history_of
from otklik.analytics.growth.words import finding
from otklik.analytics.measures import Measure, Value
from otklik.analytics.names import names_of
from otklik.common import words
from otklik.common.period import Period
from otklik.common.periods import before, month_of, say_period

NOTHING = Value(None, 0, 0)
WEEKS_OF_BAND = 8
OF_CUT = {
    "settlement": "Место",
    "topic": "Тема",
    "channel": "Канал",
    "body": "Орган",
    "block": "Блок",
    TOWN: "Муниципалитет",
}
GRAINS = {"day": "День", "week": "Неделя", "month": "Месяц"}


def draw(tile: Tile, period: Period, asking: Asking) -> Shown:
    """The tile with its figures."""
    days = tile.days_of(period)
    return DRAWN[tile.kind](tile, days, asking)


def number(tile: Tile, days: Period, asking: Asking) -> Shown:
    """One measure over the days beside the days before."""
    one = tile.first
    now, past = asking.value(one, days), asking.value(one, before(days))
    behind = behind_of(one, days, asking.whose) if now.number is not None else ""
    figure = Figure(say.written(one, now.number), now.number, one.unit, behind)
    below = behind_of(one, days, asking.whose, part="below") if one.below else ""
    base = Figure(say.base_of(one, now), behind=below)
    was, change = say.written(one, past.number), say.change_of(one, now, past)
    row = (Figure(one.title), figure, base, Figure(was, past.number, one.unit), Figure(change))
    head = ("Показатель", "За период", "Из чего", "Было", "Изменение")
    table = FigureTable(one.title, head, (row,))
    return Shown(tile, one.title, one.formula, table, figure, base, change, was)


def chart(tile: Tile, days: Period, asking: Asking) -> Shown:
    """A measure over time or cut by names."""
    return _over_time(tile, days, asking) if tile.by == TIME else _by_names(tile, days, asking)


def table(tile: Tile, days: Period, asking: Asking) -> Shown:
    """Several measures cut by names: a row a name, the greatest of the first measure above."""
    by, whose = tile.by, asking.whose
    found = {one.key: asking.values(one, days, by) for one in tile.all}
    name = _names(by, days, whose)
    order = _ordered(tile.first, found[tile.first.key], days, by)
    rows = [
        (
            Figure(name(key)),
            *(
                _cell(one, found[one.key].get(key, NOTHING), behind_of(one, days, whose, by, key))
                for one in tile.all
            ),
        )
        for key in order[: tile.most]
    ]
    heads = tuple(f"{one.title}{_unit_words(one)}" for one in tile.all)
    note = _left_out(len(order) - tile.most)
    caption = f"{', '.join(one.title for one in tile.all)} {CUTS[by]}"
    made = FigureTable(words.tie(caption), (_head_of(by, days), *heads), tuple(rows), note)
    return Shown(tile, say_period(days), words.tie(caption), made)


def told(tile: Tile, days: Period, asking: Asking) -> Shown:
    """A count's change in words, and its factors with the season's part."""
    one, by, whose = tile.first, tile.by, asking.whose
    (column,) = one.above
    growth = compare(whose.ids, before(days), days, by, whose.where, column)
    name = _names(by, days, whose)
    factors = [factor for factor in growth.factors[: tile.most] if factor.before or factor.after]
    rows = tuple(
        (
            Figure(name(factor.key)),
            Figure(
                words.number(factor.before),
                factor.before,
                one.unit,
                behind_of(one, before(days), whose, by, factor.key),
            ),
            Figure(
                words.number(factor.after),
                factor.after,
                one.unit,
                behind_of(one, days, whose, by, factor.key),
            ),
            Figure(_signed(factor.change), round(factor.change), one.unit),
        )
        for factor in factors
    )
    points = tuple(
        Point(name(factor.key), round(factor.change), _signed(factor.change), href=_behind_last(row))
        for factor, row in zip(factors, rows, strict=True)
        if round(factor.change)
    )
    said = finding(growth, name)
    plot = Plot("split", said, say.UNITS[one.unit], _head_of(by, days), points)
    note = f"Сезон и дни недели: {_signed(growth.season)}. Своё изменение — сверх сезона."
    head = (_head_of(by, days), "Было", "Стало", "Своё изменение")
    caption = words.tie(f"{one.title}: своё изменение {CUTS[by]}")
    return Shown(tile, caption, said, FigureTable(caption, head, rows, words.tie(note)), plot=plot)


def _over_time(tile: Tile, days: Period, asking: Asking) -> Shown:
    one, whose, grain = tile.first, asking.whose, grain_of(days)
    values = asking.values(one, days, TIME)
    usual = _usual(one, days, grain, whose)
    points = []
    for mark in marks_of(days, grain):
        value = values.get(mark, NOTHING if one.below or one.waited else Value(0, 0, 1))
        low, high = usual.get(mark, (None, None))
        part = _days_of(mark, grain, days)
        points.append(
            Point(
                _mark_name(mark, grain),
                value.number,
                say.written(one, value.number),
                say.base_of(one, value),
                low=low,
                high=high,
                is_told=high is not None and (value.number or 0) > high,
                href=behind_of(one, part, whose),
            )
        )
    kind: Kind = "days" if one.unit == "шт" else "lines"
    said = say.found_in_time(one, asking.value(one, days), asking.value(one, before(days)), points)
    has_usual = any(point.high is not None for point in points)
    unit = f"{say.UNITS[one.unit]}; полоса — обычный размах" if has_usual else say.UNITS[one.unit]
    plot = Plot(kind, said, unit, GRAINS[grain], tuple(points))
    caption = words.tie(f"{one.title} по {GRAIN_WORDS[grain]}")
    return Shown(tile, caption, said, _point_table(one, caption, plot), plot=plot)


GRAIN_WORDS = {"day": "дням", "week": "неделям", "month": "месяцам"}


def _by_names(tile: Tile, days: Period, asking: Asking) -> Shown:
    one, by, whose = tile.first, tile.by, asking.whose
    now, past = asking.values(one, days, by), asking.values(one, before(days), by)
    name, order = _names(by, days, whose), _ordered(tile.first, now, days, by)
    points = tuple(
        Point(
            name(key),
            now[key].number,
            say.written(one, now[key].number),
            say.base_of(one, now[key]),
            past.get(key, NOTHING).number,
            now[key].low,
            now[key].high,
            is_told=place == 0,
            href=behind_of(one, days, whose, by, key),
        )
        for place, key in enumerate(order[: tile.most])
    )
    everything = asking.value(one, days).number
    kind: Kind = "spans" if any(point.low is not None for point in points) else "ranks"
    said = say.found_in_rows(one, points, everything)
    unit = _legend(one, kind, points, everything)
    plot = Plot(kind, said, unit, _head_of(by, days), points, everything if kind == "spans" else None)
    caption = words.tie(f"{one.title} {CUTS[by]}")
    made = _point_table(one, caption, plot, _left_out(len(order) - tile.most))
    return Shown(tile, caption, said, made, plot=plot)


def _legend(one: Measure, kind: str, points: tuple[Point, ...], everything: float | None) -> str:
    parts = [say.UNITS[one.unit]]
    if any(point.before is not None for point in points):
        parts.append("пустой кружок — было" if kind == "spans" else "черта — было")
    if kind == "spans" and everything is not None:
        parts.append(f"пунктир — в целом {say.written(one, everything)}")
    return words.tie("; ".join(parts))


def _point_table(one: Measure, caption: str, plot: Plot, note: str = "") -> FigureTable:
    """The table beside a chart: only the columns that say something."""
    columns: list[tuple[str, Callable[[Point], Figure]]] = [
        (f"За период{_unit_words(one)}", lambda point: Figure(point.said, point.value, one.unit, point.href))
    ]
    if any(point.base for point in plot.points):
        columns.append(("Из чего", lambda point: Figure(point.base)))
    if any(point.before is not None for point in plot.points):
        columns.append(("Было", lambda point: Figure(say.written(one, point.before), point.before, one.unit)))
    if any(point.high is not None for point in plot.points):
        head = "Пределы" if plot.kind == "spans" else "Обычно"
        columns.append((head, lambda point: Figure(_bounds(one, point))))
    rows = tuple((Figure(point.name), *(cell(point) for _, cell in columns)) for point in plot.points)
    return FigureTable(caption, (plot.names, *(head for head, _ in columns)), rows, note)


def _bounds(one: Measure, point: Point) -> str:
    if point.low is None or point.high is None:
        return say.NONE
    low, high = (words.number(bound, say.DIGITS[one.unit]) for bound in (point.low, point.high))
    return f"{low}–{high}"


def _unit_words(one: Measure) -> str:
    return {"шт": "", "балл": ""}.get(one.unit, f", {one.unit}")


def _cell(one: Measure, value: Value, behind: str) -> Figure:
    base = say.base_of(one, value)
    text = say.written(one, value.number)
    return Figure(
        f"{text} ({base})" if base else text,
        value.number,
        one.unit,
        behind if value.number is not None else "",
    )


def _left_out(rows: int) -> str:
    return f"Не показано: {words.count(rows, 'строка', 'строки', 'строк')}." if rows > 0 else ""


def _ordered(one: Measure, values: Mapping[Any, Value], days: Period, by: str) -> list[Any]:
    """Keys as they stand: marks of time in order; names worst first, sure differences before chance ones."""
    if by == TIME:
        return marks_of(days, grain_of(days))

    def rank(key: Any) -> tuple[bool, float, float]:
        value = values[key]
        if value.number is None:
            return True, 0.0, 0.0
        if one.direction == "up":
            return False, value.high if value.high is not None else value.number, value.number
        return False, -(value.low if value.low is not None else value.number), -value.number

    return sorted((key for key in values if values[key].number or values[key].denominator), key=rank)


def _names(by: str, days: Period, whose: Whose) -> Callable[[Any], str]:
    """How keys of the cut are called, over all its municipalities."""
    if by == TIME:
        grain = grain_of(days)
        return lambda key: _mark_name(key, grain)
    if by == TOWN:
        titles = {town.pk: town.short_name for town in whose.towns}
        return lambda key: titles.get(key, str(key))
    told_by = [names_of(town, by) for town in whose.towns]

    def name(key: Any) -> str:
        # A name of one town stands as its bare key in another.
        return next((said for named in told_by if (said := named(key)) != str(key)), str(key))

    return name


def _head_of(by: str, days: Period) -> str:
    return GRAINS[grain_of(days)] if by == TIME else OF_CUT[by]


def _mark_name(mark: date, grain: str) -> str:
    if grain == "month":
        return f"{words.SHORT_MONTHS[mark.month - 1]} {mark.year % 100}"
    return words.short_day(mark)


def _days_of(mark: date, grain: str, days: Period) -> Period:
    """The days of a mark that stand inside the period."""
    if grain == "day":
        return Period(mark, mark)
    last = mark + timedelta(days=6) if grain == "week" else month_of(mark.year, mark.month).until
    return Period(max(mark, days.since), min(last, days.until))


def _usual(one: Measure, days: Period, grain: str, whose: Whose) -> dict[date, tuple[float, float]]:
    """Bounds of a usual day, for a plain count by days."""
    if grain != "day" or one.unit != "шт" or len(one.above) != 1:
        return {}
    (column,) = one.above
    past = Period(days.since - timedelta(weeks=WEEKS_OF_BAND), days.until)
    history = history_of(whose.ids, past, whose.where, column)
    bands = {day: band_of(day, history) for day in days.days()}
    return {day: (band.low, band.high) for day, band in bands.items() if band}


def behind_of(
    one: Measure, days: Period, whose: Whose, by: str = "", key: Any = None, part: str = "above"
) -> str:
    """What the screen of cases is asked: the measure, its part, the days, whose, and the cut."""
    asked: dict[str, Any] = {"measure": one.key, "since": days.since, "until": days.until, "of": whose.key}
    if part != "above":
        asked["part"] = part
    if by == TIME:
        part_days = _days_of(key, grain_of(days), days)
        asked |= {"since": part_days.since, "until": part_days.until}
    elif by:
        asked |= {"by": by, "key": key}
    return urlencode(asked)


def _behind_last(row: tuple[Figure, ...]) -> str:
    return row[2].behind


def _signed(change: float) -> str:
    number_of = round(change)
    return f"+{words.number(number_of)}" if number_of > 0 else words.number(number_of)


DRAWN: dict[str, Callable[[Tile, Period, Asking], Shown]] = {
    "number": number,
    "chart": chart,
    "table": table,
    "finding": told,
}
