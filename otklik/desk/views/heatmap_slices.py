"""Срезы тепловой карты: the map kept for a decision, handed over to a system outside, with day and source."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.analytics.heatmap.selectors import matrix_of
from otklik.analytics.heatmap.slices import SliceText, hand_slice, keep_slice, slices_of
from otklik.charter.selectors import charter_of
from otklik.common.period import Period
from otklik.common.periods import say_period
from otklik.desk.heatmap_days import question_of
from otklik.desk.heatmap_export import to_workbook
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.sent_files import hand_out
from otklik.desk.sight import say_sight

KEEPS = ("analytics.study", "analytics.targets")
SHOWN = 50


@require_safe
@needs("analytics.view")
def slices(request: DeskRequest) -> HttpResponse:
    """Slices kept, and the form that keeps the map of the address."""
    town, asked = request.municipality, question_of(request)
    context: dict[str, Any] = {
        "rows": [(one, say_period(Period(one.since, one.until))) for one in slices_of(town)[:SHOWN]],
        "query": request.GET.urlencode(),
        "words": say_period(asked.period),
        "limits": say_sight(asked.sight, town),
        "may_keep": may(request, *KEEPS),
        "where": f"BI {charter_of(town).identity.regional_centre or 'ЦУР'}"[:200],
    }
    return page_or_part(request, "heatmap/slices", context)


@require_POST
@needs(*KEEPS)
def keep(request: DeskRequest) -> HttpResponse:
    """«Сохранить срез»: the question stands in the address, the decision in the form."""
    asked = question_of(request)
    matrix = matrix_of(request.municipality, asked)
    content = to_workbook(request.municipality, matrix, asked, say_sight(asked.sight, request.municipality))
    said = SliceText(
        asked.period, request.GET.urlencode(), matrix.total, content, request.POST.get("purpose", "")
    )
    keep_slice(request.municipality, said, request.user, timezone.now())
    return done(request, "Срез сохранён", reverse("desk:heatmap_slices"))


@require_POST
@needs(*KEEPS)
def hand(request: DeskRequest, key: int) -> HttpResponse:
    """«Отметить передачу»."""
    found = get_object_or_404(slices_of(request.municipality), pk=key)
    where, number = request.POST.get("where", ""), request.POST.get("number", "")
    hand_slice(found, where, number, request.user, timezone.now())
    return done(request, "Передача записана", reverse("desk:heatmap_slices"))


@require_safe
@needs("analytics.view")
def slice_file(request: DeskRequest, key: int) -> HttpResponseBase:
    """The workbook as it was kept."""
    return hand_out(get_object_or_404(slices_of(request.municipality), pk=key).file)
