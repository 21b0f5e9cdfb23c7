"""Questions about campaigns: the climate and the calendar, what calls, what waits, how a campaign stands."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet

from otklik.accounts.models import User
from otklik.accounts.selectors import Rights
from otklik.charter.selectors import CharterMissingError, charter_of, parameter, parameters_of
from otklik.charter.values import ParameterValue
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.today import day_in
from otklik.common.words import capitalised
from otklik.outreach.content.models import Post
from otklik.outreach.content.selectors import posts_about
from otklik.problems.roadmaps.selectors import Waiting
from otklik.risks.campaigns.models import (
    Campaign,
    CampaignCall,
    CampaignStep,
    EffectCount,
    Revision,
    Threat,
    Visa,
)
from otklik.risks.campaigns.rules import StepPlan, Thresholds, lacks_of, overdue_revision
from otklik.risks.campaigns.seasons import Climate, Edge, Season, warn_from
from otklik.risks.campaigns.words import LIVE

PAGE = "/campaigns/"
APPROVES = "outreach.approve"
ASK, STEP = "согласование кампании", "шаг кампании"
MOST_WAITING = 20
REVISE = "campaigns.revise_months"
USUAL_MONTHS = 3
YEAR = timedelta(weeks=52)


@dataclass(frozen=True)
class Coming:
    """A threat with its running or next season and the day to begin warning; `year` is where the season begins."""

    threat: Threat
    year: int
    period: Period
    warn: date

    @property
    def year_ago(self) -> Period:
        """The same weeks a year before."""
        return Period(self.period.since - YEAR, self.period.until - YEAR)

    def is_now(self, today: date) -> bool:
        """Whether it is time to warn and not too late: the last week of a season is."""
        return self.warn <= today <= self.period.until - timedelta(weeks=1)


def climate_of(municipality: Municipality, on: date | None = None) -> Climate:
    """The weeks by which spring and autumn of the town differ from the middle belt."""
    return Climate(
        _weeks(municipality, "climate.spring_weeks", on), _weeks(municipality, "climate.autumn_weeks", on)
    )


def climate_parameters(municipality: Municipality) -> list[ParameterValue]:
    """What the climate rests on, for the badge «требует подтверждения»."""
    known = parameters_of(municipality)
    return [known[key] for key in ("climate.spring_weeks", "climate.autumn_weeks") if key in known]


def _weeks(municipality: Municipality, key: str, on: date | None) -> int:
    return _whole(municipality, key, 0, on)


def _whole(municipality: Municipality, key: str, usual: int, on: date | None = None) -> int:
    try:
        value = parameter(municipality, key, on).value
    except CharterMissingError:
        return usual
    return value if isinstance(value, int) else usual


def thresholds_of(municipality: Municipality) -> Thresholds:
    """When a forecast calls for a campaign here; what the charter does not name is as in the product."""
    usual = Thresholds()
    named = {
        one.name: _whole(municipality, f"campaigns.{one.name}", getattr(usual, one.name))
        for one in fields(Thresholds)
    }
    return Thresholds(**named)


def season_of(threat: Threat) -> Season:
    """The days of the middle belt and how they move."""
    return Season(Edge(threat.begins, threat.begins_by), Edge(threat.ends, threat.ends_by))


def coming(threat: Threat, today: date, climate: Climate) -> Coming | None:
    """The season that runs or the next one; None where the climate leaves none of it."""
    found = season_of(threat).coming(today, climate)
    if found is None:
        return None
    year, period = found
    return Coming(threat, year, period, warn_from(period, threat.warn_weeks))


def threats_of(municipality: Municipality) -> QuerySet[Threat]:
    """The list of threats, those taken off too."""
    return Threat.objects.filter(municipality=municipality)


def threats_on(municipality: Municipality) -> QuerySet[Threat]:
    """Threats that stand in the list."""
    return threats_of(municipality).filter(is_on=True)


def last_revision(municipality: Municipality) -> Revision | None:
    """When the list was looked through last."""
    return Revision.objects.filter(municipality=municipality).first()


def revise_months(municipality: Municipality) -> int:
    """How often the list must be looked through, months."""
    return _whole(municipality, REVISE, USUAL_MONTHS)


def revision_is_due(municipality: Municipality, today: date) -> bool:
    """Whether the list of threats waits to be looked through; an empty list waits for nobody."""
    if not threats_on(municipality).exists():
        return False
    last = last_revision(municipality)
    return overdue_revision(
        day_in(municipality, last.at) if last else None, revise_months(municipality), today
    )


def calls_of(municipality: Municipality) -> QuerySet[CampaignCall]:
    """Topics that need a campaign, the newest first."""
    rows = CampaignCall.objects.filter(municipality=municipality)
    return rows.select_related("threat", "topic", "campaign", "alert__outgoing")


def waiting_calls(municipality: Municipality, today: date) -> QuerySet[CampaignCall]:
    """Calls no campaign answers yet, nobody has refused and time has not passed."""
    rows = calls_of(municipality).filter(state__in=["open", "told"], until__gte=today)
    return rows.order_by("since", "pk")


def campaigns_of(municipality: Municipality) -> QuerySet[Campaign]:
    """All campaigns, the newest first, with what a list shows of them."""
    rows = Campaign.objects.filter(municipality=municipality).select_related("post", "threat")
    newest = EffectCount.objects.order_by("-until", "-pk")
    return (
        rows.annotate(
            of=Count("steps", filter=~Q(steps__state="dropped"), distinct=True),
            done=Count("steps", filter=Q(steps__state="done"), distinct=True),
        )
        .prefetch_related(Prefetch("effects", newest))
        .order_by("-since", "-pk")
    )


def campaign_whole(municipality: Municipality, key: int) -> QuerySet[Campaign]:
    """The campaign with everything its card shows."""
    steps = CampaignStep.objects.select_related("post", "material", "file").prefetch_related("pages")
    return (
        Campaign.objects.filter(municipality=municipality, pk=key)
        .select_related(
            "municipality",
            "post__body",
            "threat",
            "call",
            "risk",
            "problem",
            "finding",
            "made_by",
            "approved_by",
        )
        .prefetch_related(
            Prefetch("steps", steps.order_by("at", "pk")),
            Prefetch("visas", Visa.objects.select_related("post").order_by("turn", "pk")),
            "participations",
            "effects",
        )
    )


def live_about(municipality: Municipality, **origin: object) -> Campaign | None:
    """A campaign in work for this threat, risk, problem or finding."""
    return Campaign.objects.filter(municipality=municipality, state__in=LIVE, **origin).first()


def posts_of(campaign: Campaign) -> list[Post]:
    """Posts of the campaign in the content plan, by their time."""
    rows = posts_about(campaign.municipality, campaign.about)
    return list(rows.select_related("page", "material").order_by("planned_at", "pk"))


def steps_of(campaign: Campaign) -> list[CampaignStep]:
    """Steps that are not dropped, by their time."""
    rows = campaign.steps.exclude(state="dropped").prefetch_related("pages").order_by("at", "pk")
    return list(rows)


def lacks(campaign: Campaign, steps: Sequence[CampaignStep]) -> list[str]:
    """What the campaign lacks to be sent for approval."""
    plans = [
        StepPlan(one.kind, one.title, one.text, one.kind != "post" or bool(one.pages.all()))
        for one in steps
        if one.state != "dropped"
    ]
    return lacks_of(plans, campaign.post_id)


def visas_waiting(municipality: Municipality, rights: Rights) -> QuerySet[Visa]:
    """Visas asked of the person's posts."""
    rows = Visa.objects.filter(
        municipality=municipality, campaign__state="approval", post_id__in=rights.post_ids, decision=""
    )
    return rows.select_related("campaign", "post").order_by("asked_at", "pk")


def waiting_for(user: User, municipality: Municipality, rights: Rights, now: datetime) -> list[Waiting]:
    """What campaigns wait of the person for: visas, the last word, steps of the person's posts due by now."""
    visas = [
        _waiting(one.campaign, "согласовать") for one in visas_waiting(municipality, rights)[:MOST_WAITING]
    ]
    words = [_waiting(one, "утвердить") for one in _unapproved(user, municipality, rights)]
    mine = Q(post_id__in=rights.post_ids) | Q(post=None, campaign__post_id__in=rights.post_ids)
    steps = CampaignStep.objects.filter(
        mine, municipality=municipality, state="planned", campaign__state="running", at__lte=now
    )
    done = [
        Waiting(
            one.title, day_in(municipality, one.at), f"{PAGE}{one.campaign_id}/#step-{one.pk}", STEP, True
        )
        for one in steps.order_by("at", "pk")[:MOST_WAITING]
    ]
    return [*visas, *words, *done]


def _unapproved(user: User, municipality: Municipality, rights: Rights) -> QuerySet[Campaign]:
    rows = Campaign.objects.filter(municipality=municipality, state="approval").exclude(made_by=user)
    if APPROVES not in rights.permissions:
        return rows.none()
    return rows.exclude(pk__in=Visa.objects.filter(decision="").values("campaign"))[:MOST_WAITING]


def _waiting(one: Campaign, deed: str) -> Waiting:
    return Waiting(f"{capitalised(deed)} кампанию {one}", one.since, f"{PAGE}{one.pk}/", ASK, False)


def is_officer(municipality: Municipality, rights: Rights) -> bool:
    """Whether the person is the officer of risks the charter names."""
    named = charter_of(municipality).risks.officer
    return named is not None and named in rights.role_keys


def counts_of(municipality: Municipality) -> dict[str, int]:
    """How many campaigns stand in each state."""
    rows = Campaign.objects.filter(municipality=municipality).values_list("state").annotate(n=Count("pk"))
    return dict(rows.order_by("state"))
