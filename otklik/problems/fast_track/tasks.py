"""Timers of fast-track mechanisms: propose what recurs every morning, measure the gain every week."""

from django.utils import timezone

from otklik.common.everywhere import everywhere
from otklik.common.models import Municipality
from otklik.problems.fast_track.selectors import mechanisms_of
from otklik.problems.fast_track.services import measure_gain, propose


def find_recurring() -> int:
    """Look for topics that come back in every municipality; returns new proposals. Safe to run twice."""
    return everywhere(lambda municipality: len(propose(municipality, timezone.now())))


def measure_gains() -> int:
    """Measure every mechanism in force; returns how many could be measured."""
    return everywhere(_measure_gains)


def _measure_gains(municipality: Municipality) -> int:
    in_force = mechanisms_of(municipality).filter(state="in_force")
    return sum(measure_gain(mechanism, timezone.now()) is not None for mechanism in in_force)
