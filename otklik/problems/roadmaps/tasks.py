"""Timers of roadmaps: reminders in the morning, the effect and the return of the flow once a day. Safe to run twice."""

from django.utils import timezone

from otklik.common.everywhere import everywhere
from otklik.problems.roadmaps.services import remind, watch_flows


def remind_of_measures() -> int:
    """Tell of measures due soon, today and late; returns how many were told of."""
    return everywhere(lambda municipality: remind(municipality, timezone.now()))


def count_effects() -> int:
    """Count effects of roadmaps whose measures are done; returns how many."""
    return everywhere(lambda municipality: watch_flows(municipality, timezone.now()))
