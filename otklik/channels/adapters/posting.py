"""Posts of our own on official pages: which channels can put one out, and what a network tells of one that is out.

An adapter takes an outgoing whose way is "page": `recipient` is the page as the network calls it, the proof is the
address of the post. Where a network drops no copy by itself, a later try first looks on the page for our text.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol, cast

from django.utils import timezone
from django.utils.module_loading import import_string

from otklik.channels.adapters.base import SendResult
from otklik.channels.adapters.coded import CodedError
from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.models import Channel, Outgoing
from otklik.channels.services.accounts import account_of
from otklik.common.errors import Refused
from otklik.common.scope import within

Reach = Mapping[str, int | None]
"""`views`, `likes`, `comments`, `reposts`; None or absent where the network does not tell."""


class Tells(Protocol):
    """How a post does, by its proof. Raises Unreachable, CodedError, Refused; None when it cannot be told."""

    def __call__(self, account: Account, proof: str) -> Reach | None: ...


POSTING = frozenset({"vk", "ok", "telegram", "max"})
REACH: Mapping[str, str] = {
    "vk": "otklik.channels.adapters.vk.posting.reach",
    "ok": "otklik.channels.adapters.ok.posting.reach",
    "max": "otklik.channels.adapters.max.posting.reach",
}
"""Kind of a channel -> how it tells of a post. A bot of Telegram is told nothing of views."""
FRESH = timedelta(minutes=10)
"""How long the first sending is surely alone."""
SKEW = timedelta(minutes=2)
"""How far clocks of a network and ours may differ."""
GONE_FROM_PAGE = (
    "Прошлая попытка оборвалась, и проверить страницу нечем: посмотрите на ней, вышла ли запись, "
    "и вставьте ссылку или отправьте снова."
)


def posts_by_itself(channel: Channel) -> bool:
    """Whether the machine can put a post out by this channel."""
    return channel.kind in POSTING


def reach_of(channel: Channel, proof: str) -> Reach | None:
    """What the network tells of the post; None when it does not. Call outside a transaction."""
    path = REACH.get(channel.kind)
    if path is None or not proof:
        return None
    try:
        with within(channel.municipality_id):
            account = account_of(channel)
        return cast(Tells, import_string(path))(account, proof)
    except (Unreachable, CodedError, Refused):
        return None


def may_stand(outgoing: Outgoing) -> bool:
    """A try before this one may have left the post on the page; without tries a person asked to send it anew."""
    return outgoing.tries > 0 or timezone.now() - outgoing.created_at > FRESH


def earliest(outgoing: Outgoing) -> datetime:
    """What stands on the page since before this moment is not of our tries."""
    return outgoing.created_at - SKEW


def unseen(outgoing: Outgoing) -> SendResult | None:
    """The page cannot be looked at: a person does, unless this very try is a person's word that it is not there."""
    return SendResult("unknown", error=GONE_FROM_PAGE) if outgoing.tries else None


def same_words(one: str, other: str) -> bool:
    """Whether two texts are one post: networks change white space and nothing else."""
    return "".join(one.split()) == "".join(other.split())
