"""Материалы: everything written for publication, the newest first, by state, origin and words."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from otklik.desk.content_doors import around
from otklik.desk.page import needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.outreach.content.doors import SEES
from otklik.outreach.content.selectors import materials_of
from otklik.outreach.content.words import MATERIAL_STATES, ORIGINS

A_PAGE = 30


@require_safe
@needs(*SEES)
def materials(request: DeskRequest) -> HttpResponse:
    """A page of the list by the conditions of the address."""
    words = request.GET.get("q", "").strip()[:100]
    asked = {name: request.GET.get(name, "") for name in ("state", "origin")}
    rows = materials_of(request.municipality).defer("text", "figures")
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    if words.isdecimal():
        rows = rows.filter(number=int(words[:9]))
    elif words:
        rows = rows.filter(Q(title__icontains=words) | Q(text__icontains=words))
    context = {
        **around(request, "materials"),
        "page": Paginator(rows.order_by("-number"), A_PAGE).get_page(request.GET.get("page")),
        "words": words,
        **asked,
        "states": MATERIAL_STATES,
        "origins": ORIGINS,
        "is_narrowed": bool(words or any(asked.values())),
    }
    return page_or_part(request, "content/materials", context)
