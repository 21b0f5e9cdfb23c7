"""What a new risk opens with: a case, a post or a finding named in the address, read by `risks.prefill`."""

from dataclasses import replace
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404

from otklik.cases.models import Case
from otklik.cases.selectors import get_case_for
from otklik.channels.models import RawMessage
from otklik.desk.page import may
from otklik.desk.request import DeskRequest
from otklik.risks.models import Sighting
from otklik.risks.noticing import NETWORKS
from otklik.risks.prefill import from_case, from_raw, from_sighting
from otklik.risks.selectors import watched_pages
from otklik.risks.services import Seen

FIELDS = ("title", "gist", "source", "kind", "link", "text", "place_words")
KEYS = ("page", "topic", "settlement", "post")
Row = TypeVar("Row", bound=Model)


def asked_of(request: DeskRequest) -> QueryDict:
    """The words of the address, or of the form that was sent."""
    return request.POST if request.method == "POST" else request.GET


def seen_in(request: DeskRequest) -> Seen:
    """What `case`, `raw`, `sighting` or `watched` names; an empty card for nothing. Raises Http404 out of sight."""
    asked = asked_of(request)
    named = {name: asked.get(name, "") for name in ("sighting", "case", "raw", "watched")}
    if named["sighting"]:
        return from_sighting(
            _row(Sighting.objects.filter(municipality=request.municipality), named["sighting"])
        )
    if named["case"]:
        return from_case(_case(request, named["case"]))
    if named["raw"]:
        return from_raw(_raw(request, named["raw"]))
    empty = Seen(title="", gist="")
    if named["watched"].isdecimal():
        page = watched_pages(request.municipality).filter(pk=named["watched"]).first()
        return replace(empty, page=page, link=page.url if page else "")
    return empty


def _case(request: DeskRequest, number: str) -> Case:
    try:
        return get_case_for(request.user, request.municipality, number, request.rights)
    except Case.DoesNotExist:
        raise Http404 from None


def _raw(request: DeskRequest, key: str) -> RawMessage:
    """Posts of networks are open to everybody; other messages only to who may read the raw tray."""
    raw = _row(RawMessage.objects.filter(municipality=request.municipality), key)
    if raw.channel.kind not in NETWORKS and not may(request, "channels.view_raw"):
        raise Http404
    if "outer_id" not in raw.payload:
        raise Http404
    return raw


def _row(rows: QuerySet[Row], key: str) -> Row:
    if not key.isdecimal():
        raise Http404
    return get_object_or_404(rows, pk=key)


def opened_with(seen: Seen) -> dict[str, Any]:
    """Fields of the card as they stand before the person touches them."""
    named = {name: getattr(seen, name).pk if getattr(seen, name) else None for name in KEYS}
    return {**{name: getattr(seen, name) for name in FIELDS}, **named, **vars(seen.reach)}


def ground_words(seen: Seen) -> str:
    """Where the card comes from, in a sentence; empty for one entered by hand."""
    if seen.sighting is not None:
        return f"Находка: {seen.sighting.reason}"
    if seen.case is not None:
        return f"Карточка {seen.case.number}"
    return f"Запись из канала «{seen.raw.channel.title}»" if seen.raw is not None else ""
