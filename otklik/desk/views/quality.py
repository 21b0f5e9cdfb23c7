"""Качество: answers that passed at once, hints of the reader, returned drafts with reasons; by block, body, topic."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from otklik.analytics.models import FactMark
from otklik.common.periods import before
from otklik.desk.cuts import CUTS, cut_links, heads_of, list_address
from otklik.desk.drawings import drawn
from otklik.desk.page import needs, page_or_part
from otklik.desk.periods import period_picker, say_days
from otklik.desk.quality import SCREEN, quality_asked
from otklik.desk.request import DeskRequest
from otklik.desk.sight import say_sight
from otklik.desk.summary import address_of
from otklik.quality.selectors import returned_of

MOST = 20


@require_safe
@needs(*SCREEN.needs)
def quality(request: DeskRequest) -> HttpResponse:
    """The period beside the one before; every number opens its cases."""
    asked, town, address = quality_asked(request), request.municipality, address_of(request)
    mark = FactMark.objects.filter(municipality=town).first()
    returned = list(returned_of(town, asked.period, asked.cases)[: MOST + 1]) if address else []
    context: dict[str, Any] = {
        "limits": say_sight(asked.sight, town),
        "hints": asked.hints,
        "returned": returned[:MOST],
        "more": len(returned) > MOST,
        "returned_href": list_address(asked.period, {"returned": "1", "dates": "answered"}),
        "picker": period_picker(request.GET, asked.period, asked.today),
        "past": say_days(before(asked.period), asked.today),
        "cuts": cut_links(request.GET, asked),
        "by_title": CUTS[asked.by],
        "mark": mark,
    }
    if mark and mark.brought_at:
        names = ("time", "cut", "hints", "hinted")
        context["heads"] = heads_of(asked.heads, address)
        context["charts"] = drawn(request, SCREEN.key, {name: asked.drawing(name) for name in names})
    return page_or_part(request, "quality/quality", context)
