"""Координация: what burns and what waits, affairs with others by their kind, proposals with decisions."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST, require_safe

from otklik.accounts.models import Post
from otklik.common.errors import Refused
from otklik.common.today import today_in
from otklik.desk.coordination import TITLES, chip_for, ways
from otklik.desk.forms.coordination import AffairForm, ProposalForm
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import COORDINATES
from otklik.desk.sent_files import hand_out, sent_files
from otklik.office.coordination.models import Affair, Proposal
from otklik.office.coordination.process import effect_of
from otklik.office.coordination.selectors import (
    affairs_of,
    attachment_of,
    inquiry_lines,
    late_items,
    late_or_soon,
    plan_on,
    proposals_of,
    waiting_for,
)
from otklik.office.coordination.services.affairs import call_off, hold_affair, note_affair
from otklik.office.coordination.services.proposals import decide, propose
from otklik.topics.models import Block

SHOWN = 60
KINDS_OF_WAITING = {
    "request": "запрос ждёт ответа",
    "plan": "пункт плана",
    "visa": "ждёт визы",
    "proposal": "ждёт решения",
    "reading": "прочитайте",
}
EMPTY = {
    "outer_meeting": "Запишите совещание, на которое позвали центр: кто проводит, когда, кто идёт от центра.",
    "training": "Запишите учёбу: тему, день, кого учите и с кем. После — итог и материалы.",
    "cooperation": "Запишите встречу, письмо или договорённость с органом: с кем, о чём, что решили.",
    "support": "Запишите, чем администрация обеспечивает центр: помещение, доступ, средства, люди.",
    "process": "Запишите, что меняете в работе и с какого дня: качество до и после посчитается само.",
}


@require_safe
@needs(*COORDINATES)
def coordination(request: DeskRequest) -> HttpResponse:
    """One page about everything under coordination."""
    town, today = request.municipality, today_in(request.municipality)
    late = late_items(town, today).count()
    requests = [line for line in inquiry_lines(town, today) if line.is_open]
    undecided = proposals_of(town).filter(decision="")
    coming = affairs_of(town).filter(held_at=None, called_off_at=None).order_by("day", "pk")
    context: dict[str, Any] = {
        "ways": ways(request, "coordination"),
        "plan": plan_on(town, today),
        "late": late,
        "late_requests": sum(line.is_late for line in requests),
        "undecided": undecided.count(),
        "items": [
            {"item": item, "chip": chip_for(town, item.due, "по плану")}
            for item in late_or_soon(town, today)[:8]
        ],
        "coming": [
            {"affair": one, "kind": TITLES[one.kind], "chip": chip_for(town, one.day, one.get_kind_display())}
            for one in coming[:8]
        ],
        "waiting": [
            {
                "one": one,
                "kind": KINDS_OF_WAITING[one.kind],
                "chip": chip_for(town, one.due, KINDS_OF_WAITING[one.kind]) if one.due else None,
            }
            for one in waiting_for(request.user, request.rights, town, today)
        ],
    }
    return page_or_part(request, "coordination/coordination", context)


@require_safe
@needs(*COORDINATES)
def affairs(request: DeskRequest, kind: str) -> HttpResponse:
    """A register: what is ahead, what has been with its result, the form of a new one."""
    return _register(request, _known(kind), AffairForm(kind, request.municipality))


@require_POST
@needs("office.attend", "office.organise")
def affair_new(request: DeskRequest, kind: str) -> HttpResponse:
    """«Записать»."""
    form = AffairForm(_known(kind), request.municipality, request.POST)
    if not form.is_valid():
        return _register(request, kind, form)
    made = note_affair(request.municipality, form.told(), request.user, timezone.now())
    return done(request, f"Записано: {made}", reverse("desk:affair", args=[made.pk]))


def _known(kind: str) -> str:
    if kind not in TITLES:
        raise Http404
    return kind


def _register(request: DeskRequest, kind: str, form: AffairForm) -> HttpResponse:
    town, query = request.municipality, request.GET.get("q", "").strip()
    rows = affairs_of(town, kind)
    if query:
        rows = rows.filter(
            Q(title__icontains=query)
            | Q(result__icontains=query)
            | Q(with_whom__icontains=query)
            | Q(partner__name__icontains=query)
            | Q(partner__short_name__icontains=query)
        )
    blocks = dict(Block.objects.filter(municipality=town).values_list("key", "title"))
    context: dict[str, Any] = {
        "ways": ways(request, kind),
        "kind": kind,
        "title": TITLES[kind],
        "rows": [_line(request, one, blocks) for one in rows[:SHOWN]],
        "empty": EMPTY[kind],
        "form": form if may(request, "office.attend", "office.organise") else None,
        "query": query,
    }
    return page_or_part(request, "coordination/register", context, status=422 if form.is_bound else 200)


def _line(request: DeskRequest, affair: Affair, blocks: dict[str, str]) -> dict[str, Any]:
    came = [one for one in affair.participants.all() if one.came]
    with_whom = affair.partner.short_name if affair.partner else affair.with_whom
    return {
        "affair": affair,
        "with_whom": with_whom,
        "block_title": blocks.get(affair.block_key, ""),
        "chip": chip_for(request.municipality, affair.day, "день", affair.held_on)
        if not affair.called_off_at
        else None,
        "came": len(came),
        "asked": len(affair.participants.all()),
    }


@require_safe
@needs(*COORDINATES)
def affair(request: DeskRequest, key: int) -> HttpResponse:
    """One affair: who takes part, its result, its papers; a change of the work shows quality before and after."""
    town = request.municipality
    found = get_object_or_404(affairs_of(town), pk=key)
    blocks = dict(Block.objects.filter(municipality=town).values_list("key", "title"))
    is_open = not found.held_at and not found.called_off_at
    context: dict[str, Any] = {
        **_line(request, found, blocks),
        "kind_title": TITLES[found.kind],
        "effect": effect_of(found, today_in(town)) if found.kind == "process" else None,
        "participants": list(found.participants.all()),
        "may_hold": is_open and may(request, "office.attend", "office.organise"),
        "today": today_in(town),
    }
    return page_or_part(request, "coordination/affair", context)


@require_POST
@needs("office.attend", "office.organise")
def affair_deed(request: DeskRequest, key: int, name: str) -> HttpResponse:
    """Write the result down, or call it off."""
    found, now = get_object_or_404(Affair, pk=key, municipality=request.municipality), timezone.now()
    match name:
        case "hold":
            day = parse_date(request.POST.get("day") or " ")
            if day is None:
                raise Refused("Укажите день, когда это состоялось.")
            came = Post.objects.filter(municipality=request.municipality, pk__in=_ids(request, "came"))
            files = sent_files(request)
            hold_affair(found, request.POST.get("result", ""), day, list(came), files, request.user, now)
            said = "Итог записан"
        case "off":
            call_off(found, request.POST.get("why", ""), request.user, now)
            said = "Отменено, участники извещены"
        case _:
            raise Http404
    return done(request, said, reverse("desk:affair", args=[found.pk]))


@require_safe
@needs(*COORDINATES)
def proposals(request: DeskRequest) -> HttpResponse:
    """Proposals that wait for a decision, then the decided ones."""
    return _proposals(
        request, ProposalForm(request.municipality, initial={"link": request.GET.get("link", "")})
    )


@require_POST
@needs("problems.recommend", "office.organise")
def proposal_new(request: DeskRequest) -> HttpResponse:
    """«Внести предложение»."""
    form = ProposalForm(request.municipality, request.POST)
    if not form.is_valid():
        return _proposals(request, form)
    made = propose(request.municipality, form.told(), request.user, timezone.now())
    return done(request, f"{made} внесено", reverse("desk:proposals"))


@require_POST
@needs("office.errands")
def proposal_decide(request: DeskRequest, key: int) -> HttpResponse:
    """Accept or decline."""
    found = get_object_or_404(Proposal, pk=key, municipality=request.municipality)
    said, due = request.POST.get("words", ""), parse_date(request.POST.get("due") or " ")
    decide(found, request.POST.get("decision", ""), said, due, request.user, timezone.now())
    return done(request, f"Решение по предложению № {found.number} записано", reverse("desk:proposals"))


def _proposals(request: DeskRequest, form: ProposalForm) -> HttpResponse:
    rows = list(proposals_of(request.municipality)[:SHOWN])
    context: dict[str, Any] = {
        "ways": ways(request, "proposals"),
        "rows": rows,
        "undecided": sum(not one.decision for one in rows),
        "form": form if may(request, "problems.recommend", "office.organise") else None,
        "may_decide": may(request, "office.errands"),
    }
    return page_or_part(request, "coordination/proposals", context, status=422 if form.is_bound else 200)


@require_safe
@needs(*COORDINATES, "cases.view_body", "charter.view")
def attached(request: DeskRequest, key: int) -> HttpResponseBase:
    """A file of a record; of a request sent out only to those who asked and those who were asked."""
    found = attachment_of(request.municipality, key)
    if found is None:
        raise Http404
    is_own = found.part is not None and found.part.body_id in request.rights.body_ids
    if not (may(request, *COORDINATES) or is_own or found.method_id or found.act_id):
        raise Http404
    return hand_out(found.file)


def _ids(request: DeskRequest, name: str) -> list[int]:
    return [int(value) for value in request.POST.getlist(name) if value.isdecimal()]
