"""What «KPI» asks and draws: targets the person may see, plan and fact of a period, the way of one target."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone

from otklik.analytics.charts.plot import Plot, Point
from otklik.analytics.dashboards.figures import Figure, FigureTable
from otklik.analytics.dashboards.rows import behind_of
from otklik.analytics.dashboards.whose import Whose, seen_of
from otklik.analytics.measures import Value
from otklik.analytics.sight import Sight, sight_of
from otklik.analytics.targets.models import Target
from otklik.analytics.targets.rules import STATES
from otklik.analytics.targets.selectors import Stand, stand_of, stands_of, targets_of
from otklik.common import words
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import say_period
from otklik.desk.drawings import Drawing, Screen
from otklik.desk.request import DeskRequest
from otklik.desk.views.measures import DIGITS, cell_of
from otklik.topics.models import Block

MOST, MOST_TOLD = 40, 2
END = "к концу"


@dataclass(frozen=True)
class KpiAsked:
    """Targets the person may see: a part of the municipality sees those of its blocks."""

    town: Municipality
    sight: Sight
    today: date

    @property
    def period(self) -> Period:
        """Targets name their own days; a file of all of them is of today."""
        return Period(self.today, self.today)

    @cached_property
    def whose(self) -> Whose:
        """Whose cases are counted."""
        return seen_of(self.town, self.sight)

    @property
    def targets(self) -> QuerySet[Target]:
        """Targets in force within the sight."""
        found = targets_of(self.town)
        return found if self.sight.is_whole else found.filter(block__in=self.sight.blocks)

    @cached_property
    def stands(self) -> list[Stand]:
        """How each target stands, those that run first."""
        first = sorted(self.targets[:MOST], key=lambda one: (one.until < self.today, one.until, one.measure))
        return stands_of(first, self.town, self.today)

    @cached_property
    def groups(self) -> list[tuple[Period, list[Stand]]]:
        """Targets by their periods."""
        found: dict[Period, list[Stand]] = {}
        for one in self.stands:
            found.setdefault(one.period, []).append(one)
        return list(found.items())

    @cached_property
    def blocks(self) -> dict[str, str]:
        """Titles of blocks by key."""
        return dict(Block.objects.filter(municipality=self.town).values_list("key", "title"))

    def behind(self, stand: Stand, days: Period) -> str:
        """The cases of a target's measure over the days."""
        block = stand.target.block
        return behind_of(stand.measure, days, self.whose, "block" if block else "", block)

    def drawing(self, name: str) -> Drawing:
        """`plan-<since>-<until>` or `way-<number of the target>`. Raises LookupError for another name."""
        kind, _, key = name.partition("-")
        if kind == "way" and key.isdecimal():
            target = self.targets.filter(pk=int(key)).first()
            if target is not None:
                return way(self, stand_of(target, self.town, self.today))
        for period, stands in self.groups:
            if name_of(period) == name:
                return plan(self, period, stands)
        raise LookupError(name)


def kpi_asked(request: DeskRequest) -> KpiAsked:
    """The question of the request."""
    town = request.municipality
    return KpiAsked(town, sight_of(request.rights, town), timezone.localdate())


def name_of(period: Period) -> str:
    """The name of the chart of a period's plan and fact."""
    return f"plan-{period.since:%Y%m%d}-{period.until:%Y%m%d}"


def title_of(asked: KpiAsked, stand: Stand) -> str:
    """The measure, and the block where it is of one."""
    block = asked.blocks.get(stand.target.block, stand.target.block)
    return f"{stand.measure.title}, {block}" if stand.target.block else stand.measure.title


def plan_words(stand: Stand) -> str:
    """«не ниже 95 %»."""
    return f"{'не ниже' if stand.target.is_floor else 'не выше'} {number(stand, stand.target.plan)}"


def number(stand: Stand, value: float | None) -> str:
    """A number of the measure with its unit."""
    if value is None:
        return "—"
    measure = stand.measure
    said = words.number(value, DIGITS[measure.unit] if not float(value).is_integer() else None)
    return said if measure.unit in ("шт", "балл") else f"{said} {measure.unit}"


def plan(asked: KpiAsked, period: Period, stands: Sequence[Stand]) -> Drawing:
    """Facts as shares of their plans: targets of unlike units on one scale."""
    points = tuple(_against_plan(asked, one) for one in stands)
    rows = tuple(
        (
            Figure(title_of(asked, one)),
            Figure(plan_words(one), one.target.plan),
            Figure(number(one, one.fact.number), one.fact.number, behind=asked.behind(one, period)),
            Figure(number(one, one.end.number) if one.end else "—", one.end.number if one.end else None),
            Figure(STATES[one.state]),
        )
        for one in stands
    )
    unit = "% плана; пустой кружок — к концу периода, черта — план"
    table = FigureTable(
        f"План и факт, {say_period(period)}",
        ("Показатель", "План", "Факт", "К концу периода", "Состояние"),
        rows,
    )
    drawn = Plot("spans", said_of(asked, stands), unit, "Показатель", points, 100.0)
    return Drawing(drawn, table, unit, period=period)


def said_of(asked: KpiAsked, stands: Sequence[Stand]) -> str:
    """The finding of a period: who falls short, who may, or how many go to their plans."""
    for states, said in ((("fails", "missed"), "До плана не доходят"), (("risk",), "Под угрозой")):
        told = [title_of(asked, one) for one in stands if one.state in states]
        if told:
            rest = f" и ещё {len(told) - MOST_TOLD}" if len(told) > MOST_TOLD else ""
            return words.tie(f"{said}: {', '.join(told[:MOST_TOLD])}{rest}")
    good = sum(one.state in ("goes", "met") for one in stands)
    return words.tie(f"Идут к плану или выполнены: {good} из {len(stands)}")


def _against_plan(asked: KpiAsked, stand: Stand) -> Point:
    def share(value: float | None) -> float | None:
        return 100 * value / stand.target.plan if value is not None and stand.target.plan else None

    end, fact = stand.end, stand.fact.number
    return Point(
        title_of(asked, stand),
        share(fact),
        f"{number(stand, fact)} из {number(stand, stand.target.plan)}" if fact is not None else "—",
        before=share(end.number) if end else None,
        low=share(end.low) if end else None,
        high=share(end.high) if end else None,
        is_told=stand.state in ("fails", "missed"),
        href=asked.behind(stand, stand.period),
    )


def way(asked: KpiAsked, stand: Stand) -> Drawing:
    """The measure from the start of the period step by step, the plan, and where it will end."""
    points, rows = [], []
    for step in stand.way:
        so_far = Period(stand.period.since, step.period.until)
        name, said = words.short_day(step.period.until), number(stand, step.so_far.number)
        points.append(Point(name, step.so_far.number, said, href=asked.behind(stand, so_far)))
        cells = ((step.alone, step.period), (step.so_far, so_far))
        figures = [_cell(asked, stand, value, days) for value, days in cells]
        rows.append((Figure(words.capitalised(say_period(step.period))), *figures))
    end = stand.end
    if end and stand.state in ("goes", "risk", "fails"):
        points.append(
            Point(END, end.number, number(stand, end.number), low=end.low, high=end.high, is_ahead=True)
        )
    said = f"{title_of(asked, stand)}: {number(stand, stand.fact.number)} при плане {plan_words(stand)}"
    unit = f"с начала периода, {stand.measure.unit}; кружок с пределами — {END} периода"
    table = FigureTable(
        f"Путь к плану, {say_period(stand.period)}", ("Дни", "За эти дни", "С начала периода"), tuple(rows)
    )
    plot = Plot(
        "way", words.tie(said), unit, "Дни", tuple(points), stand.target.plan, f"план {plan_words(stand)}"
    )
    return Drawing(plot, table, words.tie(unit), is_wide=True, period=stand.period)


def _cell(asked: KpiAsked, stand: Stand, value: Value, days: Period) -> Figure:
    cell = cell_of(stand.measure, value)
    if not cell.number:
        return Figure("—")
    said = f"{cell.number} ({cell.base})" if cell.base else cell.number
    return Figure(said, value.number, stand.measure.unit, asked.behind(stand, days))


SCREEN = Screen("kpi", "KPI", ("analytics.view",), kpi_asked)
