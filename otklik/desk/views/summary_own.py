"""Own dashboards: tiles are put together, looked at, named, shared with roles, changed and deleted."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from otklik.accounts.models import Role
from otklik.analytics.dashboards.models import Dashboard
from otklik.analytics.dashboards.selectors import shown
from otklik.analytics.dashboards.services import (
    OTHERS,
    Composed,
    change_dashboard,
    compose_dashboard,
    delete_dashboard,
)
from otklik.analytics.dashboards.tiles import MOST_TILES
from otklik.common.periods import last_days
from otklik.desk.forms.tiles import checked, fields_of, pressed, read_tiles
from otklik.desk.page import done, needs, page_or_part, refuse
from otklik.desk.periods import USUAL_DAYS
from otklik.desk.request import DeskRequest
from otklik.desk.summary import Board, board_of, boards_of, tile_of, whose_of

SEES = "analytics.view"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SEES)
def new(request: DeskRequest) -> HttpResponse:
    """A dashboard of one's own, started from the one that was looked at."""
    boards = boards_of(request)
    wanted = request.GET.get("from", "")
    source = board_of(boards, wanted if wanted in {one.key for one in boards} else "")
    return _compose(request, None, [tile.to_data() for tile in source.tiles])


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SEES)
def edit(request: DeskRequest, key: int) -> HttpResponse:
    """A dashboard of one's own, opened again."""
    dashboard = _here(request, key)
    if dashboard.owner_id != request.user.pk:
        return refuse(request, OTHERS, 403)
    return _compose(request, dashboard, dashboard.tiles)


def _here(request: DeskRequest, key: int) -> Dashboard:
    """A composed dashboard of this municipality; 404 otherwise."""
    return get_object_or_404(Dashboard, municipality=request.municipality, pk=key)


def _compose(request: DeskRequest, dashboard: Dashboard | None, tiles: list[dict[str, Any]]) -> HttpResponse:
    data, deed = request.POST, request.POST.get("do", "save")
    if request.method != "POST":
        title, roles = (dashboard.title, dashboard.shared_with) if dashboard else ("", [])
        return _form(request, dashboard, tiles, title, roles)
    tiles, title, roles = read_tiles(data), data.get("title", ""), data.getlist("roles")
    if deed != "save":
        return _form(request, dashboard, pressed(tiles, deed), title, roles, deed == "look")
    composed, now = Composed(title, tiles, roles), timezone.now()
    if dashboard is None:
        kept = compose_dashboard(request.municipality, composed, request.user, now)
    else:
        kept = change_dashboard(dashboard, composed, request.user, now)
    return done(request, f"Сводка «{kept.title}» сохранена", reverse("desk:summary_board", args=[kept.pk]))


def _form(
    request: DeskRequest,
    dashboard: Dashboard | None,
    tiles: list[dict[str, Any]],
    title: str,
    roles: list[str],
    looks: bool = False,
) -> HttpResponse:
    right, fault = checked(tiles) if looks else ((), "")
    board = Board("", title, right, "town", dashboard)
    period = last_days(timezone.localdate(), USUAL_DAYS)
    found = shown(right, period, whose_of(request, board)[0]) if right else []
    known = Role.objects.filter(municipality=request.municipality, permissions__contains=[SEES])
    context = {
        "dashboard": dashboard,
        "tiles": fields_of(tiles),
        "title": title,
        "roles": [(role.key, role.title, role.key in roles) for role in known],
        "is_full": len(tiles) >= MOST_TILES,
        "fault": fault,
        "looks": [tile_of(one, place, board, request) for place, one in enumerate(found)],
    }
    return page_or_part(request, "summary/compose", context, status=422 if fault else 200)


@require_POST
@needs(SEES)
def delete(request: DeskRequest, key: int) -> HttpResponse:
    """Delete one's own dashboard for everybody it was shared with."""
    dashboard = _here(request, key)
    title = dashboard.title
    delete_dashboard(dashboard, request.user)
    return done(request, f"Сводка «{title}» удалена", reverse("desk:summary"))
