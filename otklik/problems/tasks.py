"""Timers of the registry: propose problems, take errors of communication in, tell when a watch is over."""

from django.utils import timezone

from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.problems.proposing import look
from otklik.problems.taking import take_talk_errors
from otklik.problems.watching import tell_watched


def propose_problems() -> int:
    """Look at every municipality; returns how many new proposals wait. Safe to run twice."""
    found = 0
    for municipality in Municipality.objects.all():
        with within(municipality.pk):
            now = timezone.now()
            take_talk_errors(municipality, now)
            tell_watched(municipality, now)
            found += len(look(municipality, now))
    return found
