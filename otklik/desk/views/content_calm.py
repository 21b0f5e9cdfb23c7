"""Режим тишины: one switch with its consequence told beforehand, and the posts it holds."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.desk.content_doors import around
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.outreach.content import services
from otklik.outreach.content.doors import APPROVE, PUBLISH, SEES
from otklik.outreach.content.models import CalmMode, Post
from otklik.outreach.content.rules import passes
from otklik.outreach.content.selectors import held_posts

MOST = 200


@require_safe
@needs(*SEES)
def calm(request: DeskRequest) -> HttpResponse:
    """The switch, what it would hold, what is held."""
    town = request.municipality
    held = list(held_posts(town)[: MOST + 1])
    planned = Post.objects.filter(
        municipality=town, state__in=["approved", "sending"], material__is_exercise=False
    )
    about = planned.values_list("material__about", "material__passes_calm", "passes_calm")[: MOST + 1]
    go = [passes(*one) for one in about]
    context = {
        **around(request, "calm"),
        "rows": held[:MOST],
        "has_more": len(held) > MOST,
        "would_hold": len(go) - sum(go),
        "would_pass": sum(go),
        "past": CalmMode.objects.filter(municipality=town, ended_at__isnull=False)[:10],
        "may_switch": may(request, APPROVE, PUBLISH),
    }
    return page_or_part(request, "content/calm", context)


@require_POST
@needs(PUBLISH, APPROVE)
def switch(request: DeskRequest, name: str) -> HttpResponse:
    """On with a reason, off by a person: what is held stays held until somebody returns it."""
    town, by, now = request.municipality, request.user, timezone.now()
    if name == "on":
        services.start_calm(town, request.POST.get("reason", ""), by, now)
        said = "Режим тишины включён: плановые записи не выходят"
    elif name == "off":
        services.end_calm(town, by, now)
        said = "Режим тишины выключен. Придержанное верните в план сами"
    else:
        raise Http404
    return done(request, said, reverse("desk:content_calm"))
