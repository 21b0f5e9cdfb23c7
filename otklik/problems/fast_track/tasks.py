"""Timers of fast-track mechanisms: propose what recurs every morning, measure the gain every week."""

from django.utils import timezone

from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.problems.fast_track.selectors import mechanisms_of
from otklik.problems.fast_track.services import measure_gain, propose


def find_recurring() -> int:
    """Look for topics that come back in every municipality; returns new proposals. Safe to run twice."""
    made = 0
    for municipality in Municipality.objects.all():
        with within(municipality.pk):
            made += len(propose(municipality, timezone.now()))
    return made


def measure_gains() -> int:
    """Measure every mechanism in force; returns how many could be measured."""
    made = 0
    for municipality in Municipality.objects.all():
        with within(municipality.pk):
            for mechanism in mechanisms_of(municipality).filter(state="in_force"):
                made += measure_gain(mechanism, timezone.now()) is not None
    return made
