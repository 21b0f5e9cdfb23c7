"""Timers of the content plan; each is safe to run twice."""

from django.utils import timezone

from otklik.common.everywhere import everywhere_in_steps
from otklik.outreach.content.services import gather_reach, place_due


def place() -> int:
    """Let due posts go and take up the ends of those sent; returns how many are out."""
    now = timezone.now()
    return everywhere_in_steps(lambda municipality: place_due(municipality, now))


def count_reach() -> int:
    """Ask networks how posts do; returns how many answers were kept."""
    now = timezone.now()
    return everywhere_in_steps(lambda municipality: gather_reach(municipality, now))
