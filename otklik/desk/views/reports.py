"""Отчёты: papers owed and kept; one paper from a draft to the sent one, its files in every form."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.common.periods import write_period
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.reports import services
from otklik.reports.composing import Order, asked_by, sections_of
from otklik.reports.forms import FORMS
from otklik.reports.models import Report
from otklik.reports.periods import asked_period, in_words
from otklik.reports.render import CONTENT_TYPES, RENDERERS
from otklik.reports.render.docx import to_docx
from otklik.reports.render.html import context_of
from otklik.reports.selectors import (
    Duty,
    blocks_of,
    document_of,
    duties_of,
    period_of,
    reports_of,
    today_in,
    without_documents,
)
from otklik.reports.templating import (
    MAX_BYTES,
    drop_template,
    keep_template,
    own_templates,
    template_of,
)

SHOWN = 50


@require_safe
@needs("reports.view", "reports.compose")
def reports(request: DeskRequest) -> HttpResponse:
    """What the charter asks for with its nearest periods, then the papers kept."""
    today, own = today_in(request.municipality), own_templates(request.municipality)
    owed = duties_of(request.municipality, today)
    duties = [
        {
            "duty": duty,
            "slots": [
                {"due": one, "words": in_words(one.slot.period), "key": write_period(one.slot.period)}
                for one in duty.slots
            ],
        }
        for duty in owed
    ]
    context = {
        "duties": duties,
        "reports": [_row(one) for one in without_documents(request.municipality)[:SHOWN]],
        "forms": _choices(owed),
        "looks": [(form, own.get(form.key)) for form in FORMS.values()],
        "today": today,
        "late": sum(one.is_late for duty in owed for one in duty.slots),
        "may_compose": may(request, "reports.compose"),
        "may_verify": may(request, "reports.verify"),
    }
    return page_or_part(request, "reports/list", context)


@require_POST
@needs("reports.compose")
def compose(request: DeskRequest) -> HttpResponse:
    """A new draft of a form over a period, for the charter's report when one is named."""
    chosen, _, key = request.POST.get("form", "").partition(":")
    form = FORMS.get(chosen)
    if form is None:
        raise Refused("Выберите форму отчёта.")
    period = asked_period(_spelled(request))
    charter = charter_of(request.municipality)
    order = Order(form, period, key if key in charter.reports else asked_by(charter, form))
    report = services.compose_report(request.municipality, order, request.user, timezone.now())
    return done(request, f"{report} за {in_words(period)}: проект составлен", _address(report))


@require_safe
@needs("reports.view", "reports.compose")
def report(request: DeskRequest, key: int) -> HttpResponse:
    """The paper as it will be printed, its state, its blocks, what may be done with it now."""
    one = _report(request, key)
    form, sections = FORMS[one.form], sections_of(request.municipality, services.order_of(one))
    context: dict[str, Any] = {
        **context_of(document_of(one)),
        "report": one,
        "words": in_words(period_of(one)),
        "blocks": blocks_of(one, request.rights),
        "typed": [
            {"key": key, "label": label, "text": one.additions.get(key, "")}
            for key, label in form.typed.items()
            if key in sections
        ],
        "formats": [(key, key.upper()) for key in RENDERERS],
        "may_compose": may(request, "reports.compose"),
        "may_verify": may(request, "reports.verify"),
        "is_over": one.until < today_in(request.municipality),
    }
    return page_or_part(request, "reports/report", context)


@require_POST
@needs("reports.compose", "reports.verify")
def deed(request: DeskRequest, key: int, name: str) -> HttpResponse:
    """One deed of the paper by its name."""
    one = _report(request, key)
    if name not in DEEDS:
        raise Http404
    needed, run, says = DEEDS[name]
    if needed and not may(request, needed):
        raise Refused("На это дело с отчётом у вашей роли нет права.")
    run(request, one, timezone.now())
    return done(request, says, reverse("desk:reports") if name == "drop" else _address(one))


@require_safe
@needs("reports.view", "reports.compose")
def file(request: DeskRequest, key: int, form: str) -> HttpResponse:
    """The paper as DOCX, XLSX, PDF or HTML; a frozen one has the same figures whenever it is asked for."""
    one = _report(request, key)
    if form not in RENDERERS:
        raise Http404
    document = document_of(one)
    if form == "docx":
        content = to_docx(document, BytesIO(template_of(request.municipality, one.form)))
    else:
        content = RENDERERS[form](document)
    response = HttpResponse(content, content_type=CONTENT_TYPES[form])
    number = one.number or "proekt"
    name = slugify(f"{one.form}-{write_period(period_of(one))}-{number}".replace("..", "-"))
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


@require_safe
@needs("reports.verify")
def template(request: DeskRequest, name: str) -> HttpResponse:
    """The DOCX a form is drawn by: to be edited and loaded back."""
    if name not in FORMS:
        raise Http404
    response = HttpResponse(template_of(request.municipality, name), content_type=CONTENT_TYPES["docx"])
    response["Content-Disposition"] = f'attachment; filename="{name}-template.docx"'
    return response


@require_POST
@needs("reports.verify")
def change_template(request: DeskRequest, name: str) -> HttpResponse:
    """Take the municipality's own template, or go back to that of the product when no file comes."""
    if name not in FORMS:
        raise Http404
    form, given = FORMS[name], request.FILES.get("file")
    if given is None:
        drop_template(request.municipality, form, request.user)
        return done(request, f"{form.heading}: снова общий шаблон", reverse("desk:reports"))
    content = given.read(MAX_BYTES + 1)
    keep_template(request.municipality, form, given.name or "", content, request.user, timezone.now())
    return done(request, f"{form.heading}: шаблон принят", reverse("desk:reports"))


def _recompose(request: DeskRequest, one: Report, now: datetime) -> None:
    typed = {key: request.POST.get(key, "") for key in FORMS[one.form].typed}
    services.recompose(one, typed, request.user, now)


def _confirm(request: DeskRequest, one: Report, now: datetime) -> None:
    services.confirm_block(one, request.POST.get("block", ""), request.user, now)


def _send(request: DeskRequest, one: Report, now: datetime) -> None:
    services.mark_sent(one, request.POST.get("how", ""), request.user, now)


Run = Callable[[DeskRequest, Report, datetime], object]
DEEDS: dict[str, tuple[str, Run, str]] = {
    "recompose": ("reports.compose", _recompose, "Составлено заново по сегодняшним данным"),
    "confirm": ("", _confirm, "Часть блока подтверждена"),
    "freeze": (
        "reports.compose",
        lambda request, one, now: services.freeze(one, request.user, now),
        "Цифры заморожены, отчёт получил номер",
    ),
    "approve": (
        "reports.verify",
        lambda request, one, now: services.approve(one, request.user, now),
        "Отчёт подписан",
    ),
    "send": ("reports.verify", _send, "Отправка записана"),
    "drop": (
        "reports.compose",
        lambda request, one, now: services.drop_draft(one, request.user),
        "Проект удалён",
    ),
}


def _choices(owed: list[Duty]) -> list[tuple[str, str]]:
    """Papers of the charter by their titles there, then the forms it does not name."""
    named = [(f"{one.form.key}:{one.key}", one.title) for one in owed if one.form and one.key]
    taken = {one.form.key for one in owed if one.form and one.key and not one.is_of_channel}
    return [
        *named,
        *((key, f"{form.heading} {form.subject}") for key, form in FORMS.items() if key not in taken),
    ]


def _report(request: DeskRequest, key: int) -> Report:
    found = reports_of(request.municipality).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _row(one: Report) -> dict[str, Any]:
    return {"report": one, "words": in_words(period_of(one))}


def _spelled(request: DeskRequest) -> str:
    """A key of the period, or two days of the form."""
    since, until = request.POST.get("since", ""), request.POST.get("until", "")
    return request.POST.get("period", "") or f"{since}..{until or since}"


def _address(one: Report) -> str:
    return reverse("desk:report", args=[one.pk])
