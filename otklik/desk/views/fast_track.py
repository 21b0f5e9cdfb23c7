"""Ускорение: topics that come back, mechanisms of fast decision, their cases by stages and the measured gain."""

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.cases.selectors import CaseFilter, cases_for
from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.common.words import number, percent
from otklik.deadlines.clocks import FAST_STAGES
from otklik.desk.forms.fast_track import MeasureForm, MechanismForm, stage_title
from otklik.desk.page import done, may, needs, page_or_part, tried, version_in
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CASES
from otklik.problems.fast_track.models import Gain, Measure, Mechanism, Proposal
from otklik.problems.fast_track.rules import Side, bounds_of_share, in_days, say_gain
from otklik.problems.fast_track.selectors import (
    cases_of,
    is_running,
    last_gain,
    limit_of,
    measured,
    mechanisms_of,
    named_thresholds,
    proposals_of,
    stages_of,
    thresholds_of,
)
from otklik.problems.fast_track.services import (
    add_measure,
    approve,
    change,
    design,
    do_measure,
    refuse_proposal,
    stop,
)

DESIGNS = ("problems.manage", "problems.recommend")
SEES = (*DESIGNS, "analytics.view")
MOST = 30
MOST_CASES = 25


@require_safe
@needs(*SEES)
def mechanisms(request: DeskRequest) -> HttpResponse:
    """What the flow proposes, what is designed and what is in force."""
    town = request.municipality
    waiting = list(proposals_of(town).filter(state="open").order_by("-figures__repeated", "-at")[:MOST])
    found = list(mechanisms_of(town)[:MOST])
    newest: dict[int, Gain] = {}
    for gain in Gain.objects.filter(mechanism__in=found).order_by("at", "pk"):
        newest[gain.mechanism_id] = gain
    context: dict[str, Any] = {
        "proposals": [
            {"one": one, "href": _proposal_href(request, one), "figures": one.figures} for one in waiting
        ],
        "rows": [{"one": one, "gain": newest.get(one.pk)} for one in found],
        "in_force": sum(one.state == "in_force" for one in found),
        "drafts": sum(one.state == "draft" for one in found),
        "may_design": may(request, *DESIGNS),
        "note": charter_of(town).fast_track.note,
        "limit": limit_of(town),
        "asked": thresholds_of(town),
        "unconfirmed": any(one.needs_confirmation for one in named_thresholds(town)),
    }
    return page_or_part(request, "fast_track/list", context)


def _proposal_href(request: DeskRequest, proposal: Proposal) -> str:
    """Cases behind a proposal's figures, for those who may open the list."""
    if not may(request, *SEES_CASES):
        return ""
    days = {"since": proposal.since.isoformat(), "until": proposal.until.isoformat()}
    return f"{reverse('desk:list')}?{CaseFilter(topic=proposal.topic.key, **days).to_query()}"


@require_safe
@needs(*SEES)
def mechanism(request: DeskRequest, key: int) -> HttpResponse:
    """One mechanism: its design and measures, cases by stages, the gain."""
    town, now = request.municipality, timezone.now()
    found = get_object_or_404(mechanisms_of(town), pk=key)
    own = cases_of(found)
    seen = cases_for(request.user, town, request.rights) if may(request, *SEES_CASES) else None
    shown = list(own.filter(pk__in=seen.values("pk"))[:MOST_CASES]) if seen is not None else []
    gained = measured(found, now)
    context: dict[str, Any] = {
        "one": found,
        "stages": [(stage_title(clock.key), found.stages.get(clock.key)) for clock in FAST_STAGES],
        "cases": stages_of(shown),
        "all": own.aggregate(n=Count("pk"))["n"],
        "is_running": found.state != "in_force" or is_running(found),
        "gain_words": say_gain(gained) if found.approved_at else "",
        "gain_rows": _gain_rows(gained.before, gained.after) if found.approved_at else [],
        "kept": last_gain(found),
        "may_design": may(request, *DESIGNS),
        "may_approve": may(request, "problems.manage"),
        "measure_form": MeasureForm(town, auto_id="measure-%s"),
        "channels": ", ".join(found.channels),
    }
    return page_or_part(request, "fast_track/one", context)


def _gain_rows(before: Side, after: Side) -> list[tuple[str, list[tuple[str, str]]]]:
    """Lines of the comparison: a title and both sides, each with its bounds."""
    sides = (before, after)
    return [
        ("Карточек", [(number(side.cases), "") for side in sides]),
        (
            "Половина ответов позже чем через",
            [("—" if side.median is None else in_days(side.median), "") for side in sides],
        ),
        ("Быстрее 30 дней", [(_share(side), _bounds(side)) for side in sides]),
    ]


def _share(side: Side) -> str:
    return "—" if side.share is None else percent(side.share / 100)


def _bounds(side: Side) -> str:
    low, high = bounds_of_share(side)
    return "" if low is None or high is None else f"{number(low, 0)} – {number(high, 0)} %"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*DESIGNS)
def edit(request: DeskRequest, key: int = 0) -> HttpResponse:
    """A new mechanism, from a proposal when it is named, or a change of a draft."""
    town = request.municipality
    found = get_object_or_404(mechanisms_of(town), pk=key) if key else None
    asked = request.POST.get("proposal") or request.GET.get("proposal", "")
    proposal = proposals_of(town).filter(pk=int(asked)).first() if asked.isdecimal() else None
    opened = (
        MechanismForm.of_mechanism(found)
        if found
        else MechanismForm.of_proposal(proposal)
        if proposal
        else None
    )
    form = MechanismForm(town, request.POST or None, initial=opened)
    if request.method == "POST" and form.is_valid():
        if found is None:
            made = design(town, form.text(), request.user, timezone.now(), proposal)
            return done(request, f"Механизм № {made.number} записан", _page(made))
        if tried(form, lambda: change(found, form.text(), version_in(request), request.user)):
            return done(request, f"Механизм № {found.number} записан", _page(found))
    context = {"form": form, "one": found, "proposal": proposal}
    return page_or_part(request, "fast_track/edit", context, status=422 if form.is_bound else 200)


@require_POST
@needs(*DESIGNS)
def refuse(request: DeskRequest, key: int) -> HttpResponse:
    """«Не ускорять» with the reason."""
    proposal = get_object_or_404(proposals_of(request.municipality), pk=key)
    refuse_proposal(proposal, request.POST.get("words", ""), request.user, timezone.now())
    return done(request, f"Не ускоряем: {proposal.topic.title}", reverse("desk:fast_track"))


@require_POST
@needs(*DESIGNS)
def measure_new(request: DeskRequest, key: int) -> HttpResponse:
    """«Записать меру»."""
    found = get_object_or_404(mechanisms_of(request.municipality), pk=key)
    form = MeasureForm(request.municipality, request.POST)
    if not form.is_valid():
        raise Refused("Выберите вид меры и напишите, что делаем; день — числом.")
    data = form.cleaned_data
    add_measure(found, data["kind"], data["text"], data["post"], data["due_on"], request.user, timezone.now())
    return done(request, "Мера записана", _page(found))


@require_POST
@needs(*DESIGNS)
def measure_done(request: DeskRequest, key: int) -> HttpResponse:
    """«Исполнено» with what came of it."""
    found = get_object_or_404(Measure, pk=key, municipality=request.municipality)
    do_measure(found, request.POST.get("result", ""), request.user, timezone.now())
    return done(request, "Мера исполнена", _page(found.mechanism))


@require_POST
@needs("problems.manage")
def approval(request: DeskRequest, key: int) -> HttpResponse:
    """«Утвердить и включить»."""
    found = get_object_or_404(mechanisms_of(request.municipality), pk=key)
    approve(found, version_in(request), request.user, timezone.now())
    return done(request, f"Механизм № {found.number} действует", _page(found))


@require_POST
@needs("problems.manage")
def halt(request: DeskRequest, key: int) -> HttpResponse:
    """«Остановить» with the reason."""
    found = get_object_or_404(mechanisms_of(request.municipality), pk=key)
    stop(found, request.POST.get("words", ""), request.user, timezone.now())
    return done(request, f"Механизм № {found.number} остановлен", _page(found))


def _page(found: Mechanism) -> str:
    return reverse("desk:mechanism", args=[found.pk])
