"""Решаемые: solved in fact up, explained down (Демянск 2.2.3); explanations that a person has to look at."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from otklik.analytics.models import FactMark
from otklik.cases.selectors import cases_for
from otklik.common.periods import before
from otklik.desk.cuts import cut_links, heads_of, list_address, solvable_asked
from otklik.desk.drawings import drawn
from otklik.desk.page import may, needs, page_or_part
from otklik.desk.periods import period_picker, say_days
from otklik.desk.request import DeskRequest
from otklik.desk.sight import say_sight
from otklik.desk.summary import address_of
from otklik.quality.selectors import explained_to_look

MOST = 5


@require_safe
@needs("analytics.view")
def solvable(request: DeskRequest) -> HttpResponse:
    """How much of what could be solved was solved, and what waits in the queue of explanations."""
    asked, town, address = solvable_asked(request), request.municipality, address_of(request)
    may_look, mark = may(request, "quality.check"), FactMark.objects.filter(municipality=town).first()
    waiting = explained_to_look(town, cases_for(request.user, town, request.rights))
    more = {"solvable": "1", "result": "explained", "dates": "answered"}
    context: dict[str, Any] = {
        "limits": say_sight(asked.sight, town),
        "queue": list(waiting[:MOST]) if may_look else [],
        "waiting": waiting.count() if may_look else 0,
        "may_look": may_look,
        "explained_href": list_address(asked.period, more) if address else "",
        "picker": period_picker(request.GET, asked.period, asked.today),
        "past": say_days(before(asked.period), asked.today),
        "cuts": cut_links(request.GET, asked),
        "mark": mark,
    }
    if mark and mark.brought_at:
        context["heads"] = heads_of(asked.heads, address)
        context["charts"] = drawn(
            request, "solvable", {name: asked.drawing(name) for name in ("time", "cut")}
        )
    return page_or_part(request, "solvable/solvable", context)
