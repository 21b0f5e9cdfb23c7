"""What leaves about a case: notices by the machine, the signed answer by a person. Only a row is written here;
`channels.tasks.send_waiting` delivers it after the commit.
"""

from datetime import datetime

from otklik.accounts.models import User
from otklik.cases.letters import Letter
from otklik.cases.models import Case
from otklik.channels.models import Outgoing
from otklik.channels.services import make_outgoing

# Outer systems publish by a person's hand: the answer waits for «размещено» with a link.
BY_HAND = frozenset(
    {"incident", "pos", "edms", "ecpur", "portal_gov", "vk", "ok", "telegram", "max", "public_pages"}
)


def is_placed_by_hand(case: Case) -> bool:
    """Whether the answer is published in an outer system by a person."""
    return case.channel.kind in BY_HAND


def recipient_of(case: Case) -> str:
    """Where the answer goes: mail when it was given, else the postal address, else the outer item."""
    person = case.applicant
    if person is None:
        return case.outer_link or case.outer_id
    return person.email or person.address or case.outer_link or person.phone


def send_letter(case: Case, letter: Letter, by: User | None, now: datetime) -> Outgoing:
    """Put a notice in the queue of the case's channel; the same notice of the same version goes once."""
    return make_outgoing(
        channel=case.channel,
        kind=letter.kind,
        about=case.number,
        recipient=recipient_of(case),
        subject=letter.subject,
        body=letter.body,
        key=f"{case.number}:{letter.kind}:{case.version}",
        reply_to=case.outer_id,
        now=now,
    )
