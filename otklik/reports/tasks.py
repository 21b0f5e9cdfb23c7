"""The timer of reports: a line to those who compose, before a paper is due and when it is late."""

from otklik.accounts.models import Notice
from otklik.accounts.services import leave_notice
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.common.words import table_day
from otklik.reports.periods import in_words
from otklik.reports.selectors import DueSlot, Duty, duties_of, today_in

DAYS_BEFORE = 2
PAGE = "/reports/"


def remind() -> int:
    """Leave the notices that are not left yet; returns how many. Safe to run any time."""
    left = 0
    for municipality in Municipality.objects.all():
        with within(municipality.pk):
            today = today_in(municipality)
            for duty in duties_of(municipality, today):
                # Only the newest period: what was missed long ago stands on the screen and is not repeated.
                for one in duty.slots[:1]:
                    if one.is_waited_for and (one.slot.due - today).days <= DAYS_BEFORE:
                        left += _tell(municipality, duty, one)
    return left


def _tell(municipality: Municipality, duty: Duty, one: DueSlot) -> int:
    period, due = in_words(one.slot.period), table_day(one.slot.due)
    words = f"просрочен, срок был {due}" if one.is_late else f"срок {due}"
    text = f"{duty.title} за {period}: {words}"
    own = {"municipality": municipality, "permission": "reports.compose", "link": PAGE}
    if Notice.objects.filter(**own, text=text).exists():
        return 0
    leave_notice(municipality, text, PAGE, permission="reports.compose")
    return 1
