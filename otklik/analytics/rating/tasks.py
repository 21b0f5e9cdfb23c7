"""The timer of the rating: freeze the past period some days after its end, when late rows have come."""

from django.utils import timezone

from otklik.accounts.services import leave_notice
from otklik.analytics.rating.selectors import frozen_of, has_cases, is_rated, step_in
from otklik.analytics.rating.services import freeze
from otklik.analytics.rating.spans import span_before, span_of
from otklik.common.errors import Refused
from otklik.common.everywhere import everywhere
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import say_period
from otklik.common.today import today_in

DAYS_TO_WAIT = 4


def freeze_past() -> int:
    """Freeze the last whole period of each municipality that rates; safe to run daily. Returns how many."""
    return everywhere(_freeze_past)


def _freeze_past(municipality: Municipality) -> bool:
    today = today_in(municipality)
    running = span_of(today, step_in(municipality))
    past = span_before(running)
    is_time = (today - running.since).days >= DAYS_TO_WAIT
    is_due = is_time and is_rated(municipality, past.until) and frozen_of(municipality, past) is None
    return is_due and _freeze(municipality, past)


def _freeze(municipality: Municipality, past: Period) -> bool:
    """Freeze a month in which something came; a formula that cannot be used is told to those who keep it."""
    if not has_cases(municipality, past):
        return False
    try:
        freeze(municipality, past, None, timezone.now())
    except Refused as refusal:
        said = f"Рейтинг за {say_period(past)} не заморожен. {refusal}"
        leave_notice(municipality, said[:300], "/rating/", permission="analytics.rate")
        return False
    return True
