"""Timers of campaigns: propose before a season, close steps whose posts are out, count effects."""

from django.utils import timezone

from otklik.common.everywhere import everywhere
from otklik.common.models import Municipality
from otklik.risks.campaigns.services import propose, remind_to_revise, settle_posts, watch_effects


def propose_campaigns() -> int:
    """Look for what calls for a campaign and for lists to be looked through; returns new calls. Safe to run twice."""
    return everywhere(_propose)


def settle_steps() -> int:
    """Close steps whose posts are all out; returns how many."""
    return everywhere(lambda municipality: settle_posts(municipality, timezone.now()))


def count_effects() -> int:
    """Count the effect of every campaign whose appeals are watched; returns how many."""
    return everywhere(lambda municipality: watch_effects(municipality, timezone.now()))


def _propose(municipality: Municipality) -> int:
    made = propose(municipality, timezone.now())
    remind_to_revise(municipality, timezone.now())
    return len(made)
