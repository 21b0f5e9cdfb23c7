"""KPI: targets handed down, plan and fact, the way and the end foretold; directions of development."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.analytics.models import FactMark
from otklik.analytics.targets.models import Direction, Target
from otklik.analytics.targets.rules import STATES
from otklik.analytics.targets.selectors import (
    Stand,
    asked_by_charter,
    directions_of,
    stand_of,
    stands_of,
    targets_of,
)
from otklik.analytics.targets.services import (
    change_target,
    drop_target,
    end_direction,
    hand_down,
    say_target,
    set_direction,
)
from otklik.common import words
from otklik.common.errors import Refused
from otklik.common.periods import say_period
from otklik.desk.cuts import list_address
from otklik.desk.forms.targets import ChangeForm, DirectionForm, TargetForm
from otklik.desk.frame import SEES_CASES
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.spark import spark
from otklik.desk.views.measures import DIGITS, cell_of
from otklik.topics.models import Block

MOST = 40
SIGNS = {
    "met": "c-done",
    "goes": "c-ok",
    "risk": "c-soon",
    "fails": "c-over",
    "missed": "c-over",
    "waits": "c-pause",
    "nothing": "c-pause",
}


@require_safe
@needs("analytics.view")
def kpi(request: DeskRequest) -> HttpResponse:
    """Targets of running and past periods, those that run first; directions beside."""
    town, today = request.municipality, timezone.localdate()
    found = sorted(targets_of(town)[:MOST], key=lambda one: (one.until < today, one.until, one.measure))
    stands = stands_of(found, town, today)
    blocks = dict(Block.objects.filter(municipality=town).values_list("key", "title"))
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in stands:
        groups.setdefault(say_period(one.period), []).append(row_of(one, blocks))
    planned = {one.measure.key for one in stands if one.period.until >= today}
    context: dict[str, Any] = {
        "groups": list(groups.items()),
        "bare": [one.title for one in asked_by_charter(town) if one.key not in planned],
        "directions": list(directions_of(town)[:20]),
        "today": today,
        "may_plan": may(request, "analytics.targets"),
        "form": TargetForm(town, auto_id="target-%s").offer_periods(today),
        "direction_form": DirectionForm(town, auto_id="direction-%s"),
        "mark": FactMark.objects.filter(municipality=town).first(),
    }
    return page_or_part(request, "kpi/kpi", context)


def row_of(stand: Stand, blocks: dict[str, str]) -> dict[str, Any]:
    """A target in words: plan, fact, end, state, the drawn way."""
    target, measure = stand.target, stand.measure
    return {
        "target": target,
        "title": measure.title,
        "block": blocks.get(target.block, ""),
        "post": target.post.title if target.post else "",
        "plan": f"{'не ниже' if target.is_floor else 'не выше'} {number(stand, target.plan)}",
        "fact": cell_of(measure, stand.fact),
        "end": number(stand, stand.end.number) if stand.end else "",
        "bounds": f"{number(stand, stand.end.low)} – {number(stand, stand.end.high)}"
        if stand.end
        and stand.end.low is not None
        and stand.end.high is not None
        and stand.end.low != stand.end.high
        else "",
        "state": stand.state,
        "says": STATES[stand.state],
        "sign": SIGNS[stand.state],
        "spark": spark([one.so_far.number for one in stand.way], target.plan),
    }


def number(stand: Stand, value: float | None) -> str:
    """A number of the measure with its unit."""
    if value is None:
        return "—"
    measure = stand.measure
    said = words.number(value, DIGITS[measure.unit] if not float(value).is_integer() else None)
    return said if measure.unit in ("шт", "балл") else f"{said} {measure.unit}"


@require_POST
@needs("analytics.targets")
def target_new(request: DeskRequest) -> HttpResponse:
    """«Довести показатель»."""
    today = timezone.localdate()
    form = TargetForm(request.municipality, request.POST).offer_periods(today)
    if not form.is_valid():
        raise Refused(_first_fault(form.errors))
    made = hand_down(request.municipality, form.told(), request.user, timezone.now())
    return done(request, f"Доведено: {say_target(made)}", reverse("desk:kpi"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("analytics.view")
def target(request: DeskRequest, key: int) -> HttpResponse:
    """One target: its way by weeks or months, its changes; the form of a change for those who plan."""
    town, today = request.municipality, timezone.localdate()
    found = get_object_or_404(targets_of(town), pk=key)
    may_plan = may(request, "analytics.targets")
    form = ChangeForm(town, request.POST or None, initial={"plan": found.plan, "post": found.post_id})
    if request.method == "POST":
        if not may_plan:
            raise Refused("План меняет тот, кто его доводит: координатор или куратор.")
        if form.is_valid():
            data = form.cleaned_data
            change_target(found, data["plan"], data["post"], data["why"], request.user, timezone.now())
            return done(request, "План изменён", reverse("desk:target", args=[found.pk]))
    stand = stand_of(found, town, today)
    blocks = dict(Block.objects.filter(municipality=town).values_list("key", "title"))
    listed = may(request, *SEES_CASES)
    context: dict[str, Any] = {
        "row": row_of(stand, blocks),
        "formula": stand.measure.formula,
        "days": say_period(stand.period),
        "steps": [
            {
                "days": say_period(one.period),
                "alone": cell_of(stand.measure, one.alone),
                "so_far": cell_of(stand.measure, one.so_far),
                "href": list_address(one.period, {"block": found.block} if found.block else {})
                if listed
                else "",
            }
            for one in stand.way
        ],
        "target": found,
        "form": form,
        "may_plan": may_plan,
    }
    return page_or_part(request, "kpi/target", context, status=422 if form.is_bound else 200)


@require_POST
@needs("analytics.targets")
def target_drop(request: DeskRequest, key: int) -> HttpResponse:
    """Take a target back with a reason."""
    found = get_object_or_404(Target, pk=key, municipality=request.municipality)
    drop_target(found, request.POST.get("why", ""), request.user, timezone.now())
    return done(request, "Показатель отменён", reverse("desk:kpi"))


@require_POST
@needs("analytics.targets")
def direction_new(request: DeskRequest) -> HttpResponse:
    """«Утвердить направление»."""
    form = DirectionForm(request.municipality, request.POST)
    if not form.is_valid():
        raise Refused(_first_fault(form.errors))
    data, today = form.cleaned_data, timezone.localdate()
    set_direction(request.municipality, data["text"], data["ground"], today, request.user, timezone.now())
    return done(request, "Направление утверждено", reverse("desk:kpi"))


@require_POST
@needs("analytics.targets")
def direction_end(request: DeskRequest, key: int) -> HttpResponse:
    """«Завершить»."""
    found = get_object_or_404(Direction, pk=key, municipality=request.municipality)
    end_direction(found, request.user, timezone.localdate())
    return done(request, "Направление завершено", reverse("desk:kpi"))


def _first_fault(errors: Any) -> str:
    """The first fault of a form as one sentence."""
    name, faults = next(iter(errors.items()))
    label = {"measure": "Показатель", "period": "Период", "plan": "Число", "text": "Направление"}.get(
        name, ""
    )
    return f"{label}: {faults[0]}" if label else str(faults[0])
