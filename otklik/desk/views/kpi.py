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
from otklik.analytics.targets.selectors import Stand, asked_by_charter, directions_of, stand_of
from otklik.analytics.targets.services import (
    change_target,
    drop_target,
    end_direction,
    hand_down,
    say_target,
    set_direction,
)
from otklik.common.errors import Refused
from otklik.common.periods import say_period
from otklik.desk.charts import way_to
from otklik.desk.drawings import drawn
from otklik.desk.forms.targets import ChangeForm, DirectionForm, TargetForm
from otklik.desk.kpi import SCREEN, KpiAsked, kpi_asked, name_of, number, plan, plan_words, way
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.sight import say_sight
from otklik.desk.summary import address_of
from otklik.desk.views.measures import cell_of

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
@needs(*SCREEN.needs)
def kpi(request: DeskRequest) -> HttpResponse:
    """Targets of running and past periods, those that run first; directions beside."""
    asked, town = kpi_asked(request), request.municipality
    today, address = asked.today, address_of(request)
    charts = drawn(
        request, SCREEN.key, {name_of(days): plan(asked, days, rows) for days, rows in asked.groups}
    )
    planned = {one.measure.key for one in asked.stands if one.period.until >= today}
    context: dict[str, Any] = {
        "groups": [
            (say_period(days), [row_of(asked, one, address) for one in stands], charts[name_of(days)])
            for days, stands in asked.groups
        ],
        "bare": [one.title for one in asked_by_charter(town) if one.key not in planned]
        if asked.sight.is_whole
        else [],
        "limits": say_sight(asked.sight, town),
        "directions": list(directions_of(town)[:20]),
        "today": today,
        "may_plan": may(request, "analytics.targets"),
        "form": TargetForm(town, auto_id="target-%s").offer_periods(today),
        "direction_form": DirectionForm(town, auto_id="direction-%s"),
        "mark": FactMark.objects.filter(municipality=town).first(),
    }
    return page_or_part(request, "kpi/kpi", context)


def row_of(asked: KpiAsked, stand: Stand, address: str) -> dict[str, Any]:
    """A target in words: plan, fact with its cases, end, state."""
    target, measure = stand.target, stand.measure
    return {
        "target": target,
        "title": measure.title,
        "block": asked.blocks.get(target.block, ""),
        "post": target.post.title if target.post else "",
        "plan": plan_words(stand),
        "fact": cell_of(measure, stand.fact),
        "href": way_to(asked.behind(stand, stand.period), address) if stand.fact.number is not None else "",
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
    }


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
    asked, town = kpi_asked(request), request.municipality
    found = get_object_or_404(asked.targets, pk=key)
    may_plan = may(request, "analytics.targets")
    form = ChangeForm(town, request.POST or None, initial={"plan": found.plan, "post": found.post_id})
    if request.method == "POST":
        if not may_plan:
            raise Refused("План меняет тот, кто его доводит: координатор или куратор.")
        if form.is_valid():
            data = form.cleaned_data
            change_target(found, data["plan"], data["post"], data["why"], request.user, timezone.now())
            return done(request, "План изменён", reverse("desk:target", args=[found.pk]))
    stand = stand_of(found, town, asked.today)
    context: dict[str, Any] = {
        "row": row_of(asked, stand, address_of(request)),
        "formula": stand.measure.formula,
        "days": say_period(stand.period),
        "way": drawn(request, SCREEN.key, {f"way-{found.pk}": way(asked, stand)})[f"way-{found.pk}"],
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
