"""Календарь угроз: the year as a ribbon and a table, a threat with its history and forecast, revisions of the list."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.charter.values import ParameterValue
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.today import today_in
from otklik.desk.campaign_look import Asked, ThreatRow, days_words, ribbon_of
from otklik.desk.forms.campaigns import ThreatForm
from otklik.desk.page import done, may, needs, page_or_part, tried, version_in
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CAMPAIGNS
from otklik.risks.campaigns import services
from otklik.risks.campaigns.flows import seasons_came, told_ahead
from otklik.risks.campaigns.models import Campaign, Revision, Threat
from otklik.risks.campaigns.seasons import Climate, climate_words
from otklik.risks.campaigns.selectors import (
    climate_of,
    climate_parameters,
    coming,
    last_revision,
    revise_months,
    revision_is_due,
    season_of,
    threats_of,
    threats_on,
)
from otklik.risks.selectors import WORKS
from otklik.topics.models import Topic

YEARS_BACK, YEARS_AHEAD = 5, 2
MOST_REVISIONS = 6
YEARS_OF_HISTORY = 2


@require_safe
@needs(*SEES_CAMPAIGNS)
def threats(request: DeskRequest) -> HttpResponse:
    """The calendar of a year."""
    town, today = request.municipality, today_in(request.municipality)
    year, climate = _year(request, today), climate_of(town)
    standing = list(threats_on(town))
    campaigns = _campaigns(town)
    rows = _rows(town, standing, campaigns, today, climate)
    moving = [one.coming.threat for one in rows if one.coming.threat.kind != "constant"]
    here = {one.coming.threat.pk for one in rows}
    asked = [
        Asked(
            one.pk,
            one.title,
            season_of(one).in_year(year, climate),
            one.warn_weeks,
            [Period(each.since, each.until) for each in campaigns.get(one.pk, [])],
        )
        for one in moving
    ]
    context: dict[str, Any] = {
        "year": year,
        "today": today,
        "ribbon": ribbon_of(year, asked, today),
        "rows": [one for one in rows if one.coming.threat.kind != "constant"],
        "constant": [one for one in standing if one.kind == "constant"],
        "none_here": [one for one in standing if one.pk not in here],
        "off": list(threats_of(town).filter(is_on=False)),
        "climate": climate_words(climate),
        "climate_keys": _unsure(climate_parameters(town)),
        "last": last_revision(town),
        "revisions": list(Revision.objects.filter(municipality=town)[:MOST_REVISIONS]),
        "is_due": revision_is_due(town, today),
        "months": revise_months(town),
        "before": year - 1 if year > today.year - YEARS_BACK else None,
        "after": year + 1 if year < today.year + YEARS_AHEAD else None,
        "may_work": may(request, WORKS),
    }
    return page_or_part(request, "campaigns/threats", context)


def _unsure(found: list[ParameterValue]) -> list[ParameterValue]:
    return [one for one in found if one.needs_confirmation]


def _year(request: DeskRequest, today: date) -> int:
    said = request.GET.get("year", "")
    year = int(said) if said.isdigit() and len(said) == 4 else today.year
    return min(max(year, today.year - YEARS_BACK), today.year + YEARS_AHEAD)


def _campaigns(town: Municipality) -> dict[int, list[Campaign]]:
    """Campaigns of the threats, the newest first."""
    found: dict[int, list[Campaign]] = {}
    rows = Campaign.objects.filter(municipality=town, threat__isnull=False).exclude(state="cancelled")
    for one in rows.order_by("-since", "-pk"):
        found.setdefault(one.threat_id or 0, []).append(one)
    return found


def _rows(
    town: Municipality,
    standing: list[Threat],
    campaigns: dict[int, list[Campaign]],
    today: date,
    climate: Climate,
) -> list[ThreatRow]:
    """Threats by the day to begin warning."""
    found = [one for one in (coming(one, today, climate) for one in standing) if one is not None]
    came = seasons_came(
        town,
        {one.threat.pk: (one.threat.topics, one.year_ago) for one in found if one.threat.kind != "constant"},
    )
    rows = [
        ThreatRow(
            one,
            came.get(one.threat.pk),
            next((each for each in campaigns.get(one.threat.pk, []) if each.until >= one.warn), None),
            today,
        )
        for one in found
    ]
    return sorted(rows, key=lambda row: (row.coming.warn, row.coming.threat.title))


@require_safe
@needs(*SEES_CAMPAIGNS)
def threat(request: DeskRequest, key: int) -> HttpResponse:
    """One threat: when it comes here, what past seasons brought, what the next one is foretold to bring."""
    town, today = request.municipality, today_in(request.municipality)
    found = get_object_or_404(threats_of(town), pk=key)
    climate = climate_of(town)
    season = season_of(found)
    next_one = coming(found, today, climate)
    stretches = (
        season.stretch(year, climate) for year in range(today.year - YEARS_OF_HISTORY, today.year + 1)
    )
    past = [period for period in stretches if period is not None and period.since <= today]
    came = seasons_came(town, {place: (found.topics, period) for place, period in enumerate(past)})
    told = (
        told_ahead(town, found.topics, next_one.period, today)
        if next_one and found.kind != "constant"
        else None
    )
    context: dict[str, Any] = {
        "threat": found,
        "coming": next_one,
        "days": days_words(next_one.period) if next_one else "",
        "past": [(period, came[place]) for place, period in enumerate(past)],
        "told": told,
        "climate": climate_words(climate),
        "topics": list(Topic.objects.filter(key__in=found.topics).values_list("title", flat=True)),
        "campaigns": list(found.campaigns.select_related("post").prefetch_related("effects")[:20]),
        "calls": list(found.calls.all()[:10]),
        "today": today,
        "may_work": may(request, WORKS),
    }
    return page_or_part(request, "campaigns/threat", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(WORKS)
def edit(request: DeskRequest, key: int = 0) -> HttpResponse:
    """A new threat or a change of one; days are shown as they fall here."""
    town = request.municipality
    found = get_object_or_404(threats_of(town), pk=key) if key else None
    here = _here(found, town) if found else ("", "")
    form = ThreatForm(
        town, request.POST or None, initial=ThreatForm.of_threat(found, here) if found else None
    )
    if request.method == "POST" and form.is_valid():
        by, now = request.user, timezone.now()
        if found is None:
            saved = services.add_threat(town, form.told(), by, now)
            return done(request, f"Записано: {saved.title}", reverse("desk:threat", args=[saved.pk]))
        known = version_in(request)
        if tried(form, lambda: services.change_threat(found, form.told(), here, known, by, now)):
            return done(request, f"Записано: {form.told().title}", reverse("desk:threat", args=[found.pk]))
    context = {"form": form, "threat": found, "climate": climate_words(climate_of(town))}
    return page_or_part(request, "campaigns/threat_edit", context, status=422 if form.is_bound else 200)


def _here(found: Threat, town: Municipality) -> tuple[str, str]:
    """The days «MM-DD» of a threat as they fall in this climate; those of the middle belt where it has no season."""
    period = season_of(found).stretch(today_in(town).year, climate_of(town))
    if period is None:
        return found.begins, found.ends
    return f"{period.since:%m-%d}", f"{period.until:%m-%d}"


@require_POST
@needs(WORKS)
def adopt(request: DeskRequest) -> HttpResponse:
    """«Взять начальный перечень»."""
    count = services.adopt_starter(request.municipality, request.user, timezone.now())
    return done(
        request,
        f"Внесено угроз: {count}. Просмотрите перечень и запишите, что решено",
        reverse("desk:threats"),
    )


@require_POST
@needs(WORKS)
def revise(request: DeskRequest) -> HttpResponse:
    """«Перечень просмотрен» with what was decided."""
    services.revise(request.municipality, request.POST.get("words", ""), request.user, timezone.now())
    return done(request, "Пересмотр записан", reverse("desk:threats"))


@require_POST
@needs(WORKS)
def deed(request: DeskRequest, key: int, name: str) -> HttpResponse:
    """«Исключить» with the reason, «Вернуть»."""
    found = get_object_or_404(threats_of(request.municipality), pk=key)
    match name:
        case "off":
            services.take_off(found, request.POST.get("why", ""), request.user, timezone.now())
            told = "Исключена из перечня"
        case "back":
            services.put_back(found, request.user, timezone.now())
            told = "Возвращена в перечень"
        case _:
            raise Http404
    return done(request, f"{found.title}: {told}", reverse("desk:threat", args=[found.pk]))
