"""Сводка: the dashboard of the role or a composed one, its charts as drawings and files, the cases behind a number."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from otklik.analytics.dashboards.behind import (
    BY_ID,
    MOST,
    NARROWED,
    Asked,
    as_filter,
    asked_from,
    cases_behind,
)
from otklik.analytics.dashboards.selectors import shown, tables_of
from otklik.analytics.dashboards.whose import choices_for
from otklik.analytics.models import FactMark
from otklik.analytics.names import names_of
from otklik.cases.states import KINDS
from otklik.common.periods import say_period, write_period
from otklik.desk.charts import FILES, XLSX, chart_part, file_of, linked_plot, picture
from otklik.desk.listed import listed
from otklik.desk.page import needs, page_or_part
from otklik.desk.periods import period_asked, period_picker, turned
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CASES
from otklik.desk.summary import Board, address_of, board_of, boards_of, tile_of, whose_of
from otklik.desk.summary_export import to_workbook


@require_safe
@needs("analytics.view")
def summary(request: DeskRequest, board: str = "") -> HttpResponse:
    """The whole question stands in the address: the dashboard, whose cases, which days."""
    boards = boards_of(request)
    here = board_of(boards, board)
    whose, choices = whose_of(request, here)
    query, today = request.GET, timezone.localdate()
    period = period_asked(query, today)
    mark = FactMark.objects.filter(municipality=request.municipality).first()
    found = shown(here.tiles, period, whose) if mark and mark.brought_at else []
    asked = f"?{query.urlencode()}" if query else ""
    context = {
        "board": here,
        "boards": [(one.title, _board_address(one) + asked, one is here) for one in boards],
        "whose": whose,
        "choices": [(one.title, turned(query, of=one.key), one is whose) for one in choices],
        "picker": period_picker(query, period, today),
        "tiles": [tile_of(one, place, here, request) for place, one in enumerate(found)],
        "mark": mark,
        "is_own": here.dashboard is not None and here.dashboard.owner_id == request.user.pk,
        "query": query.urlencode(),
        "wall": reverse("desk:summary_wall", args=[here.key]),
        "wall_boards": [(one.key, one.title) for one in boards if one is not here],
    }
    return page_or_part(request, "summary/summary", context)


def _board_address(one: Board) -> str:
    return reverse("desk:summary_board", args=[one.key])


@require_safe
@needs("analytics.view")
def tile(request: DeskRequest, board: str, place: int, form: str) -> HttpResponse:
    """A tile's drawing for its page, or the same rows as a picture or a workbook."""
    here = board_of(boards_of(request), board)
    if place >= len(here.tiles) or form not in ("part", "xlsx", *FILES):
        raise Http404
    whose, _ = whose_of(request, here)
    period = period_asked(request.GET, timezone.localdate())
    # All of them: the page has just counted the same, and its answers are remembered.
    one = shown(here.tiles, period, whose)[place]
    name = f"otklik-{here.key}-{place + 1}-{write_period(period)}"
    if form == "xlsx":
        return file_of(to_workbook(here.title, [one.table], whose, period), XLSX, f"{name}.xlsx")
    if one.plot is None or one.plot.is_empty:
        raise Http404
    if form == "part":
        return chart_part(request, linked_plot(one.plot, address_of(request)), one.tile.wide)
    return picture(one.plot, form, name)


@require_safe
@needs("analytics.view")
def workbook(request: DeskRequest, board: str) -> HttpResponse:
    """Every table of the dashboard as XLSX."""
    here = board_of(boards_of(request), board)
    whose, _ = whose_of(request, here)
    period = period_asked(request.GET, timezone.localdate())
    content = to_workbook(here.title, tables_of(shown(here.tiles, period, whose)), whose, period)
    return file_of(content, XLSX, f"otklik-{here.key}-{write_period(period)}.xlsx")


@require_safe
@needs(*SEES_CASES)
def cases(request: DeskRequest) -> HttpResponse:
    """The cases behind a number: in the list where its filter can say so, else in a list of their own."""
    asked = asked_from(request.GET)
    if asked is None:
        raise Http404
    choices = choices_for(request.user, request.municipality, request.rights, request.municipalities)
    whose = next((one for one in choices if one.key == request.GET.get("of")), choices[-1])
    towns = [town for town in whose.towns if asked.by != "municipality" or str(town.pk) == asked.key]
    exact = as_filter(asked, whose.where) if towns == [request.municipality] else None
    if exact is not None:
        return redirect(f"{reverse('desk:list')}?{exact.to_query()}")
    marks = FactMark.objects.filter(municipality__in=[town.pk for town in towns])
    brought = {mark.municipality_id: mark.brought_at for mark in marks if mark.brought_at}
    found = [
        (town, cases_behind(town, asked, whose.where, brought[town.pk]))
        for town in towns
        if town.pk in brought
    ]
    context: dict[str, Any] = {
        "asked": asked,
        "days": say_period(asked.period),
        "row": _cut(request, asked),
        "whose": whose,
        "events": sum(one.events for _, one in found),
        "cases": sum(one.cases for _, one in found),
        "most": MOST,
        "groups": [listed(request, one.ids, town, len(whose.towns) > 1) for town, one in found],
    }
    return page_or_part(request, "summary/cases", context)


def _cut(request: DeskRequest, asked: Asked) -> str:
    """What the number is narrowed to: its row, the thing it is about, its channels."""
    named = ((asked.by, asked.key), *asked.also, *(("channel", key) for key in asked.channels))
    said = (_named(request, by, key) for by, key in dict.fromkeys(named) if by in NARROWED)
    return ", ".join(dict.fromkeys(said))


def _named(request: DeskRequest, by: str, key: str) -> str:
    if by == "kind":
        return f"вид: {dict(KINDS).get(key, key)}"
    return names_of(request.municipality, by)(int(key) if by in BY_ID else key)
