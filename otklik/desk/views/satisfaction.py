"""Удовлетворённость: a response-aware estimate, reasons, what stands beside better scores; studies kept as records."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.analytics.dashboards.behind import MOST
from otklik.common import words
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.common.periods import before, say_period
from otklik.desk.drawings import drawn
from otklik.desk.listed import behind
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.periods import period_picker, say_days, told_period, turned
from otklik.desk.request import DeskRequest
from otklik.desk.satisfaction import DRAWN, SCREEN, SatisfactionAsked, satisfaction_asked
from otklik.desk.seen_by import SEES_CASES
from otklik.desk.sight import say_sight
from otklik.desk.summary import address_of
from otklik.satisfaction.behind import cases_of, say_what
from otklik.satisfaction.estimate import Estimate
from otklik.satisfaction.models import Study
from otklik.satisfaction.paper import study_docx
from otklik.satisfaction.studies import (
    USUAL_METHOD,
    StudyText,
    keep_study,
    lines_of,
    say_bounds,
    say_interval,
)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@needs(*SCREEN.needs)
def satisfaction(request: DeskRequest) -> HttpResponse:
    """The period beside the one before, of the whole or of one block."""
    asked, query, address = satisfaction_asked(request), request.GET, address_of(request)
    told, blocks, block = asked.found.estimate, asked.blocks, asked.block
    context: dict[str, Any] = {
        "found": asked.found,
        "told": told,
        "said": said(told),
        "silent": told.answered - told.scored,
        "was": say_interval(asked.past.estimate.weighted, 2),
        "past": say_days(before(asked.period), asked.today),
        "choices": [("Все блоки", turned(query, block=""), not block)]
        + [(title, turned(query, block=key), key == block) for key, title in blocks.items()],
        "chosen": block,
        "block_title": f"блоку «{blocks[block]}»" if block else "всем блокам",
        "limits": say_sight(asked.sight, asked.town),
        "picker": period_picker(query, asked.period, asked.today),
        "studies": list(Study.objects.filter(municipality=asked.town)[:20]),
        "may_study": may(request, "analytics.study"),
        "method": USUAL_METHOD,
    }
    if told.answered:
        context["charts"] = drawn(request, SCREEN.key, {name: asked.drawing(name) for name in DRAWN})
        context["behind"] = ways(asked) if address else {}
    return page_or_part(request, "satisfaction/satisfaction", context)


def ways(asked: SatisfactionAsked) -> dict[str, str]:
    """Where the cases of the main figures are listed."""
    return {
        "answered": asked.answered(),
        "scored": asked.answered(score="any"),
        "invited": asked.behind("invited"),
        "by_invitation": asked.behind("by_invitation"),
    }


def said(told: Estimate) -> dict[str, str]:
    """The main figures in words."""
    rate = told.response_rate
    return {
        "weighted": say_interval(told.weighted, 2),
        "plain": say_interval(told.plain, 2),
        "good": say_interval(told.good, 0, " %"),
        "bounds": say_bounds(told),
        "rate": f"{words.number(rate, 1)} %" if rate is not None else "—",
    }


@require_safe
@needs(*SEES_CASES)
def cases(request: DeskRequest) -> HttpResponse:
    """The cases behind a figure of the screen that the list cannot be asked for."""
    asked, what = satisfaction_asked(request), request.GET.get("what", "")
    found = cases_of(asked.town, asked.period, asked.block, asked.among, what)
    if found is None or not may(request, *SCREEN.needs):
        raise Http404
    of_block = f", блок «{asked.blocks[asked.block]}»" if asked.block else ""
    told = words.capitalised(f"{say_what(what)}{of_block}; ответ за {say_period(asked.period)}")
    back = (f"{reverse('desk:satisfaction')}{turned(request.GET, what='')}", "Удовлетворённость")
    ids = list(found.order_by("-came_at", "-pk").values_list("pk", flat=True)[:MOST])
    return behind(request, ids, told, back, "satisfaction/satisfaction")


@require_POST
@needs("analytics.study")
def study_new(request: DeskRequest) -> HttpResponse:
    """«Записать исследование»: the period's figures are frozen beside the words."""
    given = request.POST
    period = told_period(f"{given.get('since', '')}..{given.get('until', '')}")
    if period is None:
        raise Refused("Назовите дни исследования: с какого по какой.")
    block, asked = given.get("block", ""), satisfaction_asked(request)
    if block and block not in asked.blocks:
        raise Refused("Выберите блок из списка.")
    text = StudyText(*(given.get(name, "") for name in ("title", "question", "method", "findings")))
    kept = keep_study(request.municipality, text, period, block, request.user, timezone.now(), asked.among)
    return done(request, "Исследование записано", reverse("desk:study", args=[kept.pk]))


@require_safe
@needs("satisfaction.view")
def study(request: DeskRequest, key: int) -> HttpResponse:
    """A study as it was written down."""
    found = get_object_or_404(Study, pk=key, municipality=request.municipality)
    blocks = satisfaction_asked(request).blocks
    context = {
        "study": found,
        "days": say_period(Period(found.since, found.until)),
        "of_block": blocks.get(found.block, ""),
        "lines": lines_of(found.figures, blocks),
    }
    return page_or_part(request, "satisfaction/study", context)


@require_safe
@needs("satisfaction.view")
def study_file(request: DeskRequest, key: int) -> HttpResponse:
    """The study as DOCX."""
    found = get_object_or_404(Study, pk=key, municipality=request.municipality)
    response = HttpResponse(study_docx(found, satisfaction_asked(request).blocks), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="study-{found.pk}.docx"'
    return response
