"""Timers of campaigns: propose before a season, close steps whose posts are out, count effects."""

from django.utils import timezone

from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.risks.campaigns.services import propose, remind_to_revise, settle_posts, watch_effects


def propose_campaigns() -> int:
    """Look for what calls for a campaign and for lists to be looked through; returns new calls. Safe to run twice."""
    made = 0
    for municipality in Municipality.objects.all():
        with within(municipality.pk):
            made += len(propose(municipality, timezone.now()))
            remind_to_revise(municipality, timezone.now())
    return made


def settle_steps() -> int:
    """Close steps whose posts are all out; returns how many."""
    closed = 0
    for municipality in Municipality.objects.all():
        with within(municipality.pk):
            closed += settle_posts(municipality, timezone.now())
    return closed


def count_effects() -> int:
    """Count the effect of every campaign whose appeals are watched; returns how many."""
    counted = 0
    for municipality in Municipality.objects.all():
        with within(municipality.pk):
            counted += watch_effects(municipality, timezone.now())
    return counted
