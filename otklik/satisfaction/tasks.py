"""Timers of satisfaction: ask after answers, take scores left by exports, forget. Each is safe to run twice."""

from django.utils import timezone

from otklik.channels.services.talking import asked_events
from otklik.charter.selectors import parameter
from otklik.common.everywhere import everywhere
from otklik.common.models import Municipality
from otklik.satisfaction.forget import erase_old
from otklik.satisfaction.selectors import outer_scores_waiting, to_be_asked
from otklik.satisfaction.services import invite, take_bot_score, take_outer_score


def ask_after_answer() -> int:
    """Invite applicants answered lately to rate; returns how many were asked."""
    return everywhere(_ask_after_answer)


def take_outer_scores() -> int:
    """Take scores that came with exports; returns how many were new."""
    return everywhere(_take_outer_scores)


def take_bot_scores() -> int:
    """Take scores pressed in talks with bots; returns how many were new."""
    return everywhere(_take_bot_scores)


def forget() -> int:
    """Erase words beside scores whose time of keeping is over; returns how many."""
    return everywhere(_forget)


def _ask_after_answer(municipality: Municipality) -> int:
    cases = list(to_be_asked(municipality, timezone.now()).select_related("municipality", "channel"))
    for case in cases:
        invite(case, timezone.now())
    return len(cases)


def _take_outer_scores(municipality: Municipality) -> int:
    cases = outer_scores_waiting(municipality).select_related("municipality", "channel")
    return sum(take_outer_score(case, case.score or 0, timezone.now()) is not None for case in cases)


def _take_bot_scores(municipality: Municipality) -> int:
    events = asked_events(municipality, "rating")
    return sum(take_bot_score(event, timezone.now()) is not None for event in events)


def _forget(municipality: Municipality) -> int:
    years = parameter(municipality, "fz59.storage_years").value
    return erase_old(municipality, timezone.now(), years if isinstance(years, int) else 5)
