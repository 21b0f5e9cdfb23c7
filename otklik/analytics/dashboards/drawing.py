"""One tile over its days: the number, the chart with its finding, the table; rows are the same in each of them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from otklik.analytics.charts.plot import Kind, Plot, Point
from otklik.analytics.dashboards import words as say
from otklik.analytics.dashboards.asking import Asking
from otklik.analytics.dashboards.factors import factor_points, factor_table
from otklik.analytics.dashboards.figures import Figure, FigureTable, Shown
from otklik.analytics.dashboards.rows import (
    GRAINS,
    behind_of,
    days_of_mark,
    head_of,
    mark_name,
    ordered,
    usual_of,
)
from otklik.analytics.dashboards.tiles import CUTS, TIME, Tile, grain_of, marks_of
from otklik.analytics.growth.words import finding
from otklik.analytics.measures import Measure, Value
from otklik.common import words
from otklik.common.period import Period
from otklik.common.periods import before, say_period

NOTHING = Value(None, 0, 0)
NOTE = words.tie("Своё изменение — сверх того, что дали бы сезон и дни недели.")
LEAST = 5
"""Fewer cases than this are no ground to name anybody."""


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
    """A measure over time or cut by names; several over time are lines of one chart."""
    if tile.by == TIME:
        return _over_time(tile, days, asking) if len(tile.measures) == 1 else _lines(tile, days, asking)
    return _by_names(tile, days, asking)


def table(tile: Tile, days: Period, asking: Asking) -> Shown:
    """Several measures cut by names: a row a name, the greatest of the first measure above."""
    by, whose = tile.by, asking.whose
    found = {one.key: asking.values(one, days, by) for one in tile.all}
    name = asking.names(by, days)
    order = ordered(tile.first, found[tile.first.key], days, by, tile.is_full)
    if tile.is_full:
        others = (key for one in tile.all[1:] for key in ordered(one, found[one.key], days, by, True))
        order = list(dict.fromkeys([*order, *others]))

    def row(key: Any) -> tuple[Figure, ...]:
        cells = ((one, found[one.key].get(key, NOTHING)) for one in tile.all)
        return Figure(name(key)), *(
            _cell(one, value, behind_of(one, days, whose, by, key)) for one, value in cells
        )

    heads = tuple(f"{one.title}{_unit_words(one)}" for one in tile.all)
    note = _left_out(len(order) - tile.most)
    caption = f"{', '.join(one.title for one in tile.all)} {CUTS[by]}"
    made = FigureTable(
        words.tie(caption),
        (head_of(by, days), *heads),
        tuple(row(key) for key in order[: tile.most]),
        note,
        _whole(tile, days, asking) if tile.is_full else (),
    )
    return Shown(tile, say_period(days), words.tie(caption), made)


def told(tile: Tile, days: Period, asking: Asking) -> Shown:
    """A count's change in words, and its factors with the season's part."""
    one, by, whose = tile.first, tile.by, asking.whose
    growth = asking.growth(one, days, by)
    name = asking.names(by, days)

    def behind(is_past: bool, key: tuple[Any, ...]) -> str:
        return behind_of(one, before(days) if is_past else days, whose, by if key else "", *key)

    said = finding(growth, name)
    points = factor_points(growth, name, behind, tile.most)
    plot = Plot("split", said, say.UNITS[one.unit], head_of(by, days), points)
    caption = words.tie(f"{one.title}: своё изменение {CUTS[by]}")
    made = factor_table(growth, name, behind, caption, head_of(by, days), tile.most)
    return Shown(tile, caption, said, replace(made, note=NOTE), plot=plot)


def _over_time(tile: Tile, days: Period, asking: Asking) -> Shown:
    one, whose, grain = tile.first, asking.whose, grain_of(days)
    values = asking.values(one, days, TIME)
    has_usual = grain == "day" and one.unit == "шт" and len(one.above) == 1
    usual = usual_of(days, asking.daily(one, days)) if has_usual else {}
    points = []
    for mark in marks_of(days, grain):
        value = values.get(mark, NOTHING if one.below or one.waited else Value(0, 0, 1))
        low, high = usual.get(mark, (None, None))
        part = days_of_mark(mark, grain, days)
        points.append(
            Point(
                mark_name(mark, grain),
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
    unit = f"{say.UNITS[one.unit]}; полоса — обычный размах" if usual else say.UNITS[one.unit]
    plot = Plot(kind, said, unit, GRAINS[grain], tuple(points))
    caption = words.tie(f"{one.title} по {GRAIN_WORDS[grain]}")
    return Shown(tile, caption, said, _point_table(one, caption, plot), plot=plot)


GRAIN_WORDS = {"day": "дням", "week": "неделям", "month": "месяцам"}


def _whole(tile: Tile, days: Period, asking: Asking) -> tuple[Figure, ...]:
    """The last row of a full table."""
    cells = (_cell(one, asking.value(one, days), behind_of(one, days, asking.whose)) for one in tile.all)
    return Figure("Всего"), *cells


def _lines(tile: Tile, days: Period, asking: Asking) -> Shown:
    """Measures of one unit over time: a line and a column for each."""
    grain, whose = grain_of(days), asking.whose
    marks = marks_of(days, grain)
    found = {one.key: asking.values(one, days, TIME) for one in tile.all}
    cells = [
        (
            mark,
            [(one, found[one.key].get(mark, NOTHING), days_of_mark(mark, grain, days)) for one in tile.all],
        )
        for mark in marks
    ]
    points = tuple(
        Point(
            mark_name(mark, grain),
            value.number,
            say.written(one, value.number),
            say.base_of(one, value),
            series=one.title,
            href=behind_of(one, part, whose),
        )
        for one_of in range(len(tile.all))
        for mark, row in cells
        for one, value, part in [row[one_of]]
    )
    rows = tuple(
        (
            Figure(mark_name(mark, grain)),
            *(_cell(one, value, behind_of(one, part, whose)) for one, value, part in row),
        )
        for mark, row in cells
    )
    said = words.tie(
        "; ".join(
            say.found_in_time(one, asking.value(one, days), asking.value(one, before(days)), ())
            for one in tile.all
        )
    )
    plot = Plot("lines", said, say.UNITS[tile.first.unit], GRAINS[grain], points)
    heads = tuple(f"{one.title}{_unit_words(one)}" for one in tile.all)
    caption = words.tie(f"{', '.join(one.title for one in tile.all)} по {GRAIN_WORDS[grain]}")
    return Shown(tile, caption, said, FigureTable(caption, (GRAINS[grain], *heads), rows), plot=plot)


def _by_names(tile: Tile, days: Period, asking: Asking) -> Shown:
    one, by, whose = tile.first, tile.by, asking.whose
    now, past = asking.values(one, days, by), asking.values(one, before(days), by)
    name, order = asking.names(by, days), ordered(tile.first, now, days, by, tile.is_full)
    everything = asking.value(one, days).number
    made = [
        Point(
            name(key),
            now[key].number,
            say.written(one, now[key].number),
            say.base_of(one, now[key]),
            past.get(key, NOTHING).number,
            now[key].low,
            now[key].high,
            href=behind_of(one, days, whose, by, key),
        )
        for key in order[: tile.most]
    ]
    has_bounds = any(point.low is not None for point in made)
    is_few = [(one.waited or one.unit == "%") and now[key].denominator < LEAST for key in order[: tile.most]]
    told = next((place for place, few in enumerate(is_few) if not few), -1)
    points = tuple(
        replace(
            point, is_told=say.stands_out(one, point, everything) and not few if has_bounds else place == told
        )
        for place, (point, few) in enumerate(zip(made, is_few, strict=True))
    )
    kind: Kind = "spans" if has_bounds else "ranks"
    said = say.found_in_rows(one, points, everything, is_few.count(False))
    unit = _legend(one, kind, points, everything)
    plot = Plot(kind, said, unit, head_of(by, days), points, everything if kind == "spans" else None)
    caption = words.tie(f"{one.title} {CUTS[by]}")
    table_of = _point_table(one, caption, plot, _left_out(len(order) - tile.most))
    return Shown(tile, caption, said, table_of, plot=plot)


def _legend(one: Measure, kind: str, points: tuple[Point, ...], everything: float | None) -> str:
    parts = [say.UNITS[one.unit]]
    if any(point.before is not None for point in points):
        parts.append("пустой кружок — было" if kind == "spans" else "черта — было")
    if kind == "spans" and everything is not None:
        parts.append(f"черта — в целом {say.written(one, everything)}")
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
    return {"шт": "", "балл": "", "на 1000": ""}.get(one.unit, f", {one.unit}")


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


DRAWN: dict[str, Callable[[Tile, Period, Asking], Shown]] = {
    "number": number,
    "chart": chart,
    "table": table,
    "finding": told,
}
