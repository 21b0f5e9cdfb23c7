"""The chosen cell of the heat map day by day: a chart by the common definition with its table and files."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import sqrt

from django.http import QueryDict
from django.utils import timezone

from otklik.analytics.charts.plot import Plot, Point
from otklik.analytics.dashboards.figures import Figure, FigureTable
from otklik.analytics.dashboards.whose import Whose, seen_of
from otklik.analytics.heatmap.matrix import Cell, Column, Matrix, Row
from otklik.analytics.heatmap.selectors import Asked, days_of, matrix_of
from otklik.analytics.sight import sight_of
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import length_of
from otklik.common.words import number, short_day, tie
from otklik.desk.drawings import Drawing, Screen
from otklik.desk.heatmap import asked_of, chosen_of, list_address
from otklik.desk.request import DeskRequest

MOST_DAYS, WEEK = 62, 7
UNIT = "карточек; полоса — обычный размах"
Chosen = tuple[Row, Column, Cell]


@dataclass(frozen=True)
class CellAsked:
    """The question of the screen with the cell its address names."""

    town: Municipality
    asked: Asked
    query: QueryDict

    @property
    def period(self) -> Period:
        """Days of the map."""
        return self.asked.period

    @property
    def whose(self) -> Whose:
        """Whose cases are counted."""
        return seen_of(self.town, self.asked.sight)

    def drawing(self, name: str) -> Drawing:
        """`days`. Raises LookupError for another name, or where no cell is chosen."""
        matrix = matrix_of(self.town, self.asked)
        chosen = chosen_of(matrix, self.query)
        if name != "days" or chosen is None:
            raise LookupError(name)
        return days_drawing(self.town, matrix, chosen, self.asked)


def question_of(request: DeskRequest) -> Asked:
    """The question of the address within what the asking person may see."""
    asked = asked_of(request.GET, timezone.localdate())
    return replace(asked, sight=sight_of(request.rights, request.municipality))


def cell_asked(request: DeskRequest) -> CellAsked:
    """The question of the request for the chart of the chosen cell."""
    return CellAsked(request.municipality, question_of(request), request.GET)


def place_of(matrix: Matrix, row: Row) -> int | None:
    """The settlement a row is of; None for the whole municipality."""
    return None if row is matrix.whole else row.place.key


def days_drawing(town: Municipality, matrix: Matrix, chosen: Chosen, asked: Asked) -> Drawing:
    """Bars by day, by week in a long period, over what the period before lets expect of each."""
    row, column, cell = chosen
    place = place_of(matrix, row)
    days = days_of(town, asked, column.topics, place)
    size = WEEK if len(days) > MOST_DAYS else 1
    usual = cell.before / length_of(asked.past)
    points = tuple(
        _point(days[start : start + size], usual, asked, column, place) for start in range(0, len(days), size)
    )
    names = "Неделя с" if size > 1 else "День"
    title = _finding(points, usual * size)
    table = FigureTable(
        f"{row.place.name}, {column.title}",
        (names, "Карточек", "Обычно не больше"),
        tuple(
            (
                Figure(one.name),
                Figure(one.said, one.value, "шт", one.href),
                Figure(number(round(one.high or 0)), one.high),
            )
            for one in points
        ),
    )
    return Drawing(Plot("days", title, UNIT, names, points), table, UNIT)


def _point(
    group: Sequence[tuple[date, int]], usual: float, asked: Asked, column: Column, place: int | None
) -> Point:
    """A day or a week; the band is two deviations of independent events to both sides."""
    total, expected = sum(came for _, came in group), usual * len(group)
    high = expected + 2 * sqrt(expected)
    over = replace(asked, period=Period(group[0][0], group[-1][0]))
    return Point(
        short_day(group[0][0]),
        total,
        number(total),
        low=max(expected - 2 * sqrt(expected), 0.0),
        high=high,
        is_told=total > high,
        href=list_address(over, column, place) if total else "",
    )


def _finding(points: Sequence[Point], usual: float) -> str:
    """«Больше всего: 12 окт, 6; обычно 1,4»."""
    most = max(points, key=lambda one: one.value or 0)
    if not most.value:
        return "За эти дни карточек нет"
    return tie(f"Больше всего: {most.name}, {most.said}; обычно {number(round(usual, 1))}")


SCREEN = Screen("heatmap", "Тепловая карта", ("analytics.view",), cell_asked)
