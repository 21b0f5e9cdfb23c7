"""Warnings of terms: ahead by `deadline.warn_days`, then up the charter's ladder of escalation."""

from datetime import datetime, timedelta

from otklik.accounts.selectors import people_in_role
from otklik.accounts.services import leave_notice
from otklik.cases.models import Term
from otklik.cases.services.knowledge import Knowledge
from otklik.common.models import Municipality
from otklik.common.words import count, long_day
from otklik.deadlines.norms import WARN_DAYS, Norms
from otklik.deadlines.running import days_left, days_to_warn, step_to_tell

MOST = 2000
"""Clocks spoken of in one run: the rest is the next run's, so old troubles do not hide what comes now."""


def warn_of_terms(municipality: Municipality, now: datetime) -> int:
    """Say once what has come for each clock: its warning, its step of the ladder; safe to run each hour."""
    known = Knowledge(municipality)
    warn_days = Norms(known.values).numbers(WARN_DAYS)
    steps = {-step.days for step in known.charter.escalation}
    ahead = timedelta(days=max(0, *warn_days, *steps) + 1)
    live = Term.objects.filter(
        municipality=municipality, stopped_at=None, paused_at=None, control_at__lt=now + ahead
    )
    said = 0
    for term in live.select_related("case__body").order_by("control_at").iterator():
        days = days_to_warn(term, now, known.calendar, warn_days, term.warned_days)
        step = step_to_tell(term, now, known.calendar, steps, term.warned_days)
        if days is None and step is None:
            continue
        words = _words(term, now, known)
        if days is not None:
            _tell_body(term, words, known)
        if step is not None:
            _tell_ladder(term, step, words, known)
        Term.objects.filter(pk=term.pk).update(warned_days=days_left(term, now, known.calendar))
        said += 1
        if said == MOST:
            break
    return said


def _tell_body(term: Term, words: str, known: Knowledge) -> None:
    if term.case.body is not None:
        leave_notice(known.municipality, words, f"/cases/{term.case.number}/", body=term.case.body)


def _words(term: Term, now: datetime, known: Knowledge) -> str:
    number, what, days = term.case.number, term.title, days_left(term, now, known.calendar)
    if days > 0:
        return f"{number}: {what} до {long_day(known.local(term.control_at).date())}"
    if days == 0:
        return f"{number}: {what} — сегодня"
    return f"{number}: {what} просрочен на {count(-days, 'день', 'дня', 'дней')}"


def _tell_ladder(term: Term, step: int, words: str, known: Knowledge) -> None:
    """People who hold today the role that the charter warns so many days before or after the control date."""
    for one in known.charter.escalation:
        if -one.days != step:
            continue
        for user in people_in_role(one.to, known.municipality):
            leave_notice(known.municipality, words, f"/cases/{term.case.number}/", user=user)
