"""Timers of the registry: propose problems, take errors of communication in, tell when a watch is over."""

from django.utils import timezone

from otklik.common.everywhere import everywhere
from otklik.common.models import Municipality
from otklik.problems.proposing import look
from otklik.problems.taking import take_talk_errors
from otklik.problems.watching import tell_watched


def propose_problems() -> int:
    """Look at every municipality; returns how many new proposals wait. Safe to run twice."""
    return everywhere(_propose_problems)


def _propose_problems(municipality: Municipality) -> int:
    now = timezone.now()
    take_talk_errors(municipality, now)
    tell_watched(municipality, now)
    return len(look(municipality, now))
