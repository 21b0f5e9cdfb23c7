"""Names of things in OK as we keep them: outer ids that carry all that is needed to answer.

`discussion:TOPIC:COMMENT@GROUP` a comment (TOPIC alone: the post), `chat:CHAT:MSG@GROUP` a message of the group.
"""

import re
from dataclasses import dataclass

DISCUSSION = re.compile(r"^discussion:(\d+)(?::([^@]+))?(?:@(\d+))?$")
CHAT = re.compile(r"^chat:([^:@]+)(?::([^@]+))?(?:@(\d+))?$")


@dataclass(frozen=True)
class Place:
    """A post of a group or a comment under it."""

    topic: str
    comment: str
    group_id: str

    @property
    def outer_id(self) -> str:
        """As RawMessage keeps it."""
        return f"discussion:{self.topic}:{self.comment}@{self.group_id}"

    @property
    def thread(self) -> str:
        """The post: the conversation of all comments under it."""
        return f"discussion:{self.topic}@{self.group_id}"

    @property
    def link(self) -> str:
        """Where a person sees the post; comments have no addresses of their own."""
        return f"https://ok.ru/group/{self.group_id}/topic/{self.topic}"


@dataclass(frozen=True)
class Chat:
    """A private conversation of a group with a person; `chat_id` as the network names it, without `chat:`."""

    chat_id: str
    group_id: str

    @property
    def thread(self) -> str:
        """As RawMessage keeps it."""
        return f"chat:{self.chat_id}@{self.group_id}"

    def message(self, mid: str) -> str:
        """The outer id of a message of it."""
        return f"chat:{self.chat_id}:{mid}@{self.group_id}"


def place_of(name: str) -> Place | None:
    """The post or comment behind an outer id; None for anything else."""
    found = DISCUSSION.match(name)
    return Place(found[1], found[2] or "", found[3] or "") if found else None


def chat_of(name: str) -> Chat | None:
    """The conversation behind a message's outer id or a thread; None for anything else."""
    found = CHAT.match(name)
    return Chat(found[1], found[3] or "") if found else None


def bare(reference: str) -> str:
    """`chat:C1` and `mid:C1.2` without the kind before them."""
    return reference.partition(":")[2] or reference


def author_link(reference: str) -> str:
    """A person as a link, which is all that is kept of an author."""
    return f"https://ok.ru/profile/{bare(reference)}" if reference else ""
