"""How each network is answered: under the post or to the author alone, how long a text it takes. Pure.

Limits are those of the networks' public documentation as read in 2026: VK `messages.send` 4096 signs, Telegram
`sendMessage` 4096, MAX `POST /messages` 4000. VK and OK publish no exact limit of a comment, ours is a cautious one;
a network that refuses a longer text says so in its error.
"""

from dataclasses import dataclass
from typing import Literal

WayKey = Literal["comment", "message"]


@dataclass(frozen=True)
class Way:
    """A way of answering: its key in `Outgoing.way`, Russian words for a person, the most signs it takes."""

    key: WayKey
    title: str
    limit: int

    @property
    def is_public(self) -> bool:
        """Whether everybody reads it."""
        return self.key == "comment"


# How outer ids of private messages begin in networks that know both ways.
PRIVATE = ("msg-", "peer-", "chat:")


def _both(comment: int, message: int) -> tuple[Way, ...]:
    return (
        Way("comment", "комментарий под записью, видят все", comment),
        Way("message", "личное сообщение", message),
    )


WAYS: dict[str, tuple[Way, ...]] = {
    "vk": _both(4096, 4096),
    "ok": _both(2000, 2000),
    "telegram": (
        Way("comment", "ответ в обсуждении, видят все", 4096),
        Way("message", "личный чат с ботом", 4096),
    ),
    "max": (
        Way("comment", "ответ в обсуждении, видят все", 4000),
        Way("message", "личный чат с ботом", 4000),
    ),
}


def ways_of(kind: str) -> tuple[Way, ...]:
    """Ways of a kind of channel; empty where there is nothing to choose."""
    return WAYS.get(kind, ())


def way_of(kind: str, key: str) -> Way | None:
    """The way by its key; None where the channel has no such way."""
    return next((way for way in ways_of(kind) if way.key == key), None)


def way_in(kind: str, outer_id: str) -> str:
    """How a message came, by its outer id: "comment", "message" or "" where the channel has one way.

    Ids of ours: VK `wall…`, `msg-…`, `peer-…`; OK `discussion:…`, `chat:…`; chats of Telegram and MAX below zero are
    groups.
    """
    if kind not in WAYS:
        return ""
    if kind in ("telegram", "max"):
        return "comment" if outer_id.startswith("-") else "message"
    return "message" if outer_id.startswith(PRIVATE) else "comment"
