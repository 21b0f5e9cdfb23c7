"""Queries that prove clauses of prevention: calls in the chat, the officer's part, campaigns held, the list of threats.

Exercises never count.
"""

from datetime import datetime

from django.db.models import Q, QuerySet

from otklik.charter.evidence import Evidence, counted, proves
from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import count
from otklik.risks.campaigns.models import Campaign, CampaignCall, CampaignStep, Participation, Revision
from otklik.risks.campaigns.selectors import PAGE, threats_on

THREATS = ("угроза", "угрозы", "угроз")


@proves("risks.campaign_calls")
def calls(municipality: Municipality, period: Period) -> Evidence:
    """Topics that need a campaign, told to the alert chat in the period: those that have left for the chat."""
    start, end = period.moments(municipality.time_zone)
    rows = CampaignCall.objects.filter(
        municipality=municipality, drill=False, told_at__gte=start, told_at__lt=end
    ).exclude(alert__outgoing__state="dead")
    return counted(rows, "told_at", f"{PAGE}#calls")


@proves("risks.campaigns")
def prepared(municipality: Municipality, period: Period) -> Evidence:
    """Parts the officer of risks took in preparing campaigns; where the charter names none, anybody's."""
    rows = _parts(municipality, *period.moments(municipality.time_zone)).filter(stage="prepare")
    campaigns = rows.values("campaign").distinct().count()
    return counted(rows, "at", PAGE, f"кампаний {campaigns}")


@proves("risks.campaigns_held")
def held(municipality: Municipality, period: Period) -> Evidence:
    """Steps of campaigns done in the period, posts among them; with how many campaigns were summed up."""
    start, end = period.moments(municipality.time_zone)
    rows = CampaignStep.objects.filter(
        municipality=municipality, campaign__drill=False, state="done", done_at__gte=start, done_at__lt=end
    )
    over = Campaign.objects.filter(
        municipality=municipality, drill=False, state="done", finished_at__gte=start, finished_at__lt=end
    )
    return counted(rows, "done_at", PAGE, f"завершено кампаний {over.count()}")


@proves("risks.threats")
def threats(municipality: Municipality, period: Period) -> Evidence:
    """Revisions of the list of seasonal and yearly threats; with how many threats stand in it."""
    start, end = period.moments(municipality.time_zone)
    rows = Revision.objects.filter(municipality=municipality, at__gte=start, at__lt=end)
    return counted(
        rows, "at", f"{PAGE}threats/", f"в перечне {count(threats_on(municipality).count(), *THREATS)}"
    )


def _parts(municipality: Municipality, start: datetime, end: datetime) -> QuerySet[Participation]:
    whose = Q(is_officer=True) if charter_of(municipality).risks.officer else Q()
    return Participation.objects.filter(
        whose, municipality=municipality, campaign__drill=False, at__gte=start, at__lt=end
    )
