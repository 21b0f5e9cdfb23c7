"""Кампании: what calls for one, the list, and the start from whatever asked for it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.analytics.criteria.models import Finding
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import last_days
from otklik.common.today import today_in
from otklik.desk.campaign_look import avoided_words, opening_of
from otklik.desk.forms.campaigns import CallForm, CampaignForm
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CAMPAIGNS
from otklik.problems.models import Problem
from otklik.problems.words import LIVE_STATES
from otklik.risks.campaigns import services
from otklik.risks.campaigns.models import Campaign, CampaignCall, Threat
from otklik.risks.campaigns.selectors import (
    calls_of,
    campaigns_of,
    climate_of,
    coming,
    counts_of,
    revision_is_due,
    threats_on,
    waiting_calls,
)
from otklik.risks.campaigns.words import LIVE
from otklik.risks.chat.services import alert_chat
from otklik.risks.models import Risk
from otklik.risks.selectors import WORKS, risks_for

PAGE_SIZE = 25
MOST = 8
SPIKE_DAYS = 14
SHOWN = {"": "В работе", "done": "Завершённые", "all": "Все"}
STATES_SHOWN = {"": LIVE, "done": ("done", "cancelled"), "all": (*LIVE, "done", "cancelled")}


@require_safe
@needs(*SEES_CAMPAIGNS)
def campaigns(request: DeskRequest) -> HttpResponse:
    """Topics that call for a campaign, then campaigns; those in work first."""
    town, today = request.municipality, today_in(request.municipality)
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    found = campaigns_of(town).filter(state__in=STATES_SHOWN[show])
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    calls, counts = list(waiting_calls(town, today)[:PAGE_SIZE]), counts_of(town)
    context: dict[str, Any] = {
        "opening": opening_of(len(calls), counts.get("running", 0), counts.get("approval", 0)),
        "calls": calls,
        "today": today,
        "rows": [row_of(one) for one in page],
        "page": page,
        "shown": [(title, f"?show={key}", key == show) for key, title in SHOWN.items()],
        "show": show,
        "may_work": may(request, WORKS),
        "has_chat": alert_chat(town) is not None,
        "revise": revision_is_due(town, today),
        "call_form": CallForm(town, auto_id="call-%s"),
    }
    return page_or_part(request, "campaigns/list", context)


def row_of(campaign: Campaign) -> dict[str, Any]:
    """A campaign of the list with its newest effect."""
    effect = next(iter(campaign.effects.all()), None)
    return {"one": campaign, "effect": effect, "avoided": avoided_words(effect) if effect else ""}


@require_safe
@needs(WORKS)
def new(request: DeskRequest) -> HttpResponse:
    """«Из чего начать»: everything a campaign may be started from, each by one button."""
    town, today = request.municipality, today_in(request.municipality)
    busy = Campaign.objects.filter(municipality=town, state__in=LIVE)
    context: dict[str, Any] = {
        "calls": list(waiting_calls(town, today)[:MOST]),
        "threats": _threats(town, set(busy.filter(threat__isnull=False).values_list("threat", flat=True))),
        "risks": list(
            risks_for(town, request.rights)
            .exclude(state="closed")
            .exclude(pk__in=busy.filter(risk__isnull=False).values("risk"))
            .select_related("topic")[:MOST]
        ),
        "problems": list(
            Problem.objects.filter(municipality=town, state__in=LIVE_STATES)
            .exclude(state="proposed")
            .exclude(pk__in=busy.filter(problem__isnull=False).values("problem"))[:MOST]
        ),
        "findings": _spikes(town, last_days(today, SPIKE_DAYS)),
        "today": today,
    }
    return page_or_part(request, "campaigns/new", context)


def _threats(town: Municipality, busy: set[int]) -> list[Any]:
    """The nearest seasons without a campaign."""
    today, climate = today_in(town), climate_of(town)
    rows = (
        coming(one, today, climate) for one in threats_on(town).exclude(kind="constant").exclude(pk__in=busy)
    )
    found = [one for one in rows if one is not None]
    return sorted(found, key=lambda one: (one.warn, one.threat.title))[:MOST]


def _spikes(town: Municipality, period: Period) -> list[Finding]:
    """Findings of the last days about a topic, the newest first."""
    rows = Finding.objects.filter(municipality=town, criterion__cut="topic", until__gte=period.since)
    return list(
        rows.exclude(decision="usual").exclude(campaigns__state__in=LIVE).order_by("-at", "-pk")[:MOST]
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(WORKS)
def own(request: DeskRequest) -> HttpResponse:
    """A campaign of one's own, by a form."""
    town, today = request.municipality, today_in(request.municipality)
    days = {"since": today, "until": today, "watch_since": today, "watch_until": today}
    form = CampaignForm(town, request.POST or None, initial=days)
    if request.method == "POST" and form.is_valid():
        made = services.start(town, form.told(), request.user, timezone.now())
        return done(request, "План начат: внесите шаги", address(made))
    context = {"form": form, "campaign": None}
    return page_or_part(request, "campaigns/edit", context, status=422 if form.is_bound else 200)


@require_POST
@needs(WORKS)
def start(request: DeskRequest, kind: str, key: int) -> HttpResponse:
    """«Начать кампанию» in one step from a threat, a call, a risk, a problem or a finding."""
    made = services.start_from(_origin(request, kind, key), request.user, timezone.now())
    return done(request, f"Начата кампания № {made.number}: проверьте тексты и шаги", address(made))


def _origin(request: DeskRequest, kind: str, key: int) -> Threat | CampaignCall | Risk | Problem | Finding:
    town = request.municipality
    match kind:
        case "threat":
            return get_object_or_404(threats_on(town).select_related("municipality"), pk=key)
        case "call":
            return get_object_or_404(calls_of(town).select_related("municipality", "threat", "topic"), pk=key)
        case "risk":
            return get_object_or_404(risks_for(town, request.rights), pk=key)
        case "problem":
            return get_object_or_404(
                Problem.objects.select_related("topic", "settlement"), pk=key, municipality=town
            )
        case "finding":
            return get_object_or_404(Finding.objects.select_related("criterion"), pk=key, municipality=town)
        case _:
            raise Http404


@require_POST
@needs(WORKS)
def call_new(request: DeskRequest) -> HttpResponse:
    """A topic that needs a campaign, written by hand."""
    form = CallForm(request.municipality, request.POST)
    if not form.is_valid():
        raise Refused("Выберите тему, назовите дни и напишите, почему нужна кампания.")
    data = form.cleaned_data
    if data["until"] < data["since"]:
        raise Refused("Угроза кончается раньше, чем начинается: поменяйте дни.")
    period = Period(data["since"], data["until"])
    services.call_by_hand(
        request.municipality, data["topic"], data["why"], period, request.user, timezone.now()
    )
    return done(request, "Тема записана", reverse("desk:campaigns") + "#calls")


@require_POST
@needs(WORKS)
def call_deed(request: DeskRequest, key: int, name: str) -> HttpResponse:
    """«Передать в алерт-чат», «Не нужна»."""
    found = get_object_or_404(calls_of(request.municipality), pk=key)
    match name:
        case "tell":
            services.tell_chat(found, request.user, timezone.now())
            told = f"Передано в алерт-чат: {found.title}"
        case "refuse":
            services.refuse_call(found, request.POST.get("why", ""), request.user, timezone.now())
            told = f"Кампания не нужна: {found.title}"
        case _:
            raise Http404
    return done(request, told, reverse("desk:campaigns") + "#calls")


def address(campaign: Campaign, anchor: str = "") -> str:
    """The card of the campaign."""
    return reverse("desk:campaign", args=[campaign.pk]) + anchor
