"""The chosen cell of the heat map in figures: against the whole, what the change was made of; the weeks.

Geometry is counted here and written as SVG attributes: the pages take no inline styles.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from otklik.analytics.heatmap.matrix import NOWHERE, REST, Cell, Column, Matrix, Row
from otklik.analytics.heatmap.selectors import Asked, changes_by_channel, weeks_of
from otklik.channels.models import Channel
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import say_period, write_period
from otklik.common.words import count, number, short_day
from otklik.desk.heatmap import CARDS, digits_of, list_address, signed
from otklik.desk.heatmap_days import place_of
from otklik.desk.periods import turned
from otklik.topics.models import Topic

MOST_PARTS = 4
WEEK_WIDTH, WEEK_FLOOR = 18.0, 34.0


@dataclass(frozen=True)
class Bar:
    """A column of a chart: where it stands, how tall, what it says, where it leads."""

    x: float
    y: float
    width: float
    height: float
    spoken: str
    count: int
    is_over: bool = False
    href: str = ""
    key: str = ""


def draw_chosen(
    municipality: Municipality, matrix: Matrix, chosen: tuple[Row, Column, Cell], asked: Asked
) -> dict[str, Any]:
    """Everything the panel under the matrix says of the chosen cell."""
    row, column, cell = chosen
    place = place_of(matrix, row)
    whole = matrix.whole.cells[matrix.columns.index(column)]
    digits = digits_of(matrix.scale)
    return {
        "title": f"{row.place.name} × {column.title}",
        "rate": number(cell.rate, digits) if cell.rate is not None else "",
        "count": count(cell.now, *CARDS),
        "few": few_words(row, cell),
        "whole_rate": number(whole.rate, digits) if whole.rate is not None else "",
        "before": number(cell.before),
        "past": say_period(asked.past),
        "href": list_address(asked, column, place) if cell.now else "",
        "change": signed(cell.change),
        "parts": draw_parts(municipality, matrix, asked, column, place),
    }


def few_words(row: Row, cell: Cell) -> str:
    """Why a number stands instead of a rate; empty where a rate stands."""
    if not row.is_few or row.place.key == NOWHERE:
        return ""
    if row.place.residents is None:
        return "Число жителей не загружено: показываем число, а не долю."
    people = count(row.place.residents, "жителя", "жителей", "жителей")
    return f"Мало данных: {count(cell.now, *CARDS)} на {people}. Показываем число, а не долю."


def draw_parts(
    municipality: Municipality, matrix: Matrix, asked: Asked, column: Column, place: int | None
) -> list[dict[str, Any]]:
    """The change by topic, of a single topic by channel; the smaller parts in one line, all add up to the change."""
    if len(column.topics) > 1:
        changes = matrix.changes(column.topics, place)
        titles = dict(Topic.objects.filter(key__in=changes).values_list("key", "title"))
    else:
        changes = changes_by_channel(municipality, asked, column.topics, place)
        channels = Channel.objects.filter(municipality=municipality, key__in=changes)
        titles = dict(channels.values_list("key", "title"))
    parts = sorted(changes.items(), key=lambda one: (-abs(one[1]), one[0]))
    shown = [(titles.get(key, "не определена"), n) for key, n in parts[:MOST_PARTS]]
    rest = sum(n for _, n in parts[MOST_PARTS:])
    if len(parts) > MOST_PARTS:
        shown.append(("Остальное", rest))
    most = max((abs(n) for _, n in shown), default=0) or 1
    return [
        {"title": title, "n": signed(n), "width": 96 * abs(n) / most, "is_less": n < 0} for title, n in shown
    ]


def draw_weeks(
    municipality: Municipality, asked: Asked, topics: Collection[str], query: QueryDict, today: date
) -> dict[str, Any]:
    """Half a year by weeks as the time slider: each bar opens its week, the window moves over them."""
    weeks = weeks_of(municipality, asked, topics, today)
    most = max([n for _, n in weeks] + [1])
    bars = [_week(place, week, n, most, asked.period, query) for place, (week, n) in enumerate(weeks)]
    inside = [place for place, bar in enumerate(bars) if bar.is_over]
    return {
        "bars": bars,
        "size": max(len(inside), 1),
        "at": inside[-1] if inside else len(bars) - 1,
        "last": len(bars) - 1,
        "first_day": short_day(weeks[0][0].since),
        "last_day": short_day(weeks[-1][0].until),
    }


def _week(place: int, week: Period, n: int, most: int, chosen: Period, query: QueryDict) -> Bar:
    tall = WEEK_FLOOR * n / most
    return Bar(
        place * WEEK_WIDTH + 2,
        WEEK_FLOOR - tall,
        WEEK_WIDTH - 4,
        tall,
        f"{say_period(week)}: {count(n, *CARDS)}",
        n,
        week.since <= chosen.until and chosen.since <= week.until,
        turned(query, period=write_period(week), since="", until=""),
        f"{week.since.isoformat()}..{week.until.isoformat()}",
    )


def is_rest(column: Column | None) -> bool:
    """Whether the column gathers the rest: the map and the list have no such condition."""
    return column is not None and column.key == REST
