"""Сырой лоток: what came and could not be read, with the reason; take again after a fix."""

import json
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from otklik.channels.models import RawMessage
from otklik.channels.selectors import raw_tray
from otklik.channels.services import again, skip_raw
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.language.personal import mask
from otklik.risks.selectors import is_kept


@require_safe
@needs("channels.view_raw")
def tray(request: DeskRequest) -> HttpResponse:
    """Unread messages, newest first."""
    page = Paginator(raw_tray(request.municipality), 50).get_page(request.GET.get("page"))
    return page_or_part(request, "raw/tray", {"page": page, "watch": f"&n={page.paginator.count}"})


def find_raw(request: DeskRequest, key: int) -> RawMessage:
    """A message of this municipality; 404 otherwise."""
    raw = (
        RawMessage.objects.filter(municipality=request.municipality, pk=key).select_related("channel").first()
    )
    if raw is None:
        raise Http404
    return raw


@require_safe
@needs("channels.view_raw")
def one(request: DeskRequest, key: int) -> HttpResponse:
    """The message as it came, personal data masked unless the right to see them is held."""
    raw = find_raw(request, key)
    text = json.dumps(raw.payload, ensure_ascii=False, indent=2, default=str)
    is_masked = not may(request, "cases.view_personal")
    context: dict[str, Any] = {
        "raw": raw,
        "text": mask(text).text if is_masked else text,
        "is_masked": is_masked,
        "may_raise_risk": may(request, "risks.work")
        and is_kept(request.municipality)
        and "outer_id" in raw.payload,
    }
    return page_or_part(request, "raw/one", context)


@require_POST
@needs("channels.view_raw")
def take_again(request: DeskRequest, key: int) -> HttpResponse:
    """Let the worker take it once more."""
    again(find_raw(request, key), request.user)
    return done(request, "Сообщение взято снова: разберём в ближайшую минуту", reverse("desk:raw"))


@require_POST
@needs("channels.view_raw")
def skip(request: DeskRequest, key: int) -> HttpResponse:
    """Leave it without a case, with the reason on record."""
    skip_raw(find_raw(request, key), request.POST.get("why", ""), request.user)
    return done(request, "Сообщение оставлено без карточки, причина записана", reverse("desk:raw"))
