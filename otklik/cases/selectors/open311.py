"""Cases that came through Open311: messages of its channel alone, never an appeal, never another channel's."""

from django.db.models import Q, QuerySet

from otklik.cases.models import Case
from otklik.channels.models import Channel, RawMessage


def cases_of_channel(channel: Channel) -> QuerySet[Case]:
    """Messages of the channel, the latest first, with everything a row shows."""
    cases = Case.objects.filter(municipality_id=channel.municipality_id, channel=channel, kind="message")
    return cases.select_related("topic", "body", "settlement").order_by("-came_at", "-id")


def case_of_token(channel: Channel, token: str) -> tuple[bool, str | None]:
    """Whether the message is known, and the number of its case once there is one."""
    raw = RawMessage.objects.filter(channel=channel, outer_id=token[:200]).only("id").first()
    if raw is None:
        return False, None
    found = Case.objects.filter(Q(raw=raw) | Q(utterances__raw=raw), municipality_id=channel.municipality_id)
    return True, found.values_list("number", flat=True).first()
