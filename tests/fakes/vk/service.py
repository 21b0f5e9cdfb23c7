"""The fake VK as people and tests see it: verbs of people, of moderators and of trouble. The API is in `api.py`.

Written by us from the public documentation (dev.vk.com, schema 5.199).
"""

from collections.abc import Sequence
from typing import Any, ClassVar

import httpx
from aiohttp import web

from tests.fakes.service import Posted, Service
from tests.fakes.vk.api import Api
from tests.fakes.vk.town import Community, now, photo


class Vk(Service):
    """Communities are made by `community`; tokens are `token-GROUP` and `service`."""

    name: ClassVar[str] = "vk"
    lists: ClassVar[frozenset[str]] = frozenset({"updates"})

    def __init__(self) -> None:
        super().__init__()
        self._last = 100
        self.api = Api(self)
        self.reset()

    def reset(self) -> None:
        """An empty network behind the same address."""
        super().reset()
        self.communities: dict[int, Community] = {}
        self.deaf: set[int] = set()
        self.refusals: list[tuple[str, int]] = []
        self.broken_session: dict[int, int] = {}

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """The API, the long poll, the place for uploads and files people attached."""
        return self.api.routes()

    def next_id(self) -> int:
        """A number nobody has yet."""
        self._last += 1
        return self._last

    def numbers_from(self, number: int) -> None:
        """Number what comes from here on, as a network that has lived for long."""
        self._last = number

    # People of the town.

    def community(self, group_id: int, title: str = "Администрация", secret: str = "") -> Community:
        """Open a page; asked again, the same one."""
        return self.communities.setdefault(group_id, Community(group_id, title, secret))

    def post(self, group_id: int, text: str, author: int | None = None, views: int = 10) -> int:
        """A post on the wall of a page, its own unless another author is named."""
        page = self.community(group_id)
        thing: dict[str, Any] = {
            "id": self.next_id(),
            "owner_id": page.owner_id,
            "from_id": author or page.owner_id,
            "date": now(),
            "text": text,
            "post_type": "post",
            "views": {"count": views},
            "likes": {"count": 0},
            "reposts": {"count": 0},
            "comments": {"count": 0, "can_post": 1},
            "attachments": [],
        }
        page.posts[int(thing["id"])] = thing
        self._tell(page, "wall_post_new", thing)
        return int(thing["id"])

    def say(
        self,
        author: int,
        text: str,
        *,
        group_id: int = 1,
        post: int | None = None,
        answers: int = 0,
        with_photo: bool = False,
    ) -> int:
        """A person writes: under a post when one is named, else privately to the page."""
        if post is None:
            return self._write(self.community(group_id), author, text, with_photo)
        return self.comment(self.community(group_id), author, post, text, answers, with_photo)

    def comment(
        self, page: Community, author: int, post: int, text: str, answers: int = 0, with_photo: bool = False
    ) -> int:
        """Anybody's comment, the page's own too."""
        above = page.comments.get(answers)
        stack = [(above["parents_stack"] or [answers])[0]] if above else []
        thing: dict[str, Any] = {
            "id": self.next_id(),
            "from_id": author,
            "date": now(),
            "text": text,
            "post_id": post,
            "owner_id": page.owner_id,
            "post_owner_id": page.owner_id,
            "parents_stack": stack,
            "attachments": [photo(author, self.next_id(), self.base)] if with_photo else [],
        }
        if above:
            thing |= {"reply_to_user": above["from_id"], "reply_to_comment": answers}
        page.comments[thing["id"]] = thing
        self._tell(page, "wall_reply_new", thing)
        return int(thing["id"])

    def edit_comment(self, comment: int, text: str, group_id: int = 1) -> None:
        """The author changes the words."""
        page = self.communities[group_id]
        page.comments[comment]["text"] = text
        self._tell(page, "wall_reply_edit", dict(page.comments[comment]))

    def remove_comment(self, comment: int, group_id: int = 1) -> None:
        """The author takes the comment away."""
        page = self.communities[group_id]
        thing = page.comments.pop(comment)
        told = {
            "owner_id": page.owner_id,
            "id": comment,
            "deleter_id": thing["from_id"],
            "post_id": thing["post_id"],
        }
        self._tell(page, "wall_reply_delete", told)

    def edit_message(self, author: int, number: int, text: str, group_id: int = 1) -> None:
        """The author changes the words of a private message."""
        page = self.communities[group_id]
        thing = next(one for one in page.messages[author] if one["conversation_message_id"] == number)
        thing |= {"text": text, "update_time": now()}
        self._tell(page, "message_edit", dict(thing))

    def _write(self, page: Community, author: int, text: str, with_photo: bool) -> int:
        thing = self.message(page, author, author, text)
        if with_photo:
            thing["attachments"] = [photo(author, self.next_id(), self.base)]
        self._tell(page, "message_new", {"message": dict(thing), "client_info": {"keyboard": True}})
        return int(thing["conversation_message_id"])

    def message(self, page: Community, peer: int, author: int, text: str) -> dict[str, Any]:
        """A line of a conversation."""
        talk = page.messages.setdefault(peer, [])
        thing = {
            "id": self.next_id(),
            "conversation_message_id": len(talk) + 1,
            "peer_id": peer,
            "from_id": author,
            "out": int(author < 0),
            "date": now(),
            "text": text,
            "attachments": [],
        }
        talk.append(thing)
        return thing

    def seen_by(self, peer: int, group_id: int = 1) -> list[str]:
        """What a person has read from the page."""
        return [one["text"] for one in self.community(group_id).messages.get(peer, []) if one["out"]]

    def _tell(self, page: Community, kind: str, thing: dict[str, Any]) -> None:
        page.tell(kind, thing)
        self.wake()

    # Moderators and trouble.

    def forbid_messages(self, person: int) -> None:
        """The person lets the page write no more (error 901)."""
        self.deaf.add(person)

    def close_comments(self, post: int, group_id: int = 1) -> None:
        """Nobody may comment the post any more (error 213)."""
        self.communities[group_id].closed_posts.add(post)

    def refuse(self, code: int, method: str = "", times: int = 1) -> None:
        """Answer the next calls of the method (any when not named) with this code of the API."""
        self.refusals += [(method, code)] * times

    def forget_events(self, group_id: int = 1) -> None:
        """Lose all events told so far: an old number gets `failed` 1."""
        page = self.communities[group_id]
        page.forgotten = page.ts

    def end_session(self, group_id: int = 1) -> None:
        """The key of the long poll is over (`failed` 2)."""
        self.communities[group_id].key += "1"

    def lose_everything(self, group_id: int = 1) -> None:
        """Numbers begin anew (`failed` 3)."""
        page = self.communities[group_id]
        page.start, page.forgotten = page.ts + 1000, 0
        page.events = []
        self.broken_session[group_id] = 3

    def call_back(self, address: str, event: dict[str, Any]) -> str:
        """Deliver an event by the Callback API, as the network does; what we answered."""
        page = self.communities[event["group_id"]]
        body = {**event, **({"secret": page.secret} if page.secret else {})}
        return httpx.post(address, json=body).text

    def keep_posted(self, place: str, text: str, answers: str, identifier: str, **more: Any) -> None:
        """Remember what we sent, as people see it."""
        self.posted.append(Posted(place, text, answers, identifier, more))
