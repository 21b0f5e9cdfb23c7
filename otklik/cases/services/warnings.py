"""Warnings of terms: ahead by `deadline.warn_days`, then up the charter's ladder of escalation."""

from datetime import datetime

from otklik.accounts.selectors import people_in_role
from otklik.accounts.services import leave_notice
from otklik.cases.models import Term
from otklik.cases.services.knowledge import Knowledge
from otklik.common.models import Municipality
from otklik.common.words import count, long_day
from otklik.deadlines.norms import WARN_DAYS, Norms
from otklik.deadlines.running import days_to_warn

MOST = 2000


def warn_of_terms(municipality: Municipality, now: datetime) -> int:
    """Leave one notice a day for each clock that must be warned about; safe to run each hour."""
    known = Knowledge(municipality)
    warn_days = Norms(known.values).numbers(WARN_DAYS)
    left = 0
    live = Term.objects.filter(municipality=municipality, stopped_at=None, paused_at=None)
    for term in live.select_related("case__body").order_by("control_at")[:MOST]:
        days = days_to_warn(term, now, known.calendar, warn_days)
        if days is None or term.warned_days == days:
            continue
        _tell_body(term, days, known)
        _tell_ladder(term, days, known)
        Term.objects.filter(pk=term.pk).update(warned_days=days)
        left += 1
    return left


def _tell_body(term: Term, days: int, known: Knowledge) -> None:
    if term.case.body is None:
        return
    leave_notice(
        known.municipality, _words(term, days, known), f"/cases/{term.case.number}/", body=term.case.body
    )


def _words(term: Term, days: int, known: Knowledge) -> str:
    number, what = term.case.number, term.title
    if days > 0:
        return f"{number}: {what} до {long_day(known.local(term.control_at).date())}"
    if days == 0:
        return f"{number}: {what} — сегодня"
    return f"{number}: {what} просрочен на {count(-days, 'день', 'дня', 'дней')}"


def _tell_ladder(term: Term, days: int, known: Knowledge) -> None:
    """People who hold today the role that the charter warns so many days before or after the control date."""
    for step in known.charter.escalation:
        if -step.days != days:
            continue
        for user in people_in_role(step.to, known.municipality):
            leave_notice(
                known.municipality, _words(term, days, known), f"/cases/{term.case.number}/", user=user
            )
