"""The flow behind a problem: cases of its theme and place by day, what a cause costs, before and after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count

from otklik.analytics.selectors import sums
from otklik.analytics.sight import WHOLE, Sight
from otklik.cases.models import Case
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.problems.models import Cause, Problem, ProblemCase
from otklik.problems.rules import MONTH_DAYS, Comparison, Cost, compare, cost_of, per_month

FLOW_DAYS = 60
COST_DAYS = 90


@dataclass(frozen=True)
class Flow:
    """Cases by day, oldest first, and what they were counted by in words."""

    days: tuple[int, ...]
    since: date

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.days)

    @property
    def month(self) -> float:
        """At the same pace in thirty days."""
        return per_month(self.total, len(self.days))


def flows_of(
    problems: Iterable[Problem],
    municipality: Municipality,
    today: date,
    days: int = FLOW_DAYS,
    sight: Sight = WHOLE,
) -> dict[int, Flow]:
    """The flow of each problem over the days up to yesterday's night: of its theme and place by the facts where it
    has a theme, of its own cases otherwise. Three questions to the database for any number of problems."""
    period = Period(today - timedelta(days=days - 1), today)
    rows = list(problems)
    themed = [one for one in rows if one.topic is not None]
    counted: dict[tuple[str, int], dict[date, int]] = {}
    if themed:
        keys = sorted({one.topic.key for one in themed if one.topic})
        found = sums(
            [municipality.pk],
            period,
            ("day", "topic", "settlement"),
            {"topic": keys, "sight": sight},
            ("received",),
        )
        for (day, topic, settlement), one in found.items():
            for place in (settlement, 0):
                by_day = counted.setdefault((topic, place), {})
                by_day[day] = by_day.get(day, 0) + one["received"]
    own = _own_days([one for one in rows if one.topic is None], municipality, period)
    return {one.pk: Flow(_in_order(_days_of(one, counted, own), period), period.since) for one in rows}


def flow_of(problem: Problem, today: date, days: int = FLOW_DAYS, sight: Sight = WHOLE) -> Flow:
    """The same of one problem."""
    return flows_of([problem], problem.municipality, today, days, sight)[problem.pk]


def flow_words(problem: Problem) -> str:
    """By what the flow is counted: «тема «Вывоз мусора», с. Ключи» or «карточки проблемы»."""
    if problem.topic is None:
        return "карточки самой проблемы"
    place = f", {problem.settlement}" if problem.settlement else ", весь муниципалитет"
    return f"тема «{problem.topic.title}»{place}"


def cost_of_cause(cause: Cause, today: date) -> Cost | None:
    """What a cause costs a month: the part of the problem's flow of the last ninety days that it explains."""
    return costs_of([cause], cause.problem, today)[cause.pk]


def costs_of(causes: Iterable[Cause], problem: Problem, today: date) -> dict[int, Cost | None]:
    """Costs of nodes of one problem."""
    flow = flow_of(problem, today, COST_DAYS).month
    linked = problem.links.filter(state="confirmed").count()
    rows = list(causes)
    proved = dict(
        Cause.objects.filter(pk__in=[one.pk for one in rows], evidence__kind="case")
        .values("pk")
        .annotate(n=Count("evidence__case", distinct=True))
        .values_list("pk", "n")
    )
    return {one.pk: cost_of(flow, one.share, proved.get(one.pk, 0), linked) for one in rows}


def around(problem: Problem, day: date, today: date, most: int = COST_DAYS) -> Comparison:
    """The flow in as many days before the day as there are after it, ninety at most; the day itself is neither's."""
    after_days = min((today - day).days, most)
    if after_days <= 0:
        return compare(0, most, 0, 0)
    whole = flow_of(problem, day + timedelta(days=after_days), 2 * after_days + 1).days
    return compare(sum(whole[:after_days]), after_days, sum(whole[after_days + 1 :]), after_days)


def month_flow(problem: Problem, today: date) -> float:
    """Appeals a month over the last ninety days."""
    return flow_of(problem, today, COST_DAYS).total * MONTH_DAYS / COST_DAYS


def _own_days(
    problems: list[Problem], municipality: Municipality, period: Period
) -> Mapping[int, dict[date, int]]:
    if not problems:
        return {}
    start, end = period.moments(municipality.time_zone)
    zone = ZoneInfo(municipality.time_zone)
    came = ProblemCase.objects.filter(
        problem__in=problems, case__came_at__gte=start, case__came_at__lt=end
    ).exclude(state="struck")
    found: dict[int, dict[date, int]] = {}
    for problem, moment in came.values_list("problem_id", "case__came_at"):
        day = moment.astimezone(zone).date()
        by_day = found.setdefault(problem, {})
        by_day[day] = by_day.get(day, 0) + 1
    return found


def _days_of(
    problem: Problem,
    counted: Mapping[tuple[str, int], dict[date, int]],
    own: Mapping[int, dict[date, int]],
) -> Mapping[date, int]:
    if problem.topic is None:
        return own.get(problem.pk, {})
    return counted.get((problem.topic.key, problem.settlement_id or 0), {})


def _in_order(by_day: Mapping[date, int], period: Period) -> tuple[int, ...]:
    return tuple(by_day.get(day, 0) for day in period.days())


def last_case_at(problem: Problem) -> datetime | None:
    """When the newest agreed case came."""
    found = Case.objects.filter(problem_links__problem=problem, problem_links__state="confirmed")
    return found.order_by("-came_at").values_list("came_at", flat=True).first()
