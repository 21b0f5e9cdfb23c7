"""What every screen of publications shares: who may open what, the sections, the calm line, local moments."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404
from django.urls import reverse

from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.desk.page import may
from otklik.desk.request import DeskRequest
from otklik.outreach.content.doors import APPROVE, PUBLISH, SEES, materials_for, posts_for, waiting_for
from otklik.outreach.content.models import Material, Post
from otklik.outreach.content.selectors import calm_of
from otklik.outreach.models import OfficialPage

SECTIONS = (
    ("plan", "План", "content", SEES),
    ("materials", "Материалы", "content_materials", SEES),
    ("approval", "Согласование", "content_approval", ()),
    ("ideas", "Предложения", "content_ideas", SEES),
    ("media", "Снимки", "content_media", SEES),
    ("templates", "Шаблоны и рубрики", "content_headings", SEES),
    ("publics", "Госпаблики", "content_publics", SEES),
    ("calm", "Режим тишины", "content_calm", SEES),
)


def around(request: DeskRequest, section: str) -> dict[str, Any]:
    """The sections with what waits in them, and the calm mode when it is on."""
    waits = {"approval": waiting_for(request.municipality, request.rights).count()}
    own = OfficialPage.objects.filter(
        municipality=request.municipality, in_publics_system=True, closed_on=None
    )
    hidden = () if section == "publics" or own.exists() else ("publics",)
    calm = calm_of(request.municipality) if may(request, *SEES) else None
    return {
        "section": section,
        "sections": [
            (key, title, reverse(f"desk:{name}"), waits.get(key, 0))
            for key, title, name, permissions in SECTIONS
            if key not in hidden and (not permissions or may(request, *permissions))
        ],
        "calm": calm,
        "held": Post.objects.filter(municipality=request.municipality, state="held").count() if calm else 0,
        "may_write": may(request, PUBLISH),
        "may_approve": may(request, APPROVE),
    }


def find_material(request: DeskRequest, number: int) -> Material:
    """The material of the number, or 404."""
    found = materials_for(request.municipality, request.rights).filter(number=number)
    material = found.select_related("rubric", "audience", "picture").first()
    if material is None:
        raise Http404
    return material


def find_post(request: DeskRequest, key: int) -> Post:
    """The post, or 404."""
    rows = posts_for(request.municipality, request.rights)
    found = rows.select_related("material__rubric", "material__audience", "page__channel", "picture")
    post = found.filter(pk=key).first()
    if post is None:
        raise Http404
    return post


def moment_in(municipality: Municipality, typed: str) -> datetime | None:
    """A local «2026-11-20T14:00» as a moment; None for an empty one. Raises Refused for what is no moment."""
    if not typed.strip():
        return None
    try:
        local = datetime.fromisoformat(typed.strip()[:16])
    except ValueError:
        raise Refused("Укажите день и час: например, 20.11.2026, 14:00.") from None
    return local.replace(tzinfo=ZoneInfo(municipality.time_zone))
