"""Handing over what a leaving executor has in hand: the cases go back to the queue of the body they are with."""

from datetime import datetime

from otklik.accounts.models import User
from otklik.accounts.services import leave_notice
from otklik.cases.models import Assignment, Case
from otklik.cases.selectors import in_hands_of
from otklik.cases.services.moving import begin, finish
from otklik.common.models import Municipality
from otklik.common.words import count


def release_cases(user: User, municipality: Municipality, by: User, now: datetime, reason: str) -> list[Case]:
    """Take the person off every open case; clocks run on, drafts stay, each body is told how many came back."""
    released = [_release(case, by, now, reason) for case in in_hands_of(user, municipality)]
    bodies = {case.body_id: case.body for case in released if case.body}
    for key, body in bodies.items():
        n = sum(case.body_id == key for case in released)
        said = count(n, "карточка осталась", "карточки остались", "карточек остались")
        leave_notice(
            municipality, f"{said} без исполнителя: {reason}"[:300], "/cases/?state=assigned", body=body
        )
    return released


def _release(case: Case, by: User, now: datetime, reason: str) -> Case:
    case = begin(case, "release", by)
    Assignment.objects.filter(case=case, until=None, is_main=True).update(user=None)
    # What was in work can be taken by a colleague; what is being approved or asked goes on as it is.
    taken_back = {"state": "assigned"} if case.state == "in_work" else {}
    finish(case, "release", "cases.released", by, now, reason, {"executor": None, **taken_back})
    return case
