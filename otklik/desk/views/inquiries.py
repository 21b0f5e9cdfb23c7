"""Запросы: materials the centre asks for and those it is asked for, on one screen; one request sent out."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST, require_safe

from otklik.common.today import today_in
from otklik.common.words import full_day, table_day
from otklik.desk.coordination import ASKED, TYPES, chip_for, paper, screen_of_requests, ways
from otklik.desk.forms.coordination import InquiryForm
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import COORDINATES
from otklik.desk.sent_files import sent_files
from otklik.office.coordination.models import Inquiry, InquiryPart
from otklik.office.coordination.paper import TablePaper, TablePart
from otklik.office.coordination.selectors import inquiries_of, inquiry_line, inquiry_lines
from otklik.office.coordination.services import inquiries
from otklik.reports.material_state import lines_of


@require_safe
@needs(*ASKED)
def requests(request: DeskRequest) -> HttpResponse:
    """Both directions, each by its term; who does not coordinate sees what the own bodies were asked."""
    town, today = request.municipality, today_in(request.municipality)
    own = None if may(request, *COORDINATES) else request.rights.body_ids
    sent = inquiry_lines(town, today, own)
    taken = lines_of(town, today) if may(request, "reports.view", "reports.compose") else []
    context: dict[str, Any] = {
        "sent": [_row(request, line) for line in sent],
        "taken": [
            {"line": line, "chip": chip_for(town, line.request.due, "запросу ЦУР") if line.is_open else None}
            for line in taken
        ],
        "open_sent": sum(line.is_open for line in sent),
        "late": sum(line.is_late and line.is_open for line in sent) + sum(line.is_late for line in taken),
        "open_taken": sum(line.is_open for line in taken),
        "sees_taken": may(request, "reports.view", "reports.compose"),
        "may_take": may(request, "reports.compose"),
        "may_ask": may(request, "office.errands"),
    }
    context["ways"] = ways(request, "requests") if may(request, *COORDINATES) else []
    name = "requests/requests"
    return page_or_part(request, name, context, screen=screen_of_requests(request, name))


@require_safe
@needs("office.errands")
def new(request: DeskRequest) -> HttpResponse:
    """The form of a request."""
    number = request.GET.get("case", "")
    return page_or_part(
        request, "requests/new", {"form": InquiryForm(request.municipality, initial={"number": number})}
    )


@require_POST
@needs("office.errands")
def ask(request: DeskRequest) -> HttpResponse:
    """«Запросить»."""
    form = InquiryForm(request.municipality, request.POST)
    if not form.is_valid():
        return page_or_part(request, "requests/new", {"form": form}, status=422)
    made = inquiries.ask(request.municipality, form.told(), request.user, timezone.now())
    return done(request, f"{made} отправлен, органы извещены", reverse("desk:inquiry", args=[made.pk]))


@require_safe
@needs(*ASKED)
def one(request: DeskRequest, key: int) -> HttpResponse:
    """One request: the part of each body with its deeds, the result made of the answers."""
    found = _find(request, key)
    line = inquiry_line(found, today_in(request.municipality))
    coordinates = may(request, *COORDINATES)
    parts = [
        {
            "part": part,
            "chip": chip_for(request.municipality, part.due, "ответ органа", part.answered_at)
            if line.is_open or part.answered_at
            else None,
            "may_answer": line.is_open
            and not part.answered_at
            and inquiries.may_answer(request.rights, part),
            "may_return": line.is_open and bool(part.answered_at) and may(request, "office.errands"),
            "may_note": line.is_open and part.body.is_external and may(request, "office.errands"),
        }
        for part in found.parts.select_related("body").prefetch_related("files__file")
        if coordinates or part.body_id in request.rights.body_ids
    ]
    context: dict[str, Any] = {
        "inquiry": found,
        "line": line,
        "chip": _row(request, line)["chip"],
        "parts": parts,
        "proposed": inquiries.proposed_result(found) if line.is_open and coordinates else "",
        "may_close": line.is_open and may(request, "office.errands"),
        "sees_result": coordinates,
    }
    name = "requests/inquiry"
    return page_or_part(request, name, context, screen=screen_of_requests(request, name))


@require_POST
@needs("office.errands", "cases.view_body", "office.attend")
def deed(request: DeskRequest, key: int, name: str) -> HttpResponse:
    """Answer, return, note the letter, assemble, withdraw."""
    found, now, text = _find(request, key), timezone.now(), request.POST.get("text", "")
    match name:
        case "answer":
            inquiries.answer_part(_part(request, found), text, sent_files(request), request.user, now)
            said = "Ответ записан"
        case "return":
            inquiries.return_part(_part(request, found), text, request.user)
            said = "Ответ возвращён органу"
        case "letter":
            day = parse_date(request.POST.get("day") or " ")
            inquiries.note_letter(_part(request, found), text, day, request.user)
            said = "Номер письма записан"
        case "assemble":
            inquiries.assemble(found, text, request.user, now)
            said = "Запрос собран и закрыт"
        case "withdraw":
            inquiries.withdraw(found, text, request.user, now)
            said = "Запрос снят, органы извещены"
        case _:
            raise Http404
    return done(request, said, reverse("desk:inquiry", args=[found.pk]))


@require_safe
@needs(*COORDINATES)
def inquiry_file(request: DeskRequest, key: int, form: str) -> HttpResponse:
    """The request with its answers as DOCX or PDF."""
    found = _find(request, key)
    if form not in TYPES:
        raise Http404
    rows = [
        [
            part.body.short_name,
            part.text or found.text,
            table_day(part.due),
            part.answer or "ответа нет",
            table_day(timezone.localtime(part.answered_at).date()) if part.answered_at else "",
        ]
        for part in found.parts.select_related("body")
    ]
    asked = TablePart(["Кого спросили", "О чём", "Срок", "Ответ", "Когда ответили"], [4, 5, 2, 8, 2], rows)
    result = TablePart(["Итог"], [1], [[found.result]]) if found.result else None
    day = full_day(timezone.localtime(found.asked_at).date())
    lines = [found.title, f"{found.get_kind_display()}, отправлен {day}, срок {table_day(found.due)}"]
    made = TablePaper(str(found), [asked, *([result] if result else [])], lines, wide=True)
    return paper(made, form, f"request-{found.number}")


def _row(request: DeskRequest, line: Any) -> dict[str, Any]:
    inquiry = line.inquiry
    chip = None
    if not inquiry.withdrawn_at:
        chip = chip_for(request.municipality, inquiry.due, "наш запрос", inquiry.closed_at)
    return {"line": line, "chip": chip}


def _find(request: DeskRequest, key: int) -> Inquiry:
    """The request; who does not coordinate opens only what the own bodies were asked."""
    rows = inquiries_of(request.municipality)
    found = get_object_or_404(rows, pk=key)
    asked = InquiryPart.objects.filter(inquiry=found, body__in=request.rights.body_ids)
    if not may(request, *COORDINATES) and not asked.exists():
        raise Http404
    return found


def _part(request: DeskRequest, found: Inquiry) -> InquiryPart:
    key = request.POST.get("part", "")
    rows = found.parts.select_related("body", "municipality")
    part = rows.filter(pk=int(key)).first() if key.isdecimal() else None
    if part is None:
        raise Http404
    part.inquiry = found
    return part
