"""Problems and root causes of one block as its head defends them: the list with its flow, causes with their cost.

Whatever people have typed is masked: a paper never carries a resident's data.
"""

from django.db.models import Count, Q, QuerySet

from otklik.common.words import count, number, table_day
from otklik.language.personal import mask
from otklik.problems.models import Cause, Problem
from otklik.problems.selectors import flows_of
from otklik.problems.selectors.flow import FLOW_DAYS
from otklik.problems.words import STATES
from otklik.reports.parts import Cell, Writing, count_cell, text_cell
from otklik.reports.source import Source


def problems_of_block(source: Source, page: Writing) -> bool:
    """The table of the block's problems that were on the list in the period; whether there were any."""
    found = list(_problems(source))
    flows = flows_of(found, source.town, source.period.until)
    page.table(
        "Проблемы направления",
        ("Проблема", "Состояние", "Отвечает", "Карточек", f"Поток за {FLOW_DAYS} дней"),
        [_row(one, flows[one.pk].total) for one in found],
        (3.0, 1.3, 1.8, 0.9, 1.1),
    )
    return bool(found)


def causes_of_block(source: Source, page: Writing) -> bool:
    """The table of root causes: what proves them, what they cost a month, what is decided; whether any is named."""
    roots = (
        Cause.objects.filter(problem__in=_problems(source), is_root=True)
        .select_related("problem", "owner_post", "body")
        .order_by("problem__number", "pk")
    )
    rows = [_cause_row(one) for one in roots]
    page.table(
        "Первопричины и решения",
        ("Первопричина", "Обращений в месяц", "Доказательств", "Решение"),
        rows,
        (2.6, 1.1, 1.1, 3.0),
    )
    bare = sum(not one.decision for one in roots)
    if bare:
        page.say(f"Решения нет по {count(bare, 'первопричине', 'первопричинам', 'первопричинам')}.")
    return bool(rows)


def _problems(source: Source) -> "QuerySet[Problem]":
    start, end = source.period.moments(source.town.time_zone)
    rows = Problem.objects.filter(
        municipality=source.town, block_key=source.about.key, confirmed_at__lt=end
    ).exclude(state="dismissed")
    alive = rows.filter(Q(closed_at__isnull=True) | Q(closed_at__gte=start))
    cards = Count("links", filter=Q(links__state="confirmed"))
    parts = ("topic", "settlement", "owner_post", "body", "municipality")
    return alive.select_related(*parts).annotate(cards=cards).order_by("-cards", "number")


def _row(one: Problem, flow: int) -> tuple[Cell, ...]:
    owner = one.owner_post.title if one.owner_post else one.body.short_name if one.body else "не назван"
    return (
        text_cell(mask(f"{one.number} {one.title}{one.place_beside}").text, f"/problems/{one.number}/"),
        text_cell(dict(STATES)[one.state]),
        text_cell(owner),
        count_cell(one.links.filter(state="confirmed").count()),
        count_cell(flow),
    )


def _cause_row(one: Cause) -> tuple[Cell, ...]:
    said = one.decision or "решения ещё нет"
    if one.removed_on:
        said += f"; устранена {table_day(one.removed_on)}"
    owner = one.owner_post.title if one.owner_post else one.body.short_name if one.body else ""
    return (
        text_cell(mask(f"{one.problem.number}: {one.text}").text, f"/problems/causes/{one.pk}/"),
        text_cell(number(one.cost, 1) if one.cost is not None else "не посчитано"),
        count_cell(one.evidence.count()),
        text_cell(mask(f"{said} ({owner})" if owner and one.decision else said).text),
    )
