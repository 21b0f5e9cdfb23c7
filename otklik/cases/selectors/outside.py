"""What an outer system may know of its message: state, number, term, the signed answer; no personal data."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from otklik.cases.models import Answer, Case
from otklik.cases.rules import state_name
from otklik.channels.models import Channel, RawMessage


@dataclass(frozen=True)
class OuterState:
    """Plain values; `status` is of the raw message, `state` of the case in Russian words."""

    outer_id: str
    status: str
    number: str | None
    state: str
    registered_at: datetime | None
    due: datetime | None
    answered_at: datetime | None
    answer: str | None


def outer_state(channel: Channel, outer_id: str) -> OuterState | None:
    """The state of a message of this channel, None when there is no such message."""
    raw = (
        RawMessage.objects.filter(channel=channel, outer_id=outer_id).only("id", "outer_id", "state").first()
    )
    if raw is None:
        return None
    # A message that continued a conversation has no card of its own: it shares the card of the conversation.
    case = Case.objects.filter(Q(raw=raw) | Q(utterances__raw=raw)).first()
    if case is None:
        waiting = "не прочитано" if raw.state == "failed" else "принято"
        return OuterState(outer_id, raw.state, None, waiting, None, None, None, None)
    answer = Answer.objects.filter(case=case, state="sent").order_by("-version").first()
    return OuterState(
        outer_id=outer_id,
        status=raw.state,
        number=case.number,
        state=state_name(case.state),
        registered_at=case.registered_at,
        due=case.next_legal_at,
        answered_at=case.answered_at,
        answer=answer.text if answer else None,
    )
