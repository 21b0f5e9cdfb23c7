"""A guest book of a village's site: the toy outer system of docs/recipes/add-a-channel.md and of the chaos tests."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from aiohttp import web

from tests.fakes.service import Posted, Service

TOKEN = "guest-book-token"


class Guestbook(Service):
    """Notes with growing numbers; a reply with a key it has seen is dropped."""

    name: ClassVar[str] = "guestbook"
    lists: ClassVar[frozenset[str]] = frozenset({"notes"})

    def __init__(self) -> None:
        super().__init__()
        self.notes: list[dict[str, Any]] = []
        self.keys: dict[str, int] = {}
        self.asked: list[str] = []

    def say(self, text: str, author: str = "guest", at: datetime | None = None, **more: Any) -> int:
        """A person leaves a note; gives its number."""
        number = len(self.notes) + 1
        note = {
            "id": number,
            "text": text,
            "author": author,
            "at": (at or datetime.now(UTC)).isoformat(),
            "link": f"{self.url}/notes/{number}",
        }
        self.notes.append(note | more)
        return number

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/notes", self._notes),
            web.post("/replies", self._reply),
            web.get("/paper.pdf", _paper),
        ]

    async def _notes(self, request: web.Request) -> web.Response:
        if not _is_known(request):
            return web.json_response({"error": "token"}, status=401)
        after, count = int(request.query["after"]), int(request.query["count"])
        return web.json_response({"notes": [note for note in self.notes if note["id"] > after][:count]})

    async def _reply(self, request: web.Request) -> web.Response:
        if not _is_known(request):
            return web.json_response({"error": "token"}, status=401)
        body = await request.json()
        self.asked.append(body["key"])
        if body["key"] not in self.keys:
            self.keys[body["key"]] = len(self.posted) + 1
            self.posted.append(
                Posted(body["note"], body["text"], answers=body["note"], identifier=body["key"])
            )
        return web.json_response({"id": self.keys[body["key"]]})


def _is_known(request: web.Request) -> bool:
    return request.headers.get("Authorization") == f"Bearer {TOKEN}"


async def _paper(_request: web.Request) -> web.Response:
    return web.Response(body=b"%PDF-1.7 a paper", content_type="application/pdf")
