"""Steps of decisions made by polls, put under control as errands, and the execution as those who voted see it.

Polls stand below and know nothing of errands or roadmaps: the desk gives errands here, the portal reads the execution.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from otklik.accounts.models import User
from otklik.common.errors import Refused
from otklik.common.today import day_in
from otklik.office.errands.models import Errand
from otklik.office.errands.rules import OPEN
from otklik.office.errands.selectors import errands_from
from otklik.office.errands.services import Order, Source, give
from otklik.outreach.polls.models import DecisionStep, Poll
from otklik.problems.roadmaps.models import Measure
from otklik.problems.roadmaps.words import AGREED
from otklik.problems.roadmaps.words import OPEN as OPEN_MEASURES

KIND = "poll"
PAGE = "/polls/"
SAID = {
    "given": "поручено",
    "taken": "в работе",
    "returned": "в работе",
    "reported": "сделано, проверяем",
    "accepted": "исполнено",
    "removed": "снято с контроля",
}
"""States of an errand in the words of the page for residents."""


@dataclass(frozen=True)
class Done:
    """A line of the execution: what, by which post, till when, how it stands; `proof` and `link` once it is done."""

    text: str
    post: str
    due_on: date
    said: str
    is_done: bool
    is_late: bool
    done_on: date | None = None
    proof: str = ""
    link: str = ""


def errands_by_step(poll: Poll) -> Mapping[int, Errand]:
    """The newest errand of each step that has one."""
    steps = DecisionStep.objects.filter(decision__poll=poll).values_list("pk", flat=True)
    rows = errands_from(poll.municipality, KIND, steps).select_related("municipality").order_by("number")
    return {one.source_id: one for one in rows if one.source_id is not None}


@transaction.atomic
def give_step(step: DecisionStep, by: User, now: datetime) -> Errand:
    """Put a step under control as an errand of its post, once. Raises Refused when it cannot be given."""
    locked = (
        DecisionStep.objects.select_for_update(of=("self",))
        .select_related("decision__poll", "post")
        .get(pk=step.pk)
    )
    poll = locked.decision.poll
    if locked.post is None:
        raise Refused("Назовите в шаге должность: поручение дают тому, кто отвечает.")
    if locked.done_on is not None:
        raise Refused("Шаг уже исполнен, поручать нечего.")
    if errands_from(poll.municipality, KIND, [locked.pk]).filter(state__in=OPEN).exists():
        raise Refused("Поручение по этому шагу уже на контроле.")
    source = Source(KIND, locked.pk, f"{PAGE}{poll.pk}/#decision", f"решение по итогам: {poll.title}"[:200])
    order = Order(locked.text, locked.post, locked.due_on, source=source)
    return give(poll.municipality, order, by, now)


def execution_of(poll: Poll, today: date) -> list[Done]:
    """How the decision is carried out: its steps with their errands, then measures of roadmaps against problems that
    the poll has raised. Three statements."""
    errands = errands_by_step(poll)
    steps = DecisionStep.objects.filter(decision__poll=poll).select_related("post")
    measures = Measure.objects.filter(
        roadmap__aims__problem__ground_link=f"{PAGE}{poll.pk}/", roadmap__state__in=AGREED
    ).exclude(state="dropped")
    lines = [_of_step(one, errands.get(one.pk), today) for one in steps]
    found = measures.select_related("post").distinct().order_by("due", "pk")
    return [*lines, *(_of_measure(one, today) for one in found)]


def _of_step(step: DecisionStep, errand: Errand | None, today: date) -> Done:
    due = errand.due_on if errand is not None else step.due_on
    is_done = step.done_on is not None or (errand is not None and errand.state == "accepted")
    said = "исполнено" if is_done else SAID[errand.state] if errand is not None else "запланировано"
    accepted = (
        day_in(errand.municipality, errand.closed_at) if errand is not None and errand.closed_at else None
    )
    return Done(
        step.text,
        step.post.title if step.post else "",
        due,
        said,
        is_done,
        not is_done and today > due,
        step.done_on or (accepted if is_done else None),
        step.proof,
        step.link,
    )


def _of_measure(one: Measure, today: date) -> Done:
    is_done = one.state == "done"
    said = "исполнено" if is_done else "в работе" if one.state == "running" else "запланировано"
    late = one.state in OPEN_MEASURES and today > one.due
    return Done(one.title, one.post.title, one.due, said, is_done, late, one.done_on)
