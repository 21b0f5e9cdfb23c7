"""What the centre has decided and what came of it: problems with causes, roadmaps, errands, the plan ahead.

Whatever people have typed on those screens is masked here: a paper never carries a resident's data.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q

from otklik.common.words import NBSP, count, number, table_day
from otklik.language.personal import mask
from otklik.office.coordination.models import PlanItem
from otklik.office.errands.discipline import discipline_of
from otklik.problems.models import Cause, Problem
from otklik.problems.roadmaps.models import EffectCount, Roadmap
from otklik.problems.roadmaps.words import AGREED, OPEN
from otklik.problems.words import STATES
from otklik.reports.parts import Cell, Writing, count_cell, of_cell, text_cell
from otklik.reports.phrases import CARDS, of_whole, sentence
from otklik.reports.source import Source

PROBLEMS = 5
APPEALS_A_MONTH = ("обращение", "обращения", "обращений")


def problems_kept(source: Source, page: Writing) -> bool:
    """Problems on the list in the period, most letters first, with their root causes; whether there were any."""
    found = _problems(source)
    for one in found[:PROBLEMS]:
        page.say(_of_problem(one), *(_of_cause(cause) for cause in one.roots))
    return bool(found)


def roadmaps_kept(source: Source, page: Writing) -> bool:
    """A table of roadmaps that were in force in the period; whether there were any."""
    start, end = source.period.moments(source.town.time_zone)
    rows = Roadmap.objects.filter(municipality=source.town, state__in=AGREED, approved_at__lt=end)
    rows = rows.filter(Q(finished_at__isnull=True) | Q(finished_at__gte=start)).prefetch_related("effects")
    kept = ~Q(measures__state="dropped")
    late = Q(measures__state__in=OPEN, measures__due__lt=source.today)
    found = rows.annotate(
        whole=Count("measures", filter=kept, distinct=True),
        done=Count("measures", filter=Q(measures__state="done"), distinct=True),
        late=Count("measures", filter=late, distinct=True),
    ).order_by("number")
    page.table(
        "Дорожные карты",
        ("Дорожная карта", "Состояние", "Сделано мероприятий", "Просрочено", "Эффект"),
        [_roadmap_row(one) for one in found],
        (2.6, 1.2, 1.2, 1, 2.6),
    )
    return bool(found)


def effects_told(source: Source, page: Writing) -> None:
    """What roadmaps have changed, as it was counted in the period: the newest word of each that says something."""
    start, end = source.period.moments(source.town.time_zone)
    rows = EffectCount.objects.filter(municipality=source.town, at__gte=start, at__lt=end)
    told = rows.exclude(verdict="few").select_related("roadmap").order_by("roadmap__number", "until", "pk")
    newest = {one.roadmap_id: one for one in told}
    for one in newest.values():
        words = f"{one.words[:1].lower()}{one.words[1:]}"
        page.say(sentence(mask(f"дорожная карта {one.roadmap}: {words}").text))


def errands_kept(source: Source) -> str:
    """«Поручений со сроком в периоде 7: исполнено вовремя 5 из 6, просрочено 1.»; empty without errands."""
    whole, _ = discipline_of(source.town, source.period, source.today)
    if not whole.due:
        return ""
    said = f"срок наступил у{NBSP}{count(whole.due, 'поручения', 'поручений', 'поручений')}"
    if whole.judged:
        said += f", исполнено вовремя {of_whole(whole.in_time, whole.judged)}"
    return sentence(f"{said}, просрочено {number(whole.overdue)}" if whole.overdue else said)


def plan_ahead(source: Source, page: Writing) -> bool:
    """Lines of approved plans due in as many days after the period as it has; whether there were any."""
    until = source.period.until + (source.period.until - source.period.since)
    rows = PlanItem.objects.filter(
        municipality=source.town, dropped_at=None, due__gt=source.period.until, due__lte=until
    )
    lines = [
        (
            text_cell(mask(one.text).text),
            text_cell(one.post.title if one.post else "не назначен"),
            text_cell(table_day(one.due)),
        )
        for one in rows.exclude(plan__approved_at=None).select_related("post").order_by("due", "number")
    ]
    page.table("План", ("Мероприятие", "Ответственный", "Срок"), lines, (3.4, 2, 1.2))
    return bool(lines)


@dataclass(frozen=True)
class Kept:
    """A problem of the list, how many of its letters came in the period, its root causes."""

    problem: Problem
    cards: int
    roots: list[Cause]


def _problems(source: Source) -> list[Kept]:
    start, end = source.period.moments(source.town.time_zone)
    roots = Prefetch("causes", Cause.objects.filter(is_root=True).order_by("pk"))
    rows = Problem.objects.filter(municipality=source.town, confirmed_at__lt=end).exclude(state="dismissed")
    alive = rows.filter(Q(closed_at__isnull=True) | Q(closed_at__gte=start)).select_related("settlement")
    counted = alive.annotate(cards=_came(start, end)).prefetch_related(roots)
    found = [Kept(one, one.cards, list(one.causes.all())) for one in counted]
    return sorted(found, key=lambda one: (-one.cards, one.problem.number))


def _came(start: datetime, end: datetime) -> Count:
    came = Q(links__state="confirmed", links__case__came_at__gte=start, links__case__came_at__lt=end)
    return Count("links", filter=came, distinct=True)


def _of_problem(one: Kept) -> str:
    problem = one.problem
    came = f"за{NBSP}период {count(one.cards, *CARDS)}" if one.cards else f"за{NBSP}период карточек не было"
    said = f"проблема {problem.number} «{problem.title}»{problem.place_beside}: {came}, {dict(STATES)[problem.state]}"
    return sentence(mask(said).text)


def _of_cause(cause: Cause) -> str:
    cost = f", {_a_month(cause.cost)} в{NBSP}месяц" if cause.cost else ""
    decided = f"; решение: {cause.decision}" if cause.decision else "; решения ещё нет"
    return sentence(mask(f"первопричина: {cause.text}{cost}{decided}").text)


def _a_month(cost: float) -> str:
    """«8 обращений», «0,4 обращения»: a fraction governs the singular, and a little is not nothing."""
    if round(cost):
        return count(round(cost), *APPEALS_A_MONTH)
    shown = round(cost, 1)
    return f"{number(shown) if shown else 'меньше 0,1'}{NBSP}обращения"


def _roadmap_row(one: Roadmap) -> tuple[Cell, ...]:
    counts: dict[str, int] = {name: getattr(one, name) for name in ("whole", "done", "late")}
    newest = next(iter(one.effects.all()), None)
    return (
        text_cell(mask(str(one)).text),
        text_cell(one.get_state_display()),
        of_cell(counts["done"], counts["whole"]),
        count_cell(counts["late"]),
        text_cell(newest.words if newest else "ещё не считали"),
    )
