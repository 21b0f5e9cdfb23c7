"""The definitions: for each kind of plot one function from its rows to an Altair chart.

Imported by the drawing process alone: Altair costs a web process tens of megabytes.
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import altair as alt

from otklik.analytics.charts.plot import Order, Plot
from otklik.analytics.charts.theme import CATEGORIES, SIZES, Size, colour, config_of, link_mark, rows_height

ROOM = 1.08
"""A scale ends a little above the greatest number, so that its words fit."""


def spec_of(order: Order) -> dict[str, Any]:
    """The Vega-Lite specification; a picture to take away carries its title and a white sheet."""
    size = SIZES[order.size]
    chart = DEFINITIONS[order.plot.kind](order.plot, size)
    if order.look != "page":
        chart = chart.properties(title=alt.TitleParams(order.plot.title, subtitle=order.plot.unit))
    config = config_of(size)
    if order.look != "page":
        config |= {"background": colour("sheet"), "padding": 16}
    spec: dict[str, Any] = chart.to_dict(validate=False)
    # Every look is ours: Altair's own default configuration is replaced whole.
    return {**spec, "config": config}


def days(plot: Plot, size: Size) -> Any:
    """Bars over time from zero; the usual range is a band behind, what is told of is in ink."""
    base = _base(plot)
    names = alt.X("name:N", sort=_order(plot), axis=_names_axis(plot), scale=alt.Scale(paddingInner=0.18))
    heights = alt.Y("value:Q", scale=_scale(plot), axis=alt.Axis(title=None))
    told = alt.condition("datum.is_told", alt.value(colour("ink")), alt.value(colour("edge")))
    bars = base.mark_bar().encode(x=names, y=heights, color=told, href="href:N")
    usual = base.transform_filter("isValid(datum.high)").mark_bar(
        width={"band": 1.22}, color=colour("pen-bg")
    )
    return _sized(usual.encode(x=names, y="low:Q", y2="high:Q") + bars, size)


def lines(plot: Plot, size: Size) -> Any:
    """Up to five lines with dots where measured and their names at the end."""
    base = _base(plot)
    series = list(dict.fromkeys(one.series for one in plot.points))[: len(CATEGORIES)]
    is_one = len(series) < 2
    palette = [colour("ink")] if is_one else [colour(name) for name in CATEGORIES[: len(series)]]
    names = alt.X("name:N", sort=_order(plot), axis=_names_axis(plot))
    heights = alt.Y("value:Q", scale=_line_scale(plot), axis=alt.Axis(title=None))
    hues = alt.Color("series:N", scale=alt.Scale(domain=series, range=palette), legend=None)
    shapes = ["circle", "square", "triangle-up", "diamond", "cross"][: len(series)]
    shape = alt.Shape("series:N", scale=alt.Scale(domain=series, range=shapes), legend=None)
    drawn = base.encode(x=names, y=heights, color=hues)
    usual = base.transform_filter("isValid(datum.high)").mark_area(color=colour("pen-bg"))
    dots = drawn.mark_point(filled=True, size=40, opacity=1).encode(shape=shape, href="href:N")
    layers = usual.encode(x=names, y="low:Q", y2="high:Q") + drawn.mark_line(strokeWidth=1.8) + dots
    if not is_one:
        last = plot.points[-1].name
        ends = drawn.transform_filter(f"datum.name == {last!r}").mark_text(align="left", dx=8)
        layers += ends.encode(text="series:N")
    return _sized(layers, size)


def ranks(plot: Plot, size: Size) -> Any:
    """A row for each name: the name above its bar, the number at the right, a hairline where it was before."""
    return _rows(plot, size, [_bars(plot, size), _before(plot, size)])


def split(plot: Plot, size: Size) -> Any:
    """Changes to both sides of nought: less to the left, more to the right, always with the number."""
    reach = max((abs(one.value or 0) for one in plot.points), default=0) or 1
    both = alt.Scale(domain=[-reach, reach])
    widths = alt.X("value:Q", scale=both, axis=None)
    sides = alt.condition("datum.value < 0", alt.value(colour("d2")), alt.value(colour("d6")))
    bars = _base(plot).mark_bar(size=_thick(size), yOffset=_drop(size))
    nought = _base(plot).mark_tick(
        color=colour("ink2"), thickness=1, size=_thick(size) + 6, yOffset=_drop(size)
    )
    middle = nought.encode(x=alt.XDatum(0, scale=both, axis=None), y=_names(plot))
    return _rows(plot, size, [bars.encode(x=widths, y=_names(plot), color=sides, href="href:N"), middle])


def ahead(plot: Plot, size: Size) -> Any:
    """Weeks that were as bars; weeks foretold as dashes within their bounds."""
    base = _base(plot)
    names = alt.X("name:N", sort=_order(plot), axis=_names_axis(plot))
    heights = alt.Y("value:Q", scale=_scale(plot), axis=alt.Axis(title=None))
    past = base.transform_filter("!datum.is_ahead").mark_bar(color=colour("edge"))
    told = base.transform_filter("datum.is_ahead")
    bounds = told.mark_bar(width={"band": 1.0}, color=colour("pen-bg")).encode(
        x=names, y="low:Q", y2="high:Q"
    )
    expected = told.mark_tick(color=colour("pen"), thickness=2, strokeDash=[4, 3], orient="horizontal")
    return _sized(
        past.encode(x=names, y=heights, href="href:N") + bounds + expected.encode(x=names, y=heights), size
    )


def way(plot: Plot, size: Size) -> Any:
    """The way to a plan: a line of what has been, the end foretold within its bounds, a line of the plan."""
    # A way is read by its distance to the plan, which a scale from nought would hide.
    scale, base = _near_scale(plot), _base(plot)
    names = alt.X("name:N", sort=_order(plot), axis=_names_axis(plot))
    heights = alt.Y("value:Q", scale=scale, axis=alt.Axis(title=None))
    past = base.transform_filter("!datum.is_ahead").encode(x=names, y=heights)
    told = base.transform_filter("datum.is_ahead")
    layers = past.mark_line(color=colour("ink"), strokeWidth=1.8)
    layers += past.mark_point(filled=True, size=40, opacity=1, color=colour("ink")).encode(href="href:N")
    bounds = told.transform_filter("isValid(datum.low)").mark_rule(color=colour("ink2"), strokeWidth=1.5)
    layers += bounds.encode(x=names, y=alt.Y("low:Q", scale=scale), y2="high:Q")
    layers += told.mark_point(size=60, opacity=1, color=colour("ink")).encode(x=names, y=heights)
    if plot.mark is not None:
        height = alt.YDatum(plot.mark, scale=scale)
        plan = alt.Chart(alt.InlineData(values=[{"said": plot.mark_said}]))
        layers += plan.mark_rule(color=colour("pen"), strokeWidth=1.5, strokeDash=[6, 4]).encode(y=height)
        words = plan.mark_text(align="left", dy=-size.letter * 0.7, dx=4, color=colour("pen"))
        layers += words.encode(x=alt.value(0), y=height, text="said:N")
    return _sized(layers, size)


def spans(plot: Plot, size: Size) -> Any:
    """A dot with its bounds in each row, a hollow dot where it was before, a stroke to compare with."""
    # A dot at an end of the scale stands inside the place too.
    ends = size.letter // 2
    scale = alt.Scale(domain=[0, plot.most * ROOM or 1], range=[ends, size.width - ends])
    widths = alt.X("value:Q", scale=scale, axis=None)
    base = _base(plot)
    whiskers = base.transform_filter("isValid(datum.low)").mark_rule(
        color=colour("ink2"), strokeWidth=1.5, yOffset=_drop(size)
    )
    dots = base.mark_point(filled=True, size=70, opacity=1, yOffset=_drop(size))
    told = alt.condition("datum.is_told", alt.value(colour("ink")), alt.value(colour("edge")))
    was = base.mark_point(size=60, color=colour("ink2"), opacity=1, yOffset=_drop(size))
    layers = [
        whiskers.encode(x=alt.X("low:Q", scale=scale, axis=None), x2="high:Q", y=_names(plot)),
        was.encode(x=alt.X("before:Q", scale=scale, axis=None), y=_names(plot)),
        dots.encode(x=widths, y=_names(plot), color=told, href="href:N"),
    ]
    if plot.mark is not None:
        line = base.mark_tick(color=colour("pen"), thickness=2, size=_thick(size) + 10, yOffset=_drop(size))
        layers.insert(0, line.encode(x=alt.XDatum(plot.mark, scale=scale, axis=None), y=_names(plot)))
    return _rows(plot, size, layers)


def _base(plot: Plot) -> Any:
    rows = [asdict(one) | {"href": link_mark(place)} for place, one in enumerate(plot.points)]
    return alt.Chart(alt.InlineData(values=rows))


def _scale(plot: Plot) -> Any:
    return alt.Scale(domain=[0, plot.most * ROOM or 1], nice=False)


def _line_scale(plot: Plot) -> Any:
    """From nought, unless every number stands in the upper half: the line would lie flat."""
    least = min((one for one in _reached(plot)), default=0.0)
    return _near_scale(plot) if least > plot.most / 2 else _scale(plot)


def _near_scale(plot: Plot) -> Any:
    """From a little below the least number to a little above the greatest."""
    reached = _reached(plot) or [0.0, 1.0]
    room = (max(reached) - min(reached)) * 0.12 or max(abs(reached[0]) * 0.1, 1.0)
    return alt.Scale(domain=[min(reached) - room, max(reached) + room], nice=False, zero=False)


def _reached(plot: Plot) -> list[float]:
    numbers = (one for row in plot.points for one in (row.value, row.low, row.high, plot.mark))
    return [one for one in numbers if one is not None]


def _names_axis(plot: Plot) -> Any:
    """Names of days and weeks: as many as fit without leaning."""
    return alt.Axis(title=None, labelAngle=0, labelOverlap="greedy", labelSeparation=8)


def _names(plot: Plot) -> Any:
    return alt.Y("name:N", sort=_order(plot), axis=None)


def _order(plot: Plot) -> list[str]:
    """Names as they stand in the rows: layers of a chart have different rows, and would put them anew."""
    return list(dict.fromkeys(one.name for one in plot.points))


def _thick(size: Size) -> int:
    return size.letter * 2 // 3


def _drop(size: Size) -> float:
    """How far a bar stands below the middle of its row; its words stand above."""
    return size.letter * 0.7


def _bars(plot: Plot, size: Size) -> Any:
    told = alt.condition("datum.is_told", alt.value(colour("ink")), alt.value(colour("edge")))
    widths = alt.X("value:Q", scale=_scale(plot), axis=None)
    bars = _base(plot).mark_bar(size=_thick(size), yOffset=_drop(size))
    return bars.encode(x=widths, y=_names(plot), color=told, href="href:N")


def _before(plot: Plot, size: Size) -> Any:
    widths = alt.X("before:Q", scale=_scale(plot), axis=None)
    was = _base(plot).transform_filter("isValid(datum.before)")
    tick = was.mark_tick(color=colour("pen"), thickness=2, size=_thick(size) + 6, yOffset=_drop(size))
    return tick.encode(x=widths, y=_names(plot))


def _rows(plot: Plot, size: Size, layers: list[Any]) -> Any:
    """Rows under one another with words above each: the name at the left, the number at the right."""
    rise = -size.letter * 0.75
    name = _base(plot).mark_text(align="left", baseline="middle", dy=rise, limit=size.width * 0.74)
    said = _base(plot).mark_text(align="right", baseline="middle", dy=rise, fontWeight="bold")
    words = [
        name.encode(x=alt.value(0), y=_names(plot), text="name:N"),
        said.encode(x=alt.value(size.width), y=_names(plot), text="said:N"),
    ]
    height = rows_height(size, len({one.name for one in plot.points}))
    return alt.layer(*layers, *words).properties(width=size.width, height=height)


def _sized(chart: Any, size: Size) -> Any:
    # The whole picture keeps to the place: axes and their words stand inside the width.
    return chart.properties(
        width=size.width, height=size.height, autosize=alt.AutoSizeParams(type="fit", contains="padding")
    )


DEFINITIONS: dict[str, Callable[[Plot, Size], Any]] = {
    "days": days,
    "lines": lines,
    "ranks": ranks,
    "split": split,
    "ahead": ahead,
    "spans": spans,
    "way": way,
}
