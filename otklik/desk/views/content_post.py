"""One post: how it stands, what was tried, the proof, reach and reactions; its deeds."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.common.errors import Refused
from otklik.desk.content_board import ICONS, say_moment
from otklik.desk.content_doors import around, find_post, moment_in
from otklik.desk.content_look import look_of
from otklik.desk.forms.content import REACH, ReachForm
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.views.content_material import MOVES, previews_of
from otklik.outreach.content import services
from otklik.outreach.content.doors import PUBLISH
from otklik.outreach.content.models import Post
from otklik.outreach.content.rules import NETWORKS
from otklik.outreach.content.words import PLANNED

OUTGOING = {
    "waiting": "ждёт отправки",
    "sending": "отправляется",
    "sent": "ушло",
    "by_hand": "передано человеку",
    "dead": "не ушло",
}
SAID = {
    "place": "Размещение отмечено",
    "again": "Отправляем снова",
    "withdraw": "Запись снята",
    "reach": "Охват записан",
    "let_go": "Запись возвращена в план",
    "publics": "Отмечено: вышла через «Госпаблики»",
}


@require_safe
@needs()
def post(request: DeskRequest, key: int) -> HttpResponse:
    """The card of a post."""
    found = find_post(request, key)
    zone = ZoneInfo(request.municipality.time_zone)
    may_write = may(request, PUBLISH)
    moment = found.placed_at if found.state == "placed" else found.planned_at
    look = look_of(found.page, found.text, found.picture, previews_of(request, [found]).get(found.pk))
    if found.state == "placed":
        # Advice comes too late.
        look = replace(look, stops=(), hints=())
    context: dict[str, Any] = {
        **around(request, ""),
        "post": found,
        "material": found.material,
        "icon": ICONS[found.state],
        "when": say_moment(moment.astimezone(zone)) if moment else "сразу после согласования",
        "at": f"{found.planned_at.astimezone(zone):%Y-%m-%dT%H:%M}" if found.planned_at else "",
        "look": look,
        "outgoing": found.outgoing,
        "outgoing_words": OUTGOING.get(found.outgoing.state, "") if found.outgoing else "",
        "reaches": reach_rows(found),
        "reach_heads": list(REACH.values()),
        "tells": told_of(found),
        "reach_form": ReachForm(request.municipality) if may_write and found.state == "placed" else None,
        "history": [(one, MOVES.get(one.deed, one.deed)) for one in found.moves.order_by("-at", "-pk")[:50]],
        "may_move": may_write and found.state in PLANNED,
        "may_place": may_write and found.state in ("approved", "by_hand", "failed"),
        "may_again": may_write and found.state == "failed",
        "may_let_go": may_write and found.state == "held",
        "may_withdraw": may_write and found.state not in ("placed", "withdrawn"),
        "may_publics": may_write
        and found.page.in_publics_system
        and not found.in_publics_system
        and found.state in ("approved", "by_hand", "placed"),
    }
    return page_or_part(request, "content/post", context)


def told_of(found: Post) -> list[str]:
    """Numbers the network will tell by itself; none of what a person has put out."""
    is_ours = (
        found.page.channel_id is not None and found.outgoing is not None and found.outgoing.way == "page"
    )
    return [REACH[name] for name in NETWORKS[found.page.network].tells] if is_ours else []


def reach_rows(found: Post) -> list[tuple[Any, list[int | None]]]:
    """Marks of reach, oldest first, with the numbers in the order of `REACH`."""
    return [(one, [getattr(one, name) for name in REACH]) for one in found.reaches.order_by("at", "pk")]


@require_POST
@needs(PUBLISH)
def deed(request: DeskRequest, key: int, name: str) -> HttpResponse:
    """One deed of a post; when it may be done is asked by the rules."""
    if name not in SAID:
        raise Http404
    found, by, now = find_post(request, key), request.user, timezone.now()
    said = request.POST
    match name:
        case "place":
            services.place_by_hand(found, said.get("link", ""), by, now)
        case "again":
            services.try_again(found, by, now)
        case "withdraw":
            services.withdraw_post(found, said.get("why", ""), by, now)
        case "reach":
            services.note_reach(found, _numbers(request), by, now)
        case "let_go":
            at = moment_in(request.municipality, said.get("at", ""))
            services.let_go(found, at, by, now, said.get("why", ""))
        case "publics":
            services.mark_publics(found, said.get("link", found.link), by, now)
    to = (
        reverse("desk:content_calm")
        if said.get("back") == "calm"
        else reverse("desk:content_post", args=[key])
    )
    return done(request, f"{SAID[name]}: «{found.material.title}»", to)


def _numbers(request: DeskRequest) -> dict[str, int | None]:
    form = ReachForm(request.municipality, request.POST)
    if not form.is_valid():
        raise Refused("Охват — целые числа от нуля.")
    return dict(form.cleaned_data)
