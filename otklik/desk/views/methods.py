"""Методики: texts that help to work, with versions and readings. Визы: papers that go round the blocks."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST, require_safe

from otklik.accounts.models import Role
from otklik.common.errors import Refused
from otklik.common.today import today_in
from otklik.desk.coordination import chip_for, ways
from otklik.desk.forms.coordination import MethodForm, SheetForm
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import COORDINATES
from otklik.desk.sent_files import sent_files
from otklik.office.coordination.models import MethodNote, Visa, VisaSheet
from otklik.office.coordination.selectors import methods_of, sheets_of, unread_methods, visas_now
from otklik.office.coordination.services import papers

SHOWN = 60


@require_safe
@needs()
def methods(request: DeskRequest) -> HttpResponse:
    """Notes in force, those to be read first."""
    return _methods(request, MethodForm(request.municipality))


@require_POST
@needs(*papers.METHOD_MAKERS)
def method_new(request: DeskRequest) -> HttpResponse:
    """«Выпустить»."""
    form = MethodForm(request.municipality, request.POST)
    if not form.is_valid():
        return _methods(request, form)
    files = sent_files(request)
    made = papers.issue_method(request.municipality, form.told(), files, request.user, timezone.now())
    return done(request, f"Материал «{made.title}» выпущен", reverse("desk:method", args=[made.pk]))


@require_safe
@needs()
def method(request: DeskRequest, key: int) -> HttpResponse:
    """One note: the version in force, who has read it, the versions before."""
    town = request.municipality
    found = get_object_or_404(methods_of(town), pk=key)
    newest, *before = list(found.versions.all())
    keeps = may(request, *papers.METHOD_MAKERS)
    readings = list(newest.readings.select_related("user"))
    waited = papers.readers_of(found, today_in(town)) if keeps else []
    read = {one.user_id for one in readings}
    context: dict[str, Any] = {
        "ways": ways(request, "methods"),
        "note": found,
        "audience": _audience(request, found),
        "version": newest,
        "files": newest.files.select_related("file"),
        "before": before,
        "readings": readings if keeps else [],
        "waited": [one for one in waited if one.pk not in read],
        "is_mine": found in unread_methods(request.user, request.rights, town),
        "has_read": request.user.pk in read,
        "may_issue": keeps and not found.withdrawn_at,
    }
    return page_or_part(request, "coordination/method", context)


@require_POST
@needs()
def method_deed(request: DeskRequest, key: int, name: str) -> HttpResponse:
    """Read, renew, withdraw."""
    found, now = get_object_or_404(methods_of(request.municipality), pk=key), timezone.now()
    match name:
        case "read":
            papers.read_method(found, request.user, now)
            said = "Отмечено: вы ознакомлены"
        case "renew":
            text, why = request.POST.get("text", ""), request.POST.get("why", "")
            papers.renew_method(found, text, why, sent_files(request), request.user, now)
            said = "Новая версия выпущена"
        case "withdraw":
            papers.withdraw_method(found, request.user, now)
            said = "Материал снят"
        case _:
            raise Http404
    return done(request, said, reverse("desk:method", args=[found.pk]))


@require_safe
@needs(*COORDINATES)
def visas(request: DeskRequest) -> HttpResponse:
    """Papers that go round, those that wait first."""
    return _visas(request, SheetForm(request.municipality))


@require_POST
@needs("office.organise", "office.chair")
def visa_new(request: DeskRequest) -> HttpResponse:
    """«Направить на визы»."""
    form = SheetForm(request.municipality, request.POST)
    if not form.is_valid():
        return _visas(request, form)
    data = form.cleaned_data
    made = papers.send_round(
        request.municipality,
        data["title"],
        data["text"],
        data["due"],
        data["blocks"],
        request.user,
        timezone.now(),
    )
    return done(request, f"{made}: блоки извещены", reverse("desk:visa", args=[made.pk]))


@require_safe
@needs(*COORDINATES)
def visa(request: DeskRequest, key: int) -> HttpResponse:
    """One paper with the words of blocks by editions."""
    found = get_object_or_404(sheets_of(request.municipality), pk=key)
    now = visas_now(found)
    heads = may(request, "accounts.name_specialists")
    context: dict[str, Any] = {
        "ways": ways(request, "visas"),
        "sheet": found,
        "chip": _chip(request, found),
        "visas": [
            {
                "visa": one,
                "may_put": heads and not one.decision and one.block_key in request.rights.block_keys,
            }
            for one in now
        ],
        "before": [one for one in found.visas.all() if one.edition < found.edition and one.decision],
        "may_renew": may(request, "office.organise", "office.chair"),
    }
    return page_or_part(request, "coordination/visa", context)


@require_POST
@needs("accounts.name_specialists", "office.organise", "office.chair")
def visa_deed(request: DeskRequest, key: int, name: str) -> HttpResponse:
    """Put the visa of a block; send a new edition round."""
    found, now = get_object_or_404(sheets_of(request.municipality), pk=key), timezone.now()
    match name:
        case "put":
            block = request.POST.get("visa", "")
            rows = Visa.objects.filter(sheet=found).select_related("municipality")
            mine = rows.filter(pk=int(block)).first() if block.isdecimal() else None
            if mine is None:
                raise Http404
            decision, words = request.POST.get("decision", ""), request.POST.get("words", "")
            papers.put_visa(mine, decision, words, request.user, now)
            said = "Виза поставлена"
        case "edition":
            due = parse_date(request.POST.get("due") or " ")
            if due is None:
                raise Refused("Укажите, к какому дню нужны визы.")
            papers.new_edition(found, request.POST.get("text", ""), due, request.user, now)
            said = "Новая редакция направлена блокам"
        case _:
            raise Http404
    return done(request, said, reverse("desk:visa", args=[found.pk]))


def _methods(request: DeskRequest, form: MethodForm) -> HttpResponse:
    town = request.municipality
    mine = {note.pk for note in unread_methods(request.user, request.rights, town)}
    rows = [
        {
            "note": note,
            "version": next(iter(note.versions.all()), None),
            "audience": _audience(request, note),
            "is_mine": note.pk in mine,
        }
        for note in methods_of(town)[:SHOWN]
    ]
    context: dict[str, Any] = {
        "ways": ways(request, "methods"),
        "rows": sorted(rows, key=lambda one: not one["is_mine"]),
        "mine": len(mine),
        "form": form if may(request, *papers.METHOD_MAKERS) else None,
    }
    return page_or_part(request, "coordination/methods", context, status=422 if form.is_bound else 200)


def _audience(request: DeskRequest, note: MethodNote) -> str:
    if not note.audience:
        return "для всех"
    roles = Role.objects.filter(municipality=request.municipality, key__in=note.audience)
    return ", ".join(title.lower() for title in roles.order_by("position").values_list("title", flat=True))


def _visas(request: DeskRequest, form: SheetForm) -> HttpResponse:
    rows = []
    for sheet in sheets_of(request.municipality)[:SHOWN]:
        put = visas_now(sheet)
        rows.append(
            {
                "sheet": sheet,
                "put": sum(bool(one.decision) for one in put),
                "asked": len(put),
                "remarks": sum(one.decision == "remarks" for one in put),
                "chip": _chip(request, sheet),
            }
        )
    context: dict[str, Any] = {
        "ways": ways(request, "visas"),
        "rows": sorted(rows, key=lambda one: one["put"] == one["asked"]),
        "form": form if may(request, "office.organise", "office.chair") else None,
    }
    return page_or_part(request, "coordination/visas", context, status=422 if form.is_bound else 200)


def _chip(request: DeskRequest, sheet: VisaSheet) -> Any:
    put = visas_now(sheet)
    ended = max((one.at for one in put if one.at), default=None) if all(one.decision for one in put) else None
    return chip_for(request.municipality, sheet.due, "визы блоков", ended)
