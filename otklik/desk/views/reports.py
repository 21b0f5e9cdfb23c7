"""Отчёты: papers owed and kept; one paper from a draft to the sent one, its files in every form."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.common.periods import write_period
from otklik.common.today import today_in
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CASES
from otklik.reports import delivery, services
from otklik.reports.about import choices, find_about
from otklik.reports.composing import Order, asked_by, sections_of
from otklik.reports.drafting import is_big, order_composition, words_of
from otklik.reports.files import file_of
from otklik.reports.forms import FORMS, LOOKS, REFERENCES, WHOLE
from otklik.reports.material_state import lines_of
from otklik.reports.models import Composition, Report
from otklik.reports.periods import asked_period, in_words
from otklik.reports.render import CONTENT_TYPES, RENDERERS
from otklik.reports.render.html import context_of
from otklik.reports.selectors import (
    Duty,
    blocks_of,
    document_of,
    duties_of,
    period_of,
    reports_of,
    without_documents,
)
from otklik.reports.templating import own_templates

SHOWN = 50


@require_safe
@needs("reports.view", "reports.compose")
def reports(request: DeskRequest) -> HttpResponse:
    """What the charter asks for with its nearest periods, requests for materials, then the papers kept."""
    town = request.municipality
    today, own = today_in(town), own_templates(town)
    owed, asked = duties_of(town, today), lines_of(town, today)
    queue = list(Composition.objects.filter(municipality=town).exclude(state="done")[:SHOWN])
    running = [one for one in queue if one.state != "failed"]
    context = {
        "duties": [_duty(duty) for duty in owed],
        "reports": [_row(one) for one in without_documents(town)[:SHOWN]],
        "queue": [{"one": one, "words": words_of(one)} for one in queue],
        "is_composing": bool(running),
        "requests": [line for line in asked if line.is_open],
        "ended_requests": [line for line in asked if not line.is_open][:5],
        "forms": _choices(owed),
        "looks": [(form, own.get(form.key)) for form in LOOKS.values()],
        "today": today,
        "late": sum(one.is_late for duty in owed for one in duty.slots) + sum(line.is_late for line in asked),
        "may_compose": may(request, "reports.compose"),
        "may_verify": may(request, "reports.verify"),
    }
    return page_or_part(request, "reports/list", context)


@require_safe
@needs("reports.compose")
def reference(request: DeskRequest) -> HttpResponse:
    """Справка about one thing: what it is about and for which days."""
    groups = choices(request.municipality, request.user)
    return page_or_part(
        request, "reports/reference", {"groups": groups, "today": today_in(request.municipality)}
    )


@require_POST
@needs("reports.compose")
def compose(request: DeskRequest) -> HttpResponse:
    """A new draft of a form over a period, for the charter's report when one is named; a big one by the worker."""
    order, now = _order(request), timezone.now()
    words = in_words(order.period)
    if is_big(request.municipality, order.period):
        order_composition(request.municipality, order, request.user, now)
        return done(request, f"Отчёт за {words} составляется, это до минуты", reverse("desk:reports"))
    report = services.compose_report(request.municipality, order, request.user, now)
    return done(request, f"{report} за {words}: проект составлен", _address(report))


@require_POST
@needs("reports.compose")
def drop_composition(request: DeskRequest, key: int) -> HttpResponse:
    """Take a paper that could not be composed out of the list."""
    failed = Composition.objects.filter(municipality=request.municipality, pk=key, state="failed").first()
    if failed is None:
        raise Http404
    failed.delete()
    return done(request, "Строка убрана", reverse("desk:reports"))


@require_safe
@needs("reports.view", "reports.compose")
def report(request: DeskRequest, key: int) -> HttpResponse:
    """The paper as it will be printed, its state, its blocks, what may be done with it now."""
    one = _report(request, key)
    form, sections = FORMS[one.form], sections_of(request.municipality, services.order_of(one))
    context: dict[str, Any] = {
        **context_of(document_of(one)),
        "linked": may(request, *SEES_CASES),
        "report": one,
        "words": in_words(period_of(one)),
        "blocks": blocks_of(one, request.rights),
        "typed": [
            {"key": key, "label": label, "text": one.additions.get(key, "")}
            for key, label in form.typed.items()
            if key in sections
        ],
        "formats": [(key, key.upper()) for key in RENDERERS],
        "attached": [(key, key.upper()) for key in delivery.ATTACHED],
        "silent": services.unconfirmed(one) if one.state == "frozen" else [],
        "dispatches": list(one.dispatches.select_related("outgoing")),
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
    name, content = file_of(one, form)
    response = HttpResponse(content, content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _recompose(request: DeskRequest, one: Report, now: datetime) -> None:
    typed = {key: request.POST.get(key, "") for key in FORMS[one.form].typed}
    services.recompose(one, typed, request.user, now)


def _confirm(request: DeskRequest, one: Report, now: datetime) -> None:
    text = request.POST.get("text") if one.state == "draft" else None
    services.confirm_block(one, request.POST.get("block", ""), request.user, now, text)


def _approve(request: DeskRequest, one: Report, now: datetime) -> None:
    services.approve(one, request.user, now, request.POST.get("why", ""))


def _send(request: DeskRequest, one: Report, now: datetime) -> None:
    how, number = request.POST.get("how", ""), request.POST.get("number", "")
    delivery.mark_sent(one, how, request.user, now, number)


def _mail(request: DeskRequest, one: Report, now: datetime) -> None:
    forms = request.POST.getlist("files")
    delivery.send_by_mail(one, request.POST.get("to", ""), forms, request.user, now)


Run = Callable[[DeskRequest, Report, datetime], object]
DEEDS: dict[str, tuple[str, Run, str]] = {
    "recompose": ("reports.compose", _recompose, "Составлено заново по сегодняшним данным"),
    "confirm": ("", _confirm, "Часть блока подтверждена"),
    "freeze": (
        "reports.compose",
        lambda request, one, now: services.freeze(one, request.user, now),
        "Цифры заморожены, отчёт получил номер",
    ),
    "approve": ("reports.verify", _approve, "Отчёт подписан"),
    "send": ("reports.verify", _send, "Отправка записана"),
    "mail": ("reports.verify", _mail, "Письмо с отчётом в очереди на отправку"),
    "drop": (
        "reports.compose",
        lambda request, one, now: services.drop_draft(one, request.user),
        "Проект удалён",
    ),
}


def _choices(owed: list[Duty]) -> list[tuple[str, str]]:
    """Papers of the charter by their titles there, then the forms it does not name."""
    whole = [one for one in owed if one.form and not one.form.about]
    named = [(f"{one.form.key}:{one.key}", one.title) for one in whole if one.form and one.key]
    taken = {one.form.key for one in owed if one.form and one.key and not one.is_of_channel}
    return [
        *named,
        *((form.key, f"{form.heading} {form.subject}") for form in WHOLE if form.key not in taken),
    ]


def _report(request: DeskRequest, key: int) -> Report:
    found = reports_of(request.municipality).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _order(request: DeskRequest) -> Order:
    """The form chosen by name or by the thing the paper is about. Raises Refused."""
    town, chosen = request.municipality, request.POST.get("form", "")
    kind, _, thing = request.POST.get("about", "").partition(":")
    if kind in REFERENCES and not chosen:
        chosen = REFERENCES[kind].key
    name, _, key = chosen.partition(":")
    form = FORMS.get(name)
    if form is None or form.about == "request":
        raise Refused("Выберите форму отчёта.")
    period, charter = asked_period(_spelled(request)), charter_of(town)
    asked = key if key in charter.reports else asked_by(charter, form)
    return Order(form, period, asked, find_about(town, form.about, thing))


def _duty(duty: Duty) -> dict[str, Any]:
    lines = [
        {"due": one, "words": in_words(one.slot.period), "key": write_period(one.slot.period)}
        for one in duty.slots
    ]
    return {"duty": duty, "slots": lines}


def _row(one: Report) -> dict[str, Any]:
    return {"report": one, "words": in_words(period_of(one))}


def _spelled(request: DeskRequest) -> str:
    """A key of the period, or two days of the form."""
    since, until = request.POST.get("since", ""), request.POST.get("until", "")
    return request.POST.get("period", "") or f"{since}..{until or since}"


def _address(one: Report) -> str:
    return reverse("desk:report", args=[one.pk])
