"""What «Динамика» asks and draws: the flow by days, the change by its factors, the weeks that were and will be."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from otklik.analytics.charts.plot import Plot, Point
from otklik.analytics.dashboards.factors import factor_points, factor_table
from otklik.analytics.dashboards.figures import Figure, FigureTable
from otklik.analytics.dashboards.rows import behind_of
from otklik.analytics.dashboards.selectors import shown
from otklik.analytics.dashboards.tiles import Tile
from otklik.analytics.dashboards.whose import Whose, seen_of
from otklik.analytics.dashboards.words import found_in_time
from otklik.analytics.growth.forecast import Forecast
from otklik.analytics.growth.selectors import compare, foretell
from otklik.analytics.growth.split import Growth
from otklik.analytics.growth.words import finding, finding_said
from otklik.analytics.measures import measure
from otklik.analytics.names import Names, names_of
from otklik.analytics.selectors import sums
from otklik.analytics.sight import Sight, sight_of
from otklik.common import words
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import week_of
from otklik.desk.drawings import Drawing, Screen, drawing_of
from otklik.desk.periods import past_asked, period_asked
from otklik.desk.request import DeskRequest

CUTS = {
    "topic": "по темам",
    "settlement": "по местам",
    "channel": "по каналам",
    "body": "по органам",
    "block": "по блокам",
}
AHEAD = {"received": "Поступит", "due_overdue": "Просрочек будет"}
COUNTED = {"received": measure("received"), "due_overdue": measure("overdue")}
"""Above the line of which measure the count stands."""

DRAWN_FACTORS, SHOWN_FACTORS, WEEKS_SHOWN = 8, 15, 8
FLOW = Tile("chart", ("received",), "time", wide=True)


@dataclass(frozen=True)
class Asked:
    """The question of the address within what the person may see; answers are counted once."""

    town: Municipality
    sight: Sight
    period: Period
    past: Period
    by: str
    today: date

    @property
    def where(self) -> dict[str, Any] | None:
        """Conditions of the facts."""
        return None if self.sight.is_whole else {"sight": self.sight}

    @cached_property
    def growth(self) -> Growth[Any]:
        """The change of the flow with its factors."""
        return compare([self.town.pk], self.past, self.period, self.by, self.where)

    @cached_property
    def name(self) -> Names:
        """How keys of the cut are called."""
        return names_of(self.town, self.by)

    @cached_property
    def whose(self) -> Whose:
        """Whose cases are counted."""
        return seen_of(self.town, self.sight)

    @cached_property
    def _told(self) -> dict[str, Forecast | None]:
        return {}

    def told(self, column: str) -> Forecast | None:
        """The weeks ahead of a count."""
        if column not in self._told:
            self._told[column] = foretell([self.town.pk], self.today, self.where, column)
        return self._told[column]

    def behind(self, days: Period, by: str = "", key: Any = None, column: str = "received") -> str:
        """The question for the cases of a count."""
        return behind_of(COUNTED[column], days, self.whose, by, key)

    def behind_factor(self, is_past: bool, key: tuple[Any, ...]) -> str:
        """The question for the cases of a factor, then or now; of all of them for an empty key."""
        return self.behind(self.past if is_past else self.period, self.by if key else "", *key)

    @property
    def finding(self) -> list[tuple[str, str]]:
        """What the change is made of, in pieces: words and the question for the cases they count."""
        said = finding_said(self.growth, self.name)
        return [(one.text, "" if one.of is None else self.behind_factor(False, one.of)) for one in said]

    def drawing(self, name: str) -> Drawing:
        """The chart of this name of PLOTS."""
        return PLOTS[name](self)


def asked_of(request: DeskRequest) -> Asked:
    """The question of the request."""
    query, today = request.GET, timezone.localdate()
    period = period_asked(query, today)
    return Asked(
        request.municipality,
        sight_of(request.rights, request.municipality),
        period,
        past_asked(query, period),
        query.get("by", "") if query.get("by") in CUTS else "topic",
        today,
    )


def flow(asked: Asked) -> Drawing:
    """What came, by days, weeks or months, with the usual range of days; a mark leads to its cases.

    The change is told against the same days as everywhere on the screen.
    """
    (one,) = shown([FLOW], asked.period, asked.whose)
    made, growth = drawing_of(one), asked.growth
    now, past = (FLOW.first.of({"received": count}) for count in (growth.after, growth.before))
    said = found_in_time(FLOW.first, now, past, made.plot.points)
    return replace(made, plot=replace(made.plot, title=said))


def factors(asked: Asked) -> Drawing:
    """The strongest factors to both sides of nought; the table adds up to the whole."""
    growth, unit = asked.growth, "карточек, сверх сезона"
    points = factor_points(growth, asked.name, asked.behind_factor, DRAWN_FACTORS)
    title, first = f"Факторы {CUTS[asked.by]}", CUTS[asked.by].capitalize()
    table = factor_table(growth, asked.name, asked.behind_factor, title, first, SHOWN_FACTORS)
    return Drawing(Plot("split", finding(growth, asked.name), unit, "Фактор", points), table, unit)


def ahead(asked: Asked, column: str = "received") -> Drawing:
    """Full weeks that were, then four weeks foretold within their bounds."""
    told, monday = asked.told(column), week_of(asked.today).since
    past = Period(monday - timedelta(weeks=WEEKS_SHOWN), monday - timedelta(days=1))
    counted = sums([asked.town.pk], past, ("week",), asked.where, (column,))
    points = [
        Point(
            words.short_day(start),
            counted[(start,)][column] if (start,) in counted else 0,
            href=asked.behind(week_of(start), column=column),
        )
        for start in (past.since + timedelta(weeks=step) for step in range(WEEKS_SHOWN))
    ]
    points = [replace(one, said=words.number(one.value or 0)) for one in points]
    for step, week in enumerate(told.weeks if told else ()):
        name = words.short_day(monday + timedelta(weeks=step))
        said = words.number(round(week.expected))
        points.append(Point(name, week.expected, said, low=week.low, high=week.high, is_ahead=True))
    table = FigureTable(
        f"{AHEAD[column]} по неделям",
        ("Неделя с", "Карточек", "Не меньше", "Не больше", "Что это"),
        tuple(_week_row(one) for one in points),
    )
    unit = "карточек за неделю; серое — было, штрих в полосе — ждём"
    return Drawing(Plot("ahead", ahead_said(told, column), unit, "Неделя с", tuple(points)), table, unit)


def ahead_said(told: Forecast | None, column: str) -> str:
    """«Поступит за неделю: ждём 40, от 30 до 52»."""
    if told is None:
        return f"{AHEAD[column]}: четыре недели"
    first = told.weeks[0]
    low, high = words.number(round(first.low)), words.number(round(first.high))
    return words.tie(
        f"{AHEAD[column]} на этой неделе: ждём {words.number(round(first.expected))}, от {low} до {high}"
    )


def _week_row(one: Point) -> tuple[Figure, ...]:
    bounds = [
        Figure("" if bound is None else words.number(round(bound)), bound) for bound in (one.low, one.high)
    ]
    return (
        Figure(one.name),
        Figure(one.said, one.value, behind=one.href),
        *bounds,
        Figure("прогноз" if one.is_ahead else "было"),
    )


def late(asked: Asked) -> Drawing:
    """The same for terms that pass without an answer."""
    return ahead(asked, "due_overdue")


PLOTS: dict[str, Callable[[Asked], Drawing]] = {
    "flow": flow,
    "factors": factors,
    "ahead": ahead,
    "late": late,
}


SCREEN = Screen("dynamics", "Динамика", ("analytics.view",), asked_of)
