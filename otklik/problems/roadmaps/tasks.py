"""Timers of roadmaps: reminders in the morning, the effect and the return of the flow once a day. Safe to run twice."""

from django.utils import timezone

from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.problems.roadmaps.services import remind, watch_flows


def remind_of_measures() -> int:
    """Tell of measures due soon, today and late; returns how many were told of."""
    told = 0
    for municipality in Municipality.objects.all():
        with within(municipality.pk):
            told += remind(municipality, timezone.now())
    return told


def count_effects() -> int:
    """Count effects of roadmaps whose measures are done; returns how many."""
    counted = 0
    for municipality in Municipality.objects.all():
        with within(municipality.pk):
            counted += watch_flows(municipality, timezone.now())
    return counted
