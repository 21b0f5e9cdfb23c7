"""Удовлетворённость: a response-aware estimate, reasons, what stands beside better scores; studies kept as records."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.analytics.sight import sight_of
from otklik.cases.models import Case
from otklik.cases.selectors import cases_for
from otklik.common import words
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import before, say_period
from otklik.desk.cuts import list_address
from otklik.desk.frame import SEES_CASES
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.periods import period_asked, period_picker, say_days, told_period, turned
from otklik.desk.request import DeskRequest
from otklik.desk.sight import say_sight
from otklik.satisfaction.estimate import Estimate, Link
from otklik.satisfaction.models import Study
from otklik.satisfaction.paper import study_docx
from otklik.satisfaction.picture import LIFTS, Satisfaction, satisfaction_of
from otklik.satisfaction.rules import REASONS
from otklik.satisfaction.studies import (
    USUAL_METHOD,
    StudyText,
    keep_study,
    lines_of,
    say_bounds,
    say_interval,
)
from otklik.topics.models import Block

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
APPLICANTS = {"citizen": "граждане", "organisation": "организации", "unknown": "автор известен по ссылке"}
BAR = 120.0


@require_safe
@needs("satisfaction.view")
def satisfaction(request: DeskRequest) -> HttpResponse:
    """The period beside the one before, of the whole or of one block."""
    town, query, today = request.municipality, request.GET, timezone.localdate()
    period, blocks = period_asked(query, today), blocks_of(town)
    block = query.get("block", "") if query.get("block", "") in blocks else ""
    past = before(period)
    found, was = (satisfaction_of(town, one, block, among(request)) for one in (period, past))
    listed = may(request, *SEES_CASES)
    more = {"dates": "answered", **({"block": block} if block else {})}
    context: dict[str, Any] = {
        "found": found,
        "told": found.estimate,
        "said": said(found.estimate),
        "silent": found.estimate.answered - found.estimate.scored,
        "was": say_interval(was.estimate.weighted, 2),
        "past": say_days(past, today),
        "scores": scores_of(found, period, more if listed else None),
        "reasons": [(REASONS.get(key, key), n) for key, n in found.reasons],
        "links": [line_of(one) for one in found.links],
        "blocks": [(blocks.get(key, "вне блоков"), *cells_of(one)) for key, one in found.by_block.items()],
        "applicants": [(APPLICANTS[key], *cells_of(one)) for key, one in found.by_applicant.items()],
        "choices": [("Все блоки", turned(query, block=""), not block)]
        + [(title, turned(query, block=key), key == block) for key, title in blocks.items()],
        "chosen": block,
        "block_title": f"блоку «{blocks[block]}»" if block else "всем блокам",
        "limits": say_sight(sight_of(request.rights, town), town),
        "picker": period_picker(query, period, today),
        "studies": list(Study.objects.filter(municipality=town)[:20]),
        "may_study": may(request, "analytics.study"),
        "method": USUAL_METHOD,
    }
    return page_or_part(request, "satisfaction/satisfaction", context)


def among(request: DeskRequest) -> QuerySet[Case] | None:
    """The cases a person with a part of the municipality counts; None for the whole of it."""
    if sight_of(request.rights, request.municipality).is_whole:
        return None
    return cases_for(request.user, request.municipality, request.rights)


def blocks_of(town: Municipality) -> dict[str, str]:
    """Titles of the charter's blocks by key."""
    return dict(Block.objects.filter(municipality=town).values_list("key", "title"))


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


def cells_of(told: Estimate) -> tuple[str, str, str]:
    """A cut's figures: weighted mean, share of the content, response."""
    return (
        say_interval(told.weighted, 2),
        say_interval(told.good, 0, " %"),
        f"{words.number(told.scored)} из {words.number(told.answered)}",
    )


def scores_of(found: Satisfaction, period: Period, more: dict[str, str] | None) -> list[dict[str, Any]]:
    """Scores from five down with their bars and lists."""
    most = max(found.counts, default=0) or 1
    return [
        {
            "score": score,
            "n": found.counts[score - 1],
            "bar": BAR * found.counts[score - 1] / most,
            "href": list_address(period, {**more, "score": str(score)}) if more is not None else "",
        }
        for score in range(5, 0, -1)
    ]


def line_of(link: Link) -> dict[str, str]:
    """A link as a row: what, by how much with bounds, how sure, on how many scores."""
    sign = "+" if link.difference > 0 else ""
    return {
        "title": words.capitalised(LIFTS.get(link.key, link.key)),
        "difference": f"{sign}{words.number(link.difference, 2)}",
        "bounds": f"от {words.number(link.low, 2)} до {words.number(link.high, 2)}",
        "sureness": link.sureness,
        "base": f"{words.number(link.with_it.count)} и {words.number(link.without.count)}",
    }


@require_POST
@needs("analytics.study")
def study_new(request: DeskRequest) -> HttpResponse:
    """«Записать исследование»: the period's figures are frozen beside the words."""
    given = request.POST
    period = told_period(f"{given.get('since', '')}..{given.get('until', '')}")
    if period is None:
        raise Refused("Назовите дни исследования: с какого по какой.")
    block = given.get("block", "")
    if block and block not in blocks_of(request.municipality):
        raise Refused("Выберите блок из списка.")
    text = StudyText(*(given.get(name, "") for name in ("title", "question", "method", "findings")))
    kept = keep_study(request.municipality, text, period, block, request.user, timezone.now(), among(request))
    return done(request, "Исследование записано", reverse("desk:study", args=[kept.pk]))


@require_safe
@needs("satisfaction.view")
def study(request: DeskRequest, key: int) -> HttpResponse:
    """A study as it was written down."""
    found = get_object_or_404(Study, pk=key, municipality=request.municipality)
    blocks = blocks_of(request.municipality)
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
    response = HttpResponse(study_docx(found, blocks_of(request.municipality)), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="study-{found.pk}.docx"'
    return response
