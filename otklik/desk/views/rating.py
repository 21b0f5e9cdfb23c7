"""Рейтинг органов: sheets, the way up, freezing a past period, objections and answers."""

from io import BytesIO
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from otklik.accounts.models import Body
from otklik.analytics.rating import selectors
from otklik.analytics.rating.models import DECISIONS, RatingObjection, RatingPeriod
from otklik.analytics.rating.selectors import Counted
from otklik.analytics.rating.services import answer_objection, freeze, object_to
from otklik.analytics.rating.sheets import SHEETS
from otklik.analytics.rating.spans import span_before
from otklik.analytics.rating.workbook import to_xlsx
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.common.periods import say_period, write_period
from otklik.desk.charts import XLSX, way_to
from otklik.desk.drawings import files_of
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.rating_chart import (
    SCREEN,
    SEES_RATING,
    RatingAsked,
    asked_number,
    asked_period,
    asked_sheet,
)
from otklik.desk.rating_table import Table
from otklik.desk.request import DeskRequest
from otklik.desk.summary import address_of


@require_safe
@needs(*SEES_RATING)
def rating(request: DeskRequest) -> HttpResponse:
    """One sheet of one period: frozen as it was kept, or counted now by today's facts."""
    if not selectors.is_rated(request.municipality):
        return page_or_part(request, "rating/rating", {"is_off": True})
    period, sheet = asked_period(request, request.GET), asked_sheet(request)
    context = {
        "period": period,
        "key": write_period(period),
        "title": say_period(period),
        "sheet": sheet,
        "spans": spans(request, period),
        "sheets": [(name, SHEETS[name]) for name in selectors.sheets_in(request.municipality)],
        "named": [SHEETS[name] for name in selectors.channels_named(request.municipality)],
        "is_over": period.until < timezone.localdate(),
        "may_rate": may(request, "analytics.rate"),
    }
    try:
        counted = selectors.counted(request.municipality, period, sheet, asked_number(request))
    except Refused as refusal:
        return page_or_part(request, "rating/rating", {**context, "fault": str(refusal)})
    return page_or_part(request, "rating/rating", context | drawn(request, counted, period, sheet))


def drawn(request: DeskRequest, counted: Counted, period: Period, sheet: str) -> dict[str, Any]:
    """The table, the method, the objections."""
    town, chosen = request.municipality, request.GET.get("body", "")
    were = selectors.scores_before(town, period, sheet)
    cases = address_of(request)
    behind = RatingAsked(town, period, sheet, counted, were).behind(lambda asked: way_to(asked, cases))
    table = Table(counted, behind, were, int(chosen) if chosen.isdecimal() else 0)
    frozen, formula = counted.frozen, counted.scheme.formula
    context: dict[str, Any] = {
        "table": table,
        "one": {"table": {"title": "Рейтинг"}, "files": files_of(request, SCREEN.key, "places")},
        "frozen": frozen,
        "before_title": say_period(span_before(period)) if were else "",
        "number": frozen.formula.number if frozen else selectors.number_of(town, formula),
        "least": counted.scheme.min_items,
        "unconfirmed": frozen.formula.unconfirmed if frozen else selectors.unconfirmed_of(town, period.until),
        "decisions": DECISIONS,
    }
    if frozen is not None:
        context |= {
            "freezings": list(selectors.frozen_all(town, period)),
            "is_recountable": selectors.is_recountable(frozen),
            "objections": list(selectors.objections_for(frozen)),
            "may_speak_for": bodies_to_speak_for(request, frozen),
        }
    return context


def bodies_to_speak_for(request: DeskRequest, frozen: RatingPeriod) -> list[Body]:
    """Bodies of the frozen rating for which the person may object."""
    bodies = Body.objects.filter(pk__in=frozen.rows.values("body")).order_by("short_name")
    return [body for body in bodies if selectors.may_object(request.rights, body.pk)]


def spans(request: DeskRequest, now: Period) -> list[dict[str, Any]]:
    """Periods to pick from."""
    found = selectors.spans_of(request.municipality, timezone.localdate())
    return [{"key": write_period(one), "title": say_period(one), "is_now": one == now} for one in found]


def address(period: Period, **more: str | int) -> str:
    """The screen's own address."""
    return f"{reverse('desk:rating')}?{urlencode({'period': write_period(period), **more})}"


@require_POST
@needs("analytics.rate")
def freeze_period(request: DeskRequest) -> HttpResponse:
    """«Заморозить», and «Пересчитать по формуле N» for a period frozen by an older one."""
    period = asked_period(request, request.POST)
    frozen = freeze(request.municipality, period, request.user, timezone.now())
    said = f"Рейтинг за {say_period(period)} заморожен по формуле {frozen.formula.number}"
    return done(request, said, address(period))


@require_POST
@needs(*SEES_RATING)
def objection(request: DeskRequest, key: int) -> HttpResponse:
    """«Возразить» against a frozen rating for a body one may speak for."""
    frozen = get_object_or_404(RatingPeriod, pk=key, municipality=request.municipality)
    word = request.POST.get("body", "")
    bodies = {str(one.pk): one for one in bodies_to_speak_for(request, frozen)}
    if word not in bodies:
        raise Refused("Выберите орган, за который возражаете: здесь те, чей вы сотрудник.")
    object_to(frozen, bodies[word], request.POST.get("text", ""), request.user, timezone.now())
    return done(request, f"Возражение записано: {bodies[word].short_name}", _address_of(frozen))


@require_POST
@needs("analytics.rate")
def answer(request: DeskRequest, key: int) -> HttpResponse:
    """The decision on an objection, with its grounds."""
    found = get_object_or_404(RatingObjection, pk=key, municipality=request.municipality)
    decision, words = request.POST.get("decision", ""), request.POST.get("answer", "")
    answer_objection(found, decision, words, request.user, timezone.now())
    return done(request, f"На возражение отвечено: {found.body.short_name}", _address_of(found.period))


@require_safe
@needs(*SEES_RATING)
def workbook(request: DeskRequest) -> HttpResponse:
    """Every sheet of the period as XLSX, with the method note."""
    period = asked_period(request, request.GET)
    if not selectors.is_rated(request.municipality):
        raise Http404
    number = asked_number(request)
    names = selectors.sheets_in(request.municipality)
    try:
        counted = {name: selectors.counted(request.municipality, period, name, number) for name in names}
    except Refused as refusal:
        return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")
    memory = BytesIO()
    to_xlsx(memory, counted, request.municipality, period)
    response = HttpResponse(memory.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="rating-{write_period(period)}.xlsx"'
    return response


def _address_of(frozen: RatingPeriod) -> str:
    return address(Period(frozen.since, frozen.until), formula=frozen.formula.number)
