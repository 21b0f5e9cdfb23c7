"""What of polls waits for one person: to approve, publish in ПОС, bring its results, check proposals, look at signs,
sum up, decide."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from otklik.accounts.models import User
from otklik.accounts.selectors import Rights
from otklik.common.models import Municipality
from otklik.outreach.polls.models import Poll, Proposal, Sign

RUNS, APPROVES = "outreach.polls", "outreach.approve_polls"
MOST = 20


@dataclass(frozen=True)
class Waiting:
    """A poll with what it waits for; `due` is the day by which it matters, where there is one."""

    poll: Poll
    what: str
    due: date | None = None


def polls_waiting(municipality: Municipality, user: User, rights: Rights, today: date) -> list[Waiting]:
    """Each thing once, one statement; nothing for a person who neither runs nor approves polls."""
    runs, approves = RUNS in rights.permissions, APPROVES in rights.permissions
    if not (runs or approves):
        return []
    own = Poll.objects.filter(municipality=municipality).annotate(
        has_proposals=Exists(Proposal.objects.filter(poll=OuterRef("pk"), state="waiting")),
        has_signs=Exists(Sign.objects.filter(poll=OuterRef("pk"), looked_at=None)),
    )
    stands = Q(state__in=["approval", "closed", "summed"]) | Q(has_proposals=True) | Q(has_signs=True)
    outside = Q(state="approved", opens_on__lte=today) | Q(state="open", closes_on__lt=today)
    rows = own.filter(stands | Q(outside, place="pos")).exclude(state="withdrawn")
    found = [
        one for poll in rows.order_by("closes_on", "pk")[:MOST] for one in _of(poll, user.pk, runs, approves)
    ]
    return found[:MOST]


def _of(poll: Poll, user_id: int, runs: bool, approves: bool) -> Iterator[Waiting]:
    if poll.state == "approval" and approves and poll.author_id != user_id:
        yield Waiting(poll, "approve", poll.opens_on)
    if poll.state == "summed" and approves:
        yield Waiting(poll, "decide")
    if not runs:
        return
    if poll.state == "approved":
        yield Waiting(poll, "publish", poll.opens_on)
    if poll.state == "open" and poll.place == "pos":
        yield Waiting(poll, "bring", poll.closes_on)
    if getattr(poll, "has_proposals", False):
        yield Waiting(poll, "check")
    if getattr(poll, "has_signs", False):
        yield Waiting(poll, "look")
    elif poll.state == "closed":
        yield Waiting(poll, "sum")
