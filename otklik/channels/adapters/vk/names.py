"""Names of things in VK as we keep them: outer ids that carry all that is needed to answer.

`wall-1_2` a post, `wall-1_2_r3` a comment under it, `peer-5@1` the conversation of page 1 with person 5, `msg-5-7@1`
message 7 of it: two pages may talk with one person under the same numbers.
"""

import re
from dataclasses import dataclass

WALL = re.compile(r"^wall(-?\d+)_(\d+)(?:_r(\d+))?$")
TALK = re.compile(r"^(?:msg-(\d+)-\d+|peer-(\d+))(?:@(\d+))?$")
PERSON = re.compile(r"^https://vk\.com/id(\d+)$")
MENTION = re.compile(r"\[(?:id|club|public|event)\d+(?::[^|\]]*)?\|([^\]]*)\]")


@dataclass(frozen=True)
class WallPlace:
    """A post or a comment under it (0: the post itself)."""

    owner_id: int
    post_id: int
    comment_id: int = 0

    @property
    def outer_id(self) -> str:
        """As RawMessage keeps it."""
        return self.thread + (f"_r{self.comment_id}" if self.comment_id else "")

    @property
    def thread(self) -> str:
        """The post: the conversation of all comments under it."""
        return f"wall{self.owner_id}_{self.post_id}"

    @property
    def link(self) -> str:
        """Where a person sees it."""
        return f"https://vk.com/{self.thread}" + (f"?reply={self.comment_id}" if self.comment_id else "")


def wall_place(outer_id: str) -> WallPlace | None:
    """The place on a wall behind an outer id; None for anything else."""
    found = WALL.match(outer_id)
    return WallPlace(int(found[1]), int(found[2]), int(found[3] or 0)) if found else None


@dataclass(frozen=True)
class Talk:
    """A private conversation of a page (0: any) with a person."""

    peer: int
    group_id: int = 0

    @property
    def thread(self) -> str:
        """As RawMessage keeps it."""
        return f"peer-{self.peer}@{self.group_id}"

    def message(self, number: int) -> str:
        """The outer id of a message of it."""
        return f"msg-{self.peer}-{number}@{self.group_id}"


def talk_of(name: str) -> Talk | None:
    """The conversation behind a message's outer id, a thread or a link to a person; None for anything else."""
    if person := PERSON.match(name):
        return Talk(int(person[1]))
    found = TALK.match(name)
    return Talk(int(found[1] or found[2]), int(found[3] or 0)) if found else None


def author_link(from_id: int) -> str:
    """A person or a community as a link, which is all that is kept of an author."""
    return f"https://vk.com/id{from_id}" if from_id > 0 else f"https://vk.com/club{-from_id}"


def seen_text(text: str) -> str:
    """The text as people see it: a mention is its words, not its markup."""
    return MENTION.sub(r"\1", text).strip()
