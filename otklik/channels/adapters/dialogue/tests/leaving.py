"""What a bot is given to send: a connected channel and an outgoing of a talk with one person, in either network."""

from datetime import datetime

from otklik.channels.models import Channel, Outgoing
from otklik.channels.services import make_outgoing
from otklik.channels.services.accounts import set_secret
from otklik.common.models import Municipality
from otklik.common.scope import set_scope


def connected(kind: str, url: str, token: str) -> Channel:
    """The channel of a bare municipality, set to the fake network."""
    place = Municipality.objects.create(key="verkhneozersk", name="Округ", short_name="Округ", region="Край")
    set_scope([place.pk])
    channel = Channel.objects.create(
        municipality=place, key=kind, kind=kind, title=kind, settings={"base_url": url}
    )
    set_secret(channel, "token", token)
    return channel


def leave_at(
    now: datetime,
    channel: Channel,
    body: str = "Починили.",
    kind: str = "answer",
    key: str = "",
    recipient: str = "7#1",
    reply_to: str = "7:1",
    way: str = "message",
) -> Outgoing:
    """An answer to the message `reply_to` of a private talk, left to be sent at once."""
    key = key or f"14:{kind}"
    return make_outgoing(
        channel, kind, "14", recipient, "Ответ на № 14", body, key, reply_to=reply_to, now=now, way=way
    )
