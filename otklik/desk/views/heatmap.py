"""Тепловая карта: territory by theme, the map of cells and points, the weeks, the chosen cell, the workbook."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from otklik import __version__
from otklik.analytics.heatmap.cells import RESOLUTIONS, read_box
from otklik.analytics.heatmap.matrix import REST, Column, Matrix
from otklik.analytics.heatmap.selectors import (
    WHAT,
    Asked,
    cells_of,
    clusters_of,
    columns_of,
    matrix_of,
    points_of,
)
from otklik.analytics.models import FactMark
from otklik.cases.selectors import cases_for
from otklik.cases.states import KINDS
from otklik.channels.models import Channel
from otklik.common.periods import write_period
from otklik.desk.drawings import drawn
from otklik.desk.heatmap import MODES, MOST_ROWS, case_filter, chosen_of, draw_matrix
from otklik.desk.heatmap_chosen import draw_chosen, draw_weeks, is_rest
from otklik.desk.heatmap_days import SCREEN, Chosen, days_drawing, question_of
from otklik.desk.heatmap_export import to_workbook
from otklik.desk.page import may, needs, page_or_part
from otklik.desk.periods import past_picker, period_picker, turned
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CASES
from otklik.desk.sight import say_sight
from otklik.topics.groups import GROUP_TITLES

DENSE = {"separators": (",", ":")}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@needs("analytics.view")
def heatmap(request: DeskRequest) -> HttpResponse:
    """The screen; its whole question stands in the address."""
    town, query, today = request.municipality, request.GET, timezone.localdate()
    asked = question_of(request)
    matrix = matrix_of(town, asked)
    chosen = chosen_of(matrix, query)
    column = chosen[1] if chosen else None
    context: dict[str, Any] = {
        "asked": asked,
        "matrix": matrix,
        "picker": period_picker(query, asked.period, today),
        "phrase": phrase_of(request, asked),
        "past_picker": past_picker(query, asked.period, asked.past),
        "modes": [(title, turned(query, mode=key), key == asked.mode) for key, title in MODES.items()],
        "mark": FactMark.objects.filter(municipality=town).first(),
        "group_title": GROUP_TITLES.get(asked.group, ""),
        "ungrouped": turned(query, group="", row="", col="", columns=""),
        "all_rows": turned(query, rows="all"),
        "query": query.urlencode(),
        "may_list": may(request, *SEES_CASES),
        "limits": say_sight(asked.sight, town),
    }
    if matrix.total or matrix.whole.whole.before:
        shown = len(matrix.rows) if query.get("rows") == "all" else MOST_ROWS
        context |= {
            "drawn": draw_matrix(matrix, query, asked, shown),
            "chosen": chosen_cell(request, matrix, chosen, asked) if chosen else None,
            "weeks": draw_weeks(town, asked, topics_of(asked, column), query, today),
            "map_title": map_title(asked, column),
            "map": map_words(request, asked, matrix),
        }
    return page_or_part(request, "heatmap/heatmap", context)


def chosen_cell(request: DeskRequest, matrix: Matrix, chosen: Chosen, asked: Asked) -> dict[str, Any]:
    """The panel of the chosen cell with its days as a chart."""
    town = request.municipality
    days = drawn(request, SCREEN.key, {"days": days_drawing(town, matrix, chosen, asked)})
    return draw_chosen(town, matrix, chosen, asked) | days


def phrase_of(request: DeskRequest, asked: Asked) -> list[dict[str, Any]]:
    """The words of the phrase with their choices: what stands before, what it says, where each choice leads."""
    query = request.GET
    channels = dict(Channel.objects.filter(municipality=request.municipality).values_list("key", "title"))
    words: tuple[tuple[str, str, dict[str, str], str], ...] = (
        ("what", "Показать", WHAT, asked.what),
        ("channel", ", каналы", {"": "все", **channels}, asked.channel),
        ("kind", ", вид", {"": "любой", **dict(KINDS)}, asked.kind),
        (
            "spread",
            ", место",
            {"": "как указано", "1": "с поправкой на неизвестное"},
            query.get("spread", ""),
        ),
    )
    return [
        {
            "name": name,
            "before": before_word,
            "says": options[now] if now in options else options[""],
            "options": [(title, turned(query, **{name: key}), key == now) for key, title in options.items()],
        }
        for name, before_word, options, now in words
    ]


def topics_of(asked: Asked, column: Column | None) -> frozenset[str]:
    """Topics the map and the weeks are narrowed to; none: all of them."""
    if column and not is_rest(column):
        return column.topics
    every = columns_of(asked.group) if asked.group else []
    return frozenset().union(*(one.topics for one in every))


def map_title(asked: Asked, column: Column | None) -> str:
    """What the map shows."""
    if column and not is_rest(column):
        return column.title
    return GROUP_TITLES.get(asked.group, "все темы")


def map_words(request: DeskRequest, asked: Asked, matrix: Matrix) -> dict[str, Any]:
    """Addresses the map takes its data from, and where a cell's cases are listed."""
    query = request.GET.urlencode()
    column = _column(asked, request.GET.get("col", ""))
    return {
        "cells": f"{reverse('desk:heatmap_cells')}?{query}",
        "points": f"{reverse('desk:heatmap_points')}?{query}" if may(request, *SEES_CASES) else "",
        "list": f"{reverse('desk:list')}?{case_filter(asked, column).to_query()}"
        if may(request, *SEES_CASES)
        else "",
        "ground": reverse("portal:map", args=[request.municipality.key]),
        "mode": asked.mode,
        "total": matrix.total,
    }


def _column(asked: Asked, key: str) -> Column | None:
    """The column the address names; the rest is no column of its own here."""
    return next((one for one in columns_of(asked.group) if one.key == key != REST), None)


@gzip_page
@require_safe
@needs("analytics.view")
def cells(request: DeskRequest) -> HttpResponse:
    """GeoJSON of the cells at the asked resolution."""
    asked = question_of(request)
    wanted = request.GET.get("resolution", "")
    resolution = next((one for one in RESOLUTIONS if str(one) == wanted), RESOLUTIONS[1])
    topics = topics_of(asked, _column(asked, request.GET.get("col", "")))
    return by_facts(request, asked, lambda: cells_of(request.municipality, asked, topics, resolution))


@gzip_page
@require_safe
@needs(*SEES_CASES)
def points(request: DeskRequest) -> HttpResponse:
    """Points of the cases the person may see: middles of cells from afar, in a near `box` each house of several."""
    asked = question_of(request)
    column, box = _column(asked, request.GET.get("col", "")), read_box(request.GET.get("box", ""))
    town, user = request.municipality, request.user
    if box is None:
        return by_facts(request, asked, lambda: clusters_of(town, asked, topics_of(asked, column)))
    mine = cases_for(user, town, request.rights)
    near = case_filter(asked, column).apply(mine, user, town, timezone.now())
    return JsonResponse(points_of(near, box), json_dumps_params=DENSE)


def by_facts(request: DeskRequest, asked: Asked, make: Callable[[], dict[str, Any]]) -> HttpResponse:
    """The answer, or «не изменилось» while neither the question nor the facts it is made of have changed."""
    mark = FactMark.objects.filter(municipality=request.municipality).values_list("brought_at", flat=True)
    words = repr((__version__, request.municipality.pk, list(mark), asked, request.get_full_path()))
    etag = quote_etag(sha256(words.encode()).hexdigest()[:32])
    answer = get_conditional_response(request, etag=etag) or JsonResponse(make(), json_dumps_params=DENSE)
    answer["ETag"] = etag
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


@require_safe
@needs("analytics.view")
def workbook(request: DeskRequest) -> HttpResponse:
    """The matrix with all its rows and columns as XLSX."""
    asked = question_of(request)
    matrix = matrix_of(request.municipality, asked)
    limits = say_sight(asked.sight, request.municipality)
    response = HttpResponse(to_workbook(request.municipality, matrix, asked, limits), content_type=XLSX)
    name = f"otklik-heatmap-{write_period(asked.period)}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
