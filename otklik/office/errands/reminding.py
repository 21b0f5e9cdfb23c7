"""The timer's word about errands: ahead of the date to who answers, after it to the controller and those above.

Days come from the charter's parameters `errand.warn_days` and `errand.escalate_days`.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.charter.selectors import parameter
from otklik.common import words
from otklik.common.models import Municipality
from otklik.office.errands.models import Errand, Reminder
from otklik.office.errands.rules import WORKING, day_to_remind, step_to_escalate
from otklik.office.errands.selectors import errands_of
from otklik.office.errands.services import page_of, tell

DAYS = ("день", "дня", "дней")
OWN_TIMER = "roadmap"
"""Measures of roadmaps are spoken of by the roadmap's timer: nobody is told twice."""
WARN, ESCALATE = "errand.warn_days", "errand.escalate_days"


def days_of(municipality: Municipality, key: str, on: date) -> list[int]:
    """Days of a parameter; other values than a list of numbers count as none."""
    value = parameter(municipality, key, on).value
    return [one for one in value if isinstance(one, int)] if isinstance(value, list) else []


def remind_of_errands(municipality: Municipality, now: datetime) -> int:
    """Remind and escalate what has come by today and was not said yet; returns how many errands were spoken of."""
    zone = ZoneInfo(municipality.time_zone)
    today = now.astimezone(zone).date()
    warn, escalate = days_of(municipality, WARN, today), days_of(municipality, ESCALATE, today)
    said = 0
    rows = errands_of(municipality).filter(state__in=WORKING).exclude(kind=OWN_TIMER)
    for errand in rows.select_related("post__body", "controller__body"):
        day = day_to_remind(errand.due_on, errand.given_at.astimezone(zone).date(), today, warn)
        step = step_to_escalate(errand.due_on, today, escalate)
        if day is not None and _is_first(errand, "ahead", day, today):
            _remind(errand, (errand.due_on - today).days)
            said += 1
        if step is not None and _is_first(errand, "late", errand.due_on + timedelta(days=step), today):
            _escalate(errand, (today - errand.due_on).days, step > min(escalate))
            said += 1
    return said


def _is_first(errand: Errand, kind: str, since: date, today: date) -> bool:
    """Whether nothing of this kind was said from that day on; what is said today is written down."""
    if errand.reminders.filter(kind=kind, on__gte=since).exists():
        return False
    _, made = Reminder.objects.get_or_create(
        municipality=errand.municipality, errand=errand, kind=kind, on=today
    )
    return made


def _remind(errand: Errand, left: int) -> None:
    when = f"осталось {words.count(left, *DAYS)}" if left else "срок сегодня"
    tell(errand, [errand.post], f"Поручение № {errand.number}, {when}: {errand.text}")


def _escalate(errand: Errand, late: int, goes_up: bool) -> None:
    said = f"Поручение № {errand.number} просрочено на {words.count(late, *DAYS)}: {errand.text}"
    tell(errand, [errand.post, *([errand.controller] if errand.controller else [])], said)
    if errand.controller is None:
        leave_notice(errand.municipality, words.tie(said)[:300], page_of(errand), user=errand.given_by)
    if goes_up:
        leave_notice(errand.municipality, words.tie(said)[:300], page_of(errand), permission="office.errands")
    record(errand, "errands.escalated", None, errand.municipality, why=said[:300])
