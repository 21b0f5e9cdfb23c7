"""The effect on record: counted by the timer week after week against the forecast frozen on approval."""

from datetime import datetime, timedelta

from django.db import transaction

from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common.models import Municipality
from otklik.common.today import day_in
from otklik.risks.campaigns.flows import picture_of
from otklik.risks.campaigns.models import Campaign, EffectCount
from otklik.risks.campaigns.words import AGREED

AFTER = timedelta(weeks=2)
"""The last whole week of the watch is counted when it has passed."""


@carries_out("DEM-RISK-3.3")
@transaction.atomic
def count_effect(campaign: Campaign, now: datetime) -> EffectCount | None:
    """Count the effect and keep it, once for a week; None while no week of the watch has passed."""
    picture = picture_of(campaign, day_in(campaign.municipality, now))
    if picture.until is None:
        return None
    saved = picture.saved
    kept, is_new = EffectCount.objects.get_or_create(
        campaign=campaign,
        until=picture.until,
        defaults={
            "municipality": campaign.municipality,
            "at": now,
            "verdict": saved.verdict,
            "words": saved.words[:500],
            "came": saved.came,
            "expected": saved.expected,
            "avoided": saved.avoided,
            "low": saved.low,
            "high": saved.high,
            "against": saved.against[:500],
        },
    )
    if is_new:
        record(campaign, "campaigns.effect_counted", None, campaign.municipality, why=saved.words[:300])
    return kept


def watch_effects(municipality: Municipality, now: datetime) -> int:
    """Count every approved campaign whose appeals are watched; returns how many were counted."""
    today = day_in(municipality, now)
    rows = Campaign.objects.filter(
        municipality=municipality, state__in=AGREED, watch_since__lte=today, watch_until__gte=today - AFTER
    )
    return sum(
        count_effect(one, now) is not None for one in rows.select_related("municipality").order_by("pk")
    )
