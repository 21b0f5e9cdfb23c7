"""«Госпаблики»: agreed posts of the pages kept through that system, the table to carry there, tables given out."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.desk.content_doors import around
from otklik.desk.page import done, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.sent_files import hand_out
from otklik.outreach.content import services
from otklik.outreach.content.doors import PUBLISH, SEES
from otklik.outreach.content.selectors import exports_of, for_publics

MOST = 200


@require_safe
@needs(*SEES)
def publics(request: DeskRequest) -> HttpResponse:
    """What is not given out yet, and the tables given out."""
    context = {
        **around(request, "publics"),
        "rows": for_publics(request.municipality).order_by("planned_at", "pk")[:MOST],
        "exports": exports_of(request.municipality)[:20],
    }
    return page_or_part(request, "content/publics", context)


@require_POST
@needs(PUBLISH)
def export(request: DeskRequest) -> HttpResponse:
    """A table of the chosen posts."""
    chosen = [int(one) for one in request.POST.getlist("posts") if one.isdecimal()]
    posts = list(for_publics(request.municipality).filter(pk__in=chosen)[:MOST])
    made = services.export_publics(request.municipality, posts, request.user, timezone.now())
    return done(request, f"Таблица готова, записей: {made.posts_count}", reverse("desk:content_publics"))


@require_safe
@needs(*SEES)
def file(request: DeskRequest, key: int) -> HttpResponseBase:
    """A table as it was given out."""
    found = exports_of(request.municipality).filter(pk=key).first()
    if found is None:
        raise Http404
    return hand_out(found.file)
