"""What «Динамика» asks and draws: the flow by days, the change by its factors, the weeks that were and will be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone

from otklik.analytics.charts.plot import Plot, Point
from otklik.analytics.dashboards.figures import Figure, FigureTable
from otklik.analytics.dashboards.selectors import shown
from otklik.analytics.dashboards.tiles import Tile
from otklik.analytics.dashboards.whose import Whose
from otklik.analytics.growth.forecast import Forecast
from otklik.analytics.growth.selectors import compare, foretell
from otklik.analytics.growth.split import Factor, Growth
from otklik.analytics.growth.words import finding
from otklik.analytics.names import Names, names_of
from otklik.analytics.selectors import sums
from otklik.analytics.sight import Sight, sight_of
from otklik.cases.selectors import CaseFilter
from otklik.cases.selectors.filters import NOT_KNOWN
from otklik.common import words
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import before, week_of, year_before
from otklik.desk.charts import linked_plot
from otklik.desk.frame import SEES_CASES
from otklik.desk.page import may
from otklik.desk.periods import period_asked
from otklik.desk.request import DeskRequest

CUTS = {
    "topic": "по темам",
    "settlement": "по местам",
    "channel": "по каналам",
    "body": "по органам",
    "block": "по блокам",
}
AHEAD = {"received": "Поступит", "due_overdue": "Просрочек будет"}
DRAWN_FACTORS, WEEKS_SHOWN = 8, 8
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
    is_listed: bool

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

    def told(self, column: str) -> Forecast | None:
        """The weeks ahead of a count."""
        return foretell([self.town.pk], self.today, self.where, column)


def asked_of(request: DeskRequest) -> Asked:
    """The question of the request."""
    query, today = request.GET, timezone.localdate()
    period = period_asked(query, today)
    return Asked(
        request.municipality,
        sight_of(request.rights, request.municipality),
        period,
        year_before(period) if query.get("past") == "year" else before(period),
        query.get("by", "") if query.get("by") in CUTS else "topic",
        today,
        may(request, *SEES_CASES),
    )


def flow(asked: Asked) -> tuple[Plot, FigureTable]:
    """What came, by days, weeks or months, with the usual range of days; a mark leads to its cases."""
    where = asked.where or {}
    (one,) = shown([FLOW], asked.period, Whose("town", "", (asked.town,), where))
    address = reverse("desk:summary_cases") if asked.is_listed else ""
    return linked_plot(one.plot or Plot("days", one.said, "", ""), address), one.table


def factors(asked: Asked) -> tuple[Plot, FigureTable]:
    """The strongest factors to both sides of nought."""
    drawn = [one for one in asked.growth.factors if round(one.change)][:DRAWN_FACTORS]
    points = tuple(
        Point(
            asked.name(one.key),
            round(one.change),
            signed(round(one.change)),
            before=one.before,
            href=href_of(asked.by, one.key, asked.period, asked.is_listed),
        )
        for one in drawn
    )
    rows = tuple(
        (
            Figure(asked.name(one.key)),
            Figure(words.number(one.before), one.before),
            Figure(words.number(one.after), one.after),
            Figure(signed(round(one.change)), round(one.change)),
        )
        for one in asked.growth.factors
    )
    said = finding(asked.growth, asked.name)
    title = f"Факторы {CUTS[asked.by]}"
    table = FigureTable(title, ("Фактор", "Было", "Стало", "Своё изменение"), rows)
    return Plot("split", said, "карточек, сверх сезона", "Фактор", points), table


def ahead(asked: Asked, column: str = "received") -> tuple[Plot, FigureTable]:
    """Full weeks that were, then four weeks foretold within their bounds."""
    told, monday = asked.told(column), week_of(asked.today).since
    past = Period(monday - timedelta(weeks=WEEKS_SHOWN), monday - timedelta(days=1))
    counted = sums([asked.town.pk], past, ("week",), asked.where, (column,))
    points = [
        Point(
            words.short_day(start),
            counted[(start,)][column] if (start,) in counted else 0,
            href=href_of("", "", week_of(start), asked.is_listed) if column == "received" else "",
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
    return Plot("ahead", ahead_said(told, column), "карточек за неделю", "Неделя с", tuple(points)), table


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
        Figure(one.said, one.value),
        *bounds,
        Figure("прогноз" if one.is_ahead else "было"),
    )


def late(asked: Asked) -> tuple[Plot, FigureTable]:
    """The same for terms that pass without an answer."""
    return ahead(asked, "due_overdue")


PLOTS: dict[str, Callable[[Asked], tuple[Plot, FigureTable]]] = {
    "flow": flow,
    "factors": factors,
    "ahead": ahead,
    "late": late,
}


@dataclass(frozen=True)
class Line:
    """A factor in words, with the list of its cases."""

    name: str
    before: int
    after: int
    change: str
    href: str


def rest_of(factors: Sequence[Factor[Any]]) -> Line | None:
    """Every factor below the shown ones in one row, so that the table adds up to the whole."""
    if not factors:
        return None
    name = f"Ещё {words.count(len(factors), 'строка', 'строки', 'строк')}"
    change = round(sum(one.change for one in factors))
    before_all, after_all = sum(one.before for one in factors), sum(one.after for one in factors)
    return Line(name, before_all, after_all, signed(change), "")


def signed(change: int) -> str:
    """«+12», «−3», «0»."""
    return f"+{words.number(change)}" if change > 0 else words.number(change)


def line_of(one: Factor[Any], asked: Asked) -> Line:
    """A factor as a row: «+12» of its own beside what was and is."""
    href = href_of(asked.by, one.key, asked.period, asked.is_listed)
    return Line(asked.name(one.key), one.before, one.after, signed(round(one.change)), href)


def href_of(by: str, key: object, period: Period, listed: bool) -> str:
    """The list of the cases behind a figure; empty where the list cannot ask for them."""
    unknown_too = by in ("topic", "settlement")
    if not listed or (by and not key and not unknown_too):
        return ""
    asked = {by: str(key) if key else NOT_KNOWN} if by else {}
    days = {"since": period.since.isoformat(), "until": period.until.isoformat()}
    return f"{reverse('desk:list')}?{CaseFilter(**asked, **days).to_query()}"


def weeks_of(told: Forecast | None, today: date) -> dict[str, Any] | None:
    """The weeks ahead from the current one, and the error of the method on the past."""
    if told is None:
        return None
    weeks = []
    for step, week in enumerate(told.weeks):
        days = week_of(today + timedelta(weeks=step))
        weeks.append(
            {
                "days": f"{words.short_day(days.since)} — {words.short_day(days.until)}",
                "expected": round(week.expected),
                "low": round(week.low),
                "high": round(week.high),
            }
        )
    return {"weeks": weeks, "error": told.error}
