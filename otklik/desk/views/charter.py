"""Parameters of the charter with badges: confirm and change."""

import json
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST, require_safe
from pydantic import JsonValue

from otklik.audit.services import record
from otklik.charter import selectors
from otklik.charter.models import MARKS
from otklik.charter.selectors import CharterMissingError
from otklik.charter.services import change_parameter, confirm_parameter
from otklik.charter.values import ParameterValue, say_value
from otklik.common.errors import Refused
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest


@require_safe
@needs("charter.view")
def parameters(request: DeskRequest) -> HttpResponse:
    """Every parameter in force; those that need a confirmation first."""
    found = selectors.parameters_of(request.municipality).values()
    rows = sorted(found, key=lambda one: (not one.needs_confirmation, one.key))
    only = request.GET.get("only") == "unconfirmed"
    shown = [described(one) for one in rows if one.needs_confirmation or not only]
    context = {"rows": shown, "unconfirmed": sum(one.needs_confirmation for one in rows), "only": only}
    return page_or_part(request, "charter/parameters", context)


def described(value: ParameterValue) -> dict[str, Any]:
    """A parameter with its value and mark in words."""
    return {"value": value, "words": say_value(value.value), "mark": dict(MARKS)[value.mark]}


def find_parameter(request: DeskRequest, key: str) -> ParameterValue:
    """The value in force; 404 for a key the charter does not have."""
    try:
        return selectors.parameter(request.municipality, key)
    except CharterMissingError:
        raise Http404 from None


@require_safe
@needs("charter.view")
def parameter(request: DeskRequest, key: str) -> HttpResponse:
    """One parameter: value, source, history, the deeds."""
    value = find_parameter(request, key)
    history = [
        {"row": row, "words": say_value(row.value), "mark": dict(MARKS)[row.mark]}
        for row in selectors.history_of(request.municipality, key)
    ]
    typed = value.value if isinstance(value.value, str) else json.dumps(value.value, ensure_ascii=False)
    context = described(value) | {
        "history": history,
        "typed": typed,
        "may_confirm": may(request, "charter.confirm"),
    }
    return page_or_part(request, "charter/parameter", context)


@require_POST
@needs("charter.confirm")
def confirm(request: DeskRequest, key: str) -> HttpResponse:
    """The operator has checked the value; its badge goes."""
    value = find_parameter(request, key)
    row = confirm_parameter(request.municipality, key, request.user, timezone.localdate())
    record(row, "charter.parameter_confirmed", request.user, request.municipality, title=request.rights.title)
    return done(request, f"Подтверждено: {value.title}", reverse("desk:parameters"))


@require_POST
@needs("charter.confirm")
def change(request: DeskRequest, key: str) -> HttpResponse:
    """Add a local value with its source; the earlier rows stay."""
    value = find_parameter(request, key)
    row = change_parameter(
        request.municipality,
        key,
        read_value(request.POST.get("value", ""), value.value),
        request.POST.get("source", ""),
        request.user,
        timezone.localdate(),
        parse_date(request.POST.get("valid_from", "")),
    )
    record(row, "charter.parameter_changed", request.user, request.municipality, title=request.rights.title)
    return done(request, f"Изменено: {value.title}", reverse("desk:parameter", args=[key]))


def read_value(typed: str, current: JsonValue) -> JsonValue:
    """The typed value in the kind of the current one; text stays text."""
    if isinstance(current, str):
        return typed.strip()
    try:
        read: JsonValue = json.loads(typed.strip().replace(",", ".") if isinstance(current, float) else typed)
    except ValueError:
        raise Refused(
            "Значение не прочитано. Число пишите цифрами, список — в скобках, да/нет — true/false."
        ) from None
    return read
