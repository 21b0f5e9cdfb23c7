"""The fake Одноклассники: groups with posts, comments and messages. Written by us from the pages of apiok.ru.

Keys: application `APPKEY` with the secret `APPSECRET`, session `SESSION`, group `group-NUMBER`.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import httpx
from aiohttp import web

from tests.fakes.ok.api import Api
from tests.fakes.service import Posted, Service


@dataclass
class Group:
    """A group of the network; `topics` hold their comments, `posts` what stands in those put out by the API."""

    group_id: str
    title: str
    topics: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    chats: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    hooks: list[str] = field(default_factory=list)
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)


class Ok(Service):
    """Groups are made by `group`, posts by `post`."""

    name: ClassVar[str] = "ok"
    lists: ClassVar[frozenset[str]] = frozenset({"comments", "messages"})

    def __init__(self) -> None:
        super().__init__()
        self._last = 1000
        self.api = Api(self)
        self.reset()

    def reset(self) -> None:
        """An empty network behind the same address."""
        super().reset()
        self.groups: dict[str, Group] = {}
        self.refusals: list[tuple[str, int]] = []

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """REST and the Bot API."""
        return self.api.routes()

    def next_id(self) -> int:
        """A number nobody has yet."""
        self._last += 1
        return self._last

    def group(self, group_id: str, title: str = "Администрация") -> Group:
        """Open a group; asked again, the same one."""
        return self.groups.setdefault(group_id, Group(group_id, title))

    def post(self, group_id: str) -> str:
        """A post of the group; its number."""
        topic = str(self.next_id())
        self.group(group_id).topics[topic] = []
        self.group(group_id).made[topic] = self.moment()
        return topic

    def put_out(self, group: Group, media: list[dict[str, Any]]) -> str:
        """A post by the API; the same words twice are two posts."""
        topic = self.post(group.group_id)
        group.posts[topic] = {"created_ms": self.moment(), "media": media}
        return topic

    def say(
        self, author: str, text: str, *, group_id: str = "57", post: str | None = None, answers: str = ""
    ) -> str:
        """A person writes: under a post when one is named, else privately to the group."""
        if post is None:
            return self.write(self.group(group_id), author, f"user:{author}", text)
        return self.comment(self.group(group_id), post, author, text, answers)

    def comment(self, group: Group, topic: str, author: str, text: str, answers: str = "") -> str:
        """Anybody's comment, the group's own too."""
        number = f"MTY{self.next_id()}:{self.next_id()}"
        thing = {
            "id": number,
            "text": text,
            "date_ms": self.moment(),
            "date": time.strftime("%Y-%m-%d %H:%M:%S"),
            "author_id": author,
            "author_name": "Имя автора",
            "author_ref": f"{'group' if author == group.group_id else 'user'}:{author}",
            "type": "ACTIVE_MESSAGE",
            "like_count": 0,
            **({"reply_to_comment_id": answers} if answers else {}),
        }
        group.topics[topic].append(thing)
        return number

    def edit_comment(self, number: str, text: str) -> None:
        """The author changes the words."""
        self._found(number)[0]["text"] = text

    def remove_comment(self, number: str) -> None:
        """The author takes the comment away."""
        thing, comments = self._found(number)
        comments.remove(thing)

    def write(self, group: Group, person: str, sender: str, text: str) -> str:
        """A line of the conversation of the group with a person; webhooks are not called by themselves."""
        chat, number = f"C{person}", self.next_id()
        thing = {
            "sender": {"name": "Имя автора", "user_id": sender},
            "recipient": {"chat_id": f"chat:{chat}"},
            "message": {"text": text, "seq": number, "mid": f"mid:{chat}.{number}"},
            "timestamp": self.moment(),
        }
        group.chats.setdefault(chat, []).append(thing)
        return f"mid:{chat}.{number}"

    def seen_by(self, person: str, group_id: str = "57") -> list[str]:
        """What a person has read from the group."""
        talk = self.group(group_id).chats.get(f"C{person}", [])
        return [one["message"]["text"] for one in talk if one["sender"]["user_id"].startswith("group:")]

    def refuse(self, code: int, method: str = "", times: int = 1) -> None:
        """Answer the next calls of the method (any when not named) with this code of the API."""
        self.refusals += [(method, code)] * times

    def hook_body(self, group_id: str, person: str) -> dict[str, Any]:
        """The last line of a conversation as the webhook tells it."""
        return {"webhookType": "MESSAGE_CREATED", **self.group(group_id).chats[f"C{person}"][-1]}

    def call_hooks(self, group_id: str, person: str) -> list[int]:
        """Deliver the last line to the webhooks of the group; what they answered."""
        body = self.hook_body(group_id, person)
        return [httpx.post(url, json=body).status_code for url in self.group(group_id).hooks]

    def keep_posted(self, place: str, text: str, answers: str, identifier: str) -> None:
        """Remember what we sent, as people see it."""
        self.posted.append(Posted(place, text, answers, identifier))

    def _found(self, number: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        for group in self.groups.values():
            for comments in group.topics.values():
                for thing in comments:
                    if thing["id"] == number:
                        return thing, comments
        raise KeyError(number)
