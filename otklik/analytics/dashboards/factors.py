"""A split change as rows and marks: each name's part, all others in one row, the season; together they are the whole.

Pure; `Behind` says what the screen of cases is asked for a count: whether it is of the past, the name, () for all.
"""

from collections.abc import Callable, Sequence
from typing import Any

from otklik.analytics.charts.plot import Point
from otklik.analytics.dashboards.figures import Figure, FigureTable
from otklik.analytics.growth.split import Factor, Growth
from otklik.analytics.growth.words import signed
from otklik.analytics.names import Names
from otklik.common import words

Behind = Callable[[bool, tuple[Any, ...]], str]


def factor_table(
    growth: Growth[Any], name: Names, behind: Behind, title: str, first: str, most: int
) -> FigureTable:
    """The strongest factors; the last column adds up to the change in the row of the whole. Nothing of nothing."""
    head = (first, "Было", "Стало", "Своё изменение")
    if not growth.factors:
        return FigureTable(title, head, ())
    rows = [_row(name(one.key), one, behind) for one in growth.factors[:most]]
    if rest := growth.factors[most:]:
        rows.append(rest_row(rest))
    season = Figure(signed(growth.season), growth.season)
    rows.append((Figure("Сезон и дни недели"), Figure(""), Figure(""), season))
    whole = (
        Figure("Всего"),
        _count(growth.before, behind(True, ())),
        _count(growth.after, behind(False, ())),
        Figure(signed(growth.change), growth.change),
    )
    return FigureTable(title, head, tuple(rows), whole=whole)


def factor_points(growth: Growth[Any], name: Names, behind: Behind, most: int) -> tuple[Point, ...]:
    """Marks to both sides of nought; a name that has not changed by itself has none."""
    return tuple(
        Point(
            name(one.key),
            one.change,
            signed(one.change),
            before=one.before,
            href=behind(not one.after, (one.key,)),
        )
        for one in growth.factors[:most]
        if one.change
    )


def rest_row(rest: Sequence[Factor[Any]]) -> tuple[Figure, ...]:
    """Every factor below the shown ones in one row."""
    change = sum(one.change for one in rest)
    return (
        Figure(f"Ещё {words.count(len(rest), 'строка', 'строки', 'строк')}"),
        _count(sum(one.before for one in rest)),
        _count(sum(one.after for one in rest)),
        Figure(signed(change), change),
    )


def _row(title: str, one: Factor[Any], behind: Behind) -> tuple[Figure, ...]:
    return (
        Figure(title),
        _count(one.before, behind(True, (one.key,))),
        _count(one.after, behind(False, (one.key,))),
        Figure(signed(one.change), one.change),
    )


def _count(number: int, behind: str = "") -> Figure:
    return Figure(words.number(number), number, behind=behind if number else "")
