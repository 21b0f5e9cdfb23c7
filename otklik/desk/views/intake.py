"""Новая карточка: what a clerk types is kept first, then read by the worker; twin hints while typing."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from otklik.cases.models import Case
from otklik.cases.selectors import CaseFilter, list_page
from otklik.channels.files import store_file
from otklik.channels.incoming import Incoming
from otklik.channels.models import PhoneCall, RawMessage
from otklik.channels.services import channel_of_kind, keep_raw
from otklik.channels.services.calls import write_up
from otklik.desk.forms.intake import WAYS, NewCaseForm
from otklik.desk.page import done, needs, page_or_part, part
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CASES

LONG_WORD = re.compile(r"[А-Яа-яЁё]{5,}")
TWIN_WORDS, TWIN_DAYS = 5, 60


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases.register")
def new(request: DeskRequest) -> HttpResponse:
    """The form, and what happens when it is sent."""
    call = _call_of(request)
    form = NewCaseForm(
        request.municipality, request.POST or None, request.FILES or None, initial=_told_by(call)
    )
    if request.method == "POST" and form.is_valid():
        raw = keep(request, form.cleaned_data, call)
        return done(request, "Карточка принята", reverse("desk:new_waiting", args=[raw.pk]))
    context = {"form": form, "ways": WAYS, "way": form["way"].value(), "call": call}
    return page_or_part(request, "intake/new", context, status=422 if form.is_bound else 200)


def _call_of(request: DeskRequest) -> PhoneCall | None:
    """The call the card is written of; one that has a card, or is not ours, is none."""
    key = request.POST.get("call") or request.GET.get("call") or ""
    if not key.isdecimal() or len(key) > 18:
        return None
    return PhoneCall.objects.filter(municipality=request.municipality, pk=int(key), raw=None).first()


def _told_by(call: PhoneCall | None) -> dict[str, Any]:
    """What the call centre has told already; only the gist is left to write."""
    if call is None:
        return {}
    return {
        "call": call.pk,
        "way": "phone",
        "phone": call.number,
        "came_on": timezone.localtime(call.came_at),
    }


def keep(request: DeskRequest, data: dict[str, Any], call: PhoneCall | None = None) -> RawMessage:
    """Keep the typed message as it came; nothing reads it before it is kept."""
    place = data["settlement"]
    incoming = Incoming(
        outer_id=f"desk-{uuid4().hex}",
        text=data["text"],
        came_at=data["came_on"],
        author=data["author"],
        phone=data["phone"],
        email=data["email"],
        address=data["address"],
        is_identified=data["is_identified"],
        wants_appeal=data["wants_appeal"],
        settlement=place.name if place else "",
        street=data["street"],
        house=data["house"],
        clerk_id=request.user.pk,
        columns={"Запись разговора": call.recording} if call and call.recording else {},
    )
    channel = channel_of_kind(request.municipality, data["way"])
    scans = [store_file(data["scan"], data["scan"].name, request.municipality)] if data["scan"] else []
    raw, _ = keep_raw(incoming, channel, files=scans)
    if call:
        write_up(call, raw, request.user, timezone.now())
    return raw


@require_safe
@needs("cases.register")
def waiting(request: DeskRequest, key: int) -> HttpResponse:
    """Until the worker has read it; then the card opens by itself."""
    raw = RawMessage.objects.filter(municipality=request.municipality, pk=key).first()
    if raw is None:
        raise Http404
    case = Case.objects.filter(municipality=request.municipality, raw=raw).first()
    if case:
        return HttpResponseClientRedirect(reverse("desk:card", args=[case.number]))
    return page_or_part(request, "intake/waiting", {"raw": raw})


@require_POST
@needs("cases.register")
def twins(request: DeskRequest) -> HttpResponse:
    """Cards of the last weeks that share the longest words with what is being typed."""
    words = sorted(set(LONG_WORD.findall(request.POST.get("text", ""))), key=len, reverse=True)[:TWIN_WORDS]
    rows: list[Case] = []
    if len(words) >= 2 and request.rights.permissions.intersection(SEES_CASES):
        since = timezone.localdate() - timedelta(days=TWIN_DAYS)
        conditions = CaseFilter(q=" ".join(words[:2]), since=since.isoformat())
        rows = list_page(
            request.user, request.municipality, conditions, timezone.now(), "", 5, request.rights
        ).rows
    return part(request, "intake/_twins", {"rows": rows})
