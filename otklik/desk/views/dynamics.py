"""Динамика: how the flow changed, what it is made of, unusual days, the weeks ahead with the error of the forecast."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from otklik.analytics.growth.selectors import spikes_of
from otklik.analytics.models import FactMark
from otklik.common import words
from otklik.common.period import Period
from otklik.desk.charts import way_to
from otklik.desk.drawings import drawn
from otklik.desk.dynamics import CUTS, PLOTS, SCREEN, asked_of
from otklik.desk.page import needs, page_or_part
from otklik.desk.periods import past_picker, period_picker, say_days, turned
from otklik.desk.request import DeskRequest
from otklik.desk.sight import say_sight
from otklik.desk.summary import address_of


@require_safe
@needs("analytics.view")
def dynamics(request: DeskRequest) -> HttpResponse:
    """The period against the one before it or the same days a year ago; the whole question stands in the address."""
    asked, query = asked_of(request), request.GET
    period, growth, address = asked.period, asked.growth, address_of(request)
    context: dict[str, Any] = {
        "growth": growth,
        "limits": say_sight(asked.sight, asked.town),
        "spikes": [
            (
                words.long_day(one.day),
                one.count,
                round(one.band.expected),
                way_to(asked.behind(Period(one.day, one.day)), address),
            )
            for one in spikes_of([asked.town.pk], period, asked.where)
        ],
        "picker": period_picker(query, period, asked.today),
        "cuts": [(title, turned(query, by=key), key == asked.by) for key, title in CUTS.items()],
        "past_picker": past_picker(query, period, asked.past),
        "said": [(text, way_to(behind, address)) for text, behind in asked.finding],
        "by_title": CUTS[asked.by],
        "past": say_days(asked.past, asked.today),
        "now": say_days(period, asked.today),
        "mark": FactMark.objects.filter(municipality=asked.town).first(),
    }
    if growth.after or growth.before:
        charts = drawn(request, SCREEN.key, {name: asked.drawing(name) for name in PLOTS})
        told = {"ahead": asked.told("received"), "late": asked.told("due_overdue")}
        context |= {"charts": charts, "weeks": [(charts[name], told[name]) for name in told]}
    return page_or_part(request, "dynamics/dynamics", context)
