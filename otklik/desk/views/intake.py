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
from otklik.channels.models import RawMessage
from otklik.channels.services import channel_of_kind, keep_raw
from otklik.desk.forms.intake import WAYS, NewCaseForm
from otklik.desk.frame import SEES_CASES
from otklik.desk.page import done, needs, page_or_part, part
from otklik.desk.request import DeskRequest

LONG_WORD = re.compile(r"[А-Яа-яЁё]{5,}")
TWIN_WORDS, TWIN_DAYS = 5, 60


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases.register")
def new(request: DeskRequest) -> HttpResponse:
    """The form, and what happens when it is sent."""
    form = NewCaseForm(request.municipality, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        raw = keep(request, form.cleaned_data)
        return done(request, "Карточка принята", reverse("desk:new_waiting", args=[raw.pk]))
    context = {"form": form, "ways": WAYS, "way": form["way"].value()}
    return page_or_part(request, "intake/new", context, status=422 if form.is_bound else 200)


def keep(request: DeskRequest, data: dict[str, Any]) -> RawMessage:
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
    )
    channel = channel_of_kind(request.municipality, data["way"])
    scans = [store_file(data["scan"], data["scan"].name, request.municipality)] if data["scan"] else []
    raw, _ = keep_raw(incoming, channel, files=scans)
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
