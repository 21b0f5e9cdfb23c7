"""Timers of satisfaction: ask after answers, take scores left by exports, forget. Each is safe to run twice."""

from django.utils import timezone

from otklik.channels.services.talking import asked_events
from otklik.charter.selectors import parameter
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.satisfaction.forget import erase_old
from otklik.satisfaction.selectors import outer_scores_waiting, to_be_asked
from otklik.satisfaction.services import invite, take_bot_score, take_outer_score


def ask_after_answer() -> int:
    """Invite applicants answered lately to rate; returns how many were asked."""
    asked = 0
    for municipality in Municipality.objects.all():
        with within(municipality.pk):
            for case in to_be_asked(municipality, timezone.now()).select_related("municipality", "channel"):
                invite(case, timezone.now())
                asked += 1
    return asked


def take_outer_scores() -> int:
    """Take scores that came with exports; returns how many were new."""
    taken = 0
    for municipality in Municipality.objects.all():
        with within(municipality.pk):
            for case in outer_scores_waiting(municipality).select_related("municipality", "channel"):
                taken += take_outer_score(case, case.score or 0, timezone.now()) is not None
    return taken


def take_bot_scores() -> int:
    """Take scores pressed in talks with bots; returns how many were new."""
    taken = 0
    for municipality in Municipality.objects.all():
        with within(municipality.pk):
            for event in asked_events(municipality, "rating"):
                taken += take_bot_score(event, timezone.now()) is not None
    return taken


def forget() -> int:
    """Erase words beside scores whose time of keeping is over; returns how many."""
    erased = 0
    for municipality in Municipality.objects.all():
        with within(municipality.pk):
            years = parameter(municipality, "fz59.storage_years").value
            erased += erase_old(municipality, timezone.now(), years if isinstance(years, int) else 5)
    return erased
