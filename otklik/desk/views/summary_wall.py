"""The wall of a meeting room: a dashboard in big figures, dark, by itself: no controls, nothing to scroll."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from otklik.analytics.charts.plot import Plot
from otklik.analytics.dashboards.figures import Shown
from otklik.analytics.dashboards.selectors import shown
from otklik.cases.selectors import CaseFilter, cases_for
from otklik.cases.states import OPEN_STATES
from otklik.common.periods import last_days
from otklik.desk.charts import chart_of
from otklik.desk.page import may, needs
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CASES
from otklik.desk.summary import board_of, boards_of, whose_of

EVERY, DAYS = (60, 30, 300), (30, 7, 90)
"""What the address may ask for; the first is the usual."""

STATES = (
    ("overdue", "over", "просрочено"),
    ("today", "today", "сегодня"),
    ("soon", "soon", "скоро"),
    ("paused", "pause", "пауза"),
    ("in_time", "ok", "в срок"),
)
"""Conditions of the list with their look and words."""

MOST_NUMBERS, MOST_CHARTS, MOST_NAMES = 6, 2, 5


@require_safe
@needs("analytics.view")
def wall(request: DeskRequest, board: str) -> HttpResponse:
    """One dashboard; with others named in the address each refreshing shows the next one."""
    query, boards = request.GET, boards_of(request)
    if board not in {one.key for one in boards}:
        raise Http404
    turns = [board_of(boards, key) for key in _turns(board, query) if key in {one.key for one in boards}]
    turn = int(query["turn"]) % len(turns) if query.get("turn", "").isdigit() else 0
    here, now = turns[turn], timezone.localtime()
    whose, _ = whose_of(request, here)
    days = _chosen(query, "days", DAYS)
    found = shown(here.tiles, last_days(now.date(), days), whose)
    context: dict[str, Any] = {
        "frame": {"theme": "dark", "keys": "off", "municipality": request.municipality},
        "board": here,
        "whose": whose,
        "now": now,
        "days": days,
        "every": _chosen(query, "every", EVERY),
        "next": _address(board, query, (turn + 1) % len(turns)),
        "states": states_of(request) if whose.key != "all" and may(request, *SEES_CASES) else [],
        "numbers": [one for one in found if one.tile.kind == "number"][:MOST_NUMBERS],
        "charts": _charts(found),
        "said": next((one.said for one in found if one.tile.kind == "finding"), ""),
    }
    return render(request, "desk/summary/wall.html", context)


def states_of(request: DeskRequest) -> list[tuple[str, str, int]]:
    """How many cases the person sees in each state of terms: look, words, number; as the list would count them."""
    now, user, town = timezone.now(), request.user, request.municipality
    seen = cases_for(user, town, request.rights).filter(state__in=OPEN_STATES)
    return [
        (look, words, CaseFilter(term=term).apply(seen, user, town, now).count())
        for term, look, words in STATES
    ]


def _turns(board: str, query: QueryDict) -> list[str]:
    """The dashboard of the address and those it is turned with, each once."""
    return list(dict.fromkeys([board, *query.getlist("with")]))


def _chosen(query: QueryDict, name: str, offered: tuple[int, ...]) -> int:
    """The number the address asks for, if it is offered."""
    return next((one for one in offered if query.get(name) == str(one)), offered[0])


def _address(board: str, query: QueryDict, turn: int) -> str:
    copy = query.copy()
    copy["turn"] = str(turn)
    return f"{reverse('desk:summary_wall', args=[board])}?{copy.urlencode()}"


def _charts(found: list[Shown]) -> list[dict[str, Any]]:
    """Two charts at most, drawn now: a refreshing has nobody waiting for it. No names of cases, no links."""
    with_plot = [one for one in found if one.plot and not one.plot.is_empty and one.tile.kind == "chart"]
    return [
        {
            "said": one.said,
            "unit": one.plot.unit,
            "chart": chart_of(_for_wall(one.plot), ("wall",), must=True),
        }
        for one in with_plot[:MOST_CHARTS]
        if one.plot
    ]


def _for_wall(plot: Plot) -> Plot:
    """Fewer rows and no links: what is read from five metres."""
    rows = plot.points if plot.kind in ("days", "lines") else plot.points[:MOST_NAMES]
    return replace(plot, points=tuple(replace(one, href="") for one in rows))
