"""What stands in the fake VK: communities with walls, conversations, events of each community in order."""

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

VERSION = "5.199"


@dataclass
class Community:
    """A page with its wall; `events` grow for ever, `forgotten` of the eldest the long poll gives no more."""

    group_id: int
    title: str
    secret: str = ""
    events: list[dict[str, Any]] = field(default_factory=list)
    forgotten: int = 0
    key: str = "key-1"
    start: int = 0
    posts: dict[int, dict[str, Any]] = field(default_factory=dict)
    comments: dict[int, dict[str, Any]] = field(default_factory=dict)
    closed_posts: set[int] = field(default_factory=set)
    messages: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    guids: dict[str, int] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)

    @property
    def owner_id(self) -> int:
        """As the owner of its wall."""
        return -self.group_id

    @property
    def ts(self) -> int:
        """The number of the last event."""
        return self.start + len(self.events)

    def tell(self, kind: str, thing: dict[str, Any]) -> dict[str, Any]:
        """Add an event, as both ways of reading give it."""
        mark = hashlib.sha1(f"{self.group_id}:{self.ts}".encode()).hexdigest()
        event = {"type": kind, "event_id": mark, "v": VERSION, "object": thing, "group_id": self.group_id}
        self.events.append(event)
        return event

    def since(self, ts: int) -> list[dict[str, Any]]:
        """Events after this number."""
        return self.events[ts - self.start :]

    def under(self, post_id: int, branch: int = 0) -> list[dict[str, Any]]:
        """Comments of a post without branches, or of one branch."""
        rows = [one for one in self.comments.values() if one["post_id"] == post_id]
        return [self._with_thread(one) for one in rows if (one["parents_stack"] or [0])[-1] == branch]

    def _with_thread(self, one: dict[str, Any]) -> dict[str, Any]:
        count = sum(1 for other in self.comments.values() if one["id"] in other["parents_stack"])
        return {**one, "thread": {"count": count, "items": []}} if not one["parents_stack"] else one

    def wall(self) -> Iterator[dict[str, Any]]:
        """Posts, the newest first, with their counts."""
        for post in sorted(self.posts.values(), key=lambda one: -int(one["id"])):
            count = sum(1 for one in self.comments.values() if one["post_id"] == post["id"])
            yield {**post, "comments": {**post["comments"], "count": count}}


def now() -> int:
    """The clock of the network."""
    return int(time.time())


def photo(owner_id: int, number: int, base: str) -> dict[str, Any]:
    """A picture in three sizes, as an attachment."""
    sizes = [
        {"type": kind, "width": width, "height": width * 3 // 4, "url": f"{base}/files/{number}-{kind}.png"}
        for kind, width in (("m", 130), ("w", 1280), ("x", 604))
    ]
    body = {"id": number, "owner_id": owner_id, "album_id": -7, "date": now(), "text": "", "sizes": sizes}
    return {"type": "photo", "photo": body}
