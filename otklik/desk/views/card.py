"""Карточка: everything known of a case, the draft with its hints, and the deeds allowed now."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from otklik.cases import services
from otklik.cases.models import Case
from otklik.cases.rules import UNDOABLE
from otklik.cases.selectors import (
    Card,
    CaseFilter,
    card_for,
    get_case_done_by,
    get_case_for,
    neighbour,
    originals_of,
)
from otklik.cases.services import DraftConflict
from otklik.cases.states import ANSWER_KINDS
from otklik.common.errors import Refused
from otklik.common.words import clock
from otklik.deadlines.selectors import calendar_of
from otklik.desk.beside import asked_beside, errands_beside, problems_beside, risks_beside
from otklik.desk.card import card_context, hints_of, pick_map, unfit_of
from otklik.desk.deeds import DEEDS, first_values
from otklik.desk.page import done, may, needs, page_or_part, part
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CASES
from otklik.desk.talk import reply_style
from otklik.desk.unfetched import asked_unfetched
from otklik.desk.way import TRAY, after_deed, card_address, count_decision, in_tray, undo_address
from otklik.risks.selectors import is_kept


def find(request: DeskRequest, number: str) -> Case:
    """The case behind the door; 404 for what one may not see."""
    try:
        return get_case_for(request.user, request.municipality, number, request.rights)
    except Case.DoesNotExist:
        raise Http404 from None


@require_safe
@needs(*SEES_CASES)
def card(request: DeskRequest, number: str) -> HttpResponse:
    """The whole card."""
    try:
        beside = {**asked_beside(request), **asked_unfetched()}
        found = card_for(request.user, request.municipality, number, request.rights, beside)
    except Case.DoesNotExist:
        raise Http404 from None
    return page_or_part(request, "card/card", shown(request, found))


@require_safe
@needs(*SEES_CASES)
def beside(request: DeskRequest, number: str, side: str) -> HttpResponse:
    """The next or the previous card of the list in the address; at its end the same card and a word about it."""
    case, conditions = find(request, number), CaseFilter.from_query(request.GET)
    if side not in ("next", "previous"):
        raise Http404
    found = neighbour(
        case,
        request.user,
        request.municipality,
        conditions,
        timezone.now(),
        request.rights,
        side == "previous",
    )
    if not found:
        end = "началу списка" if side == "previous" else "концу списка"
        messages.info(request, f"Вы пришли к {end}: дальше карточек нет.")
    return redirect(card_address(found or number, conditions.to_query()))


def shown(request: DeskRequest, found: Card) -> dict[str, Any]:
    """The card's context with what this person may do."""
    now, calendar = timezone.now(), calendar_of(request.municipality)
    context = card_context(found, now, calendar)
    behind = CaseFilter.from_query(request.GET).to_query()
    return context | {
        "list_query": behind,
        "watch": f"&{urlencode({'number': found.case.number, 'list': behind})}",
        "may_see_personal": may(request, "cases.view_personal"),
        "may_join": may(request, "cases.join"),
        "may_work": may(request, "cases.work"),
        "may_fetch": may(request, "cases.work", "cases.assign"),
        "may_send": may(request, "cases.send_answer", "channels.manage"),
        "may_read_journal": may(request, "audit.view"),
        "may_give_errand": may(request, "office.errands"),
        "problems": problems_beside(found.case),
        "risks": risks_beside(found.case),
        "may_raise_risk": may(request, "risks.work") and is_kept(request.municipality),
        "errands": errands_beside(found.case, now, calendar),
        "answer_kinds": ANSWER_KINDS,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*SEES_CASES)
def deed(request: DeskRequest, number: str, key: str) -> HttpResponse:
    """GET asks what the deed needs (a dialog or a page); POST does it."""
    case = find(request, number)
    if key not in DEEDS:
        raise Http404
    known = DEEDS[key]
    sent = request.POST if request.method == "POST" else None
    form = known.form(request.municipality, sent, initial=first_values(key, case))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                known.run(case, form.cleaned_data, request.user, timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return deed_done(request, case, key)
    context = {
        "case": case,
        "deed": known,
        "key": key,
        "form": form,
        "way": TRAY if in_tray(request) else "",
        "map": pick_map(case) if key == "set_place" else None,
    }
    return page_or_part(request, "card/deed", context, status=422 if form.is_bound else 200)


def deed_done(request: DeskRequest, case: Case, key: str) -> HttpResponse:
    """The toast of a deed with its undo, and the way on."""
    waited = case.needs_triage
    case.refresh_from_db(fields=["needs_triage"])
    if in_tray(request):
        count_decision(request, case.number, waited, case.needs_triage)
    says = DEEDS[key].says
    undo_to = undo_address(request, case.number) if key in UNDOABLE else ""
    said = f"{case.number}: {says[:1].lower()}{says[1:]}"
    return done(request, said, after_deed(request, case), undo_to)


@require_POST
@needs(*SEES_CASES)
def undo(request: DeskRequest, number: str) -> HttpResponse:
    """Take back one's own last deed while nothing has happened since; a deed of its own in the history."""
    try:
        case = find(request, number)
    except Http404:
        case = find_done(request, number)
    undone = services.undo_last(case, request.user, timezone.now())
    if in_tray(request):
        count_decision(request, number, case.needs_triage, undone.needs_triage)
    return done(request, f"{number}: отменено", after_deed(request, undone))


def find_done(request: DeskRequest, number: str) -> Case:
    """A case that one's own last deed has taken out of sight."""
    try:
        return get_case_done_by(request.user, request.municipality, number)
    except Case.DoesNotExist:
        raise Http404 from None


@require_POST
@needs("cases.work")
def draft(request: DeskRequest, number: str) -> HttpResponse:
    """Save the text being typed; a stale version gets the conflict bar, never an overwrite."""
    case = find(request, number)
    version = request.POST.get("version", "0")
    try:
        saved = services.save_draft(
            case,
            request.POST.get("text", ""),
            request.POST.get("kind") or "explained",
            parse_date(request.POST.get("promise_on", "")),
            int(version) if version.isdigit() else 0,
            request.user,
            request.POST.get("way", ""),
        )
    except DraftConflict as conflict:
        return part(request, "card/_conflict", {"current": conflict.current, "case": case}, status=409)
    if request.htmx or request.headers.get("HX-Request"):
        return JsonResponse({"version": saved.version, "words": saved_words(saved.saved_at, saved.version)})
    return redirect("desk:card", number)


def saved_words(at: datetime, version: int) -> str:
    """«версия 2 · сохранено 9:41»."""
    return f"версия {version} · сохранено {clock(timezone.localtime(at))}"


@require_GET
@needs(*SEES_CASES)
def hints(request: DeskRequest, number: str) -> HttpResponse:
    """Hints on the saved draft: they never block signing."""
    found = card_for(request.user, request.municipality, find(request, number).number, request.rights)
    context = {
        "hints": hints_of(found),
        "case": found.case,
        "unfit": unfit_of(found),
        "style": reply_style(found),
    }
    return part(request, "card/_hints", context)


@require_POST
@needs("cases.view_personal")
def personal(request: DeskRequest, number: str) -> HttpResponse:
    """The text as it came and the applicant; the reading is journaled."""
    case = find(request, number)
    original = services.reveal_personal(case, request.user, timezone.now(), request.POST.get("why", ""))
    context = {
        "case": case,
        "original": original,
        "applicant": case.applicant,
        "said": originals_of(case),
    }
    return page_or_part(request, "card/personal", context)


@require_POST
@needs(*SEES_CASES)
def note(request: DeskRequest, number: str) -> HttpResponse:
    """A line to colleagues."""
    case = find(request, number)
    services.add_note(case, request.POST.get("text", ""), request.user)
    return done(request, f"{number}: заметка добавлена", f"{reverse('desk:card', args=[number])}#notes")


@require_POST
@needs("cases.join")
def twin(request: DeskRequest, number: str, other: str) -> HttpResponse:
    """Join to the like case, or say that they are not alike."""
    case, main = find(request, number), find(request, other)
    here = reverse("desk:card", args=[number])
    if request.POST.get("decision") == "refuse":
        services.refuse_twin(case, main, request.user, timezone.now())
        return done(request, f"{other}: не похожа, больше не предложим", here)
    services.join_case(case, main, request.user, timezone.now())
    return deed_done(request, case, "join")
