"""The fake MAX: the part of its Bot API that a bot of ours asks for, in the shapes of dev.max.ru/docs-api.

maxapi, the real client, speaks to it in the tests.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from aiohttp import web

from tests.fakes.messenger import BOT_ID, BOT_NAME, Chat, Line, Messenger, Person, Pressed, plain

TOKEN = "fake-max-token-of-the-fake-network"
LONGEST = 4000


class Max(Messenger):
    """Updates wait till a later marker confirms them."""

    name: ClassVar[str] = "max"
    lists: ClassVar[frozenset[str]] = frozenset({"updates"})
    longest: ClassVar[int] = LONGEST

    def __init__(self) -> None:
        super().__init__()
        self.updates: list[tuple[int, dict[str, Any]]] = []
        self.last_marker = 7000
        self.uploads: dict[str, str] = {}
        self.not_ready = 0
        self.views = 0

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/me", self._me),
            web.get("/chats/{chat}", self._chat),
            web.get("/updates", self._updates),
            web.post("/messages", self._send),
            web.get("/messages", self._messages),
            web.post("/answers", self._answer),
            web.post("/uploads", self._upload),
            web.post("/put", self._put),
            web.get("/files/{name}", self._file),
        ]

    def numbers_from(self, number: int) -> None:
        super().numbers_from(number)
        self.last_marker = number

    def reset(self) -> None:
        super().reset()
        self.updates, self.uploads, self.not_ready, self.views = [], {}, 0, 0

    def begin(self, person: Person) -> None:
        """Open the bot for the first time and press «Начать»."""
        self.private(person).blocked = False
        self._add("bot_started", chat_id=person.number, user=_user(person), user_locale="ru")

    def strange(self, **content: Any) -> None:
        """An update of a shape nobody knows."""
        self._add("message_created", **content)

    def remove(self, line: Line) -> None:
        """The person removes what was written."""
        self.town.lines.remove(line)
        by = line.by.number if line.by else BOT_ID
        self._add("message_removed", message_id=line.number, chat_id=line.chat, user_id=by)

    # Events in the shapes of MAX.

    def number_of(self, order: int) -> str:
        return f"mid.{order:016x}"

    def tell_message(self, line: Line) -> None:
        self._add("message_created", message=self._message(line), user_locale="ru")

    def tell_edit(self, line: Line) -> None:
        self._add("message_edited", message=self._message(line))

    def tell_press(self, press: Pressed) -> None:
        callback = {
            "timestamp": self.moment(),
            "callback_id": press.number,
            "payload": press.data,
            "user": _user(press.by),
        }
        self._add("message_callback", callback=callback, message=self._message(press.line), user_locale="ru")

    def tell_member(self, chat: Chat, by: Person, is_in: bool) -> None:
        if chat.is_group:
            kind = "bot_added" if is_in else "bot_removed"
            self._add(kind, chat_id=chat.number, user=_user(by), is_channel=False)
        elif not is_in:
            self._add("bot_stopped", chat_id=chat.number, user=_user(by), user_locale="ru")

    def _add(self, kind: str, **content: Any) -> None:
        self.last_marker += 1
        told = {"update_type": kind, "timestamp": self.moment(), **content}
        self.updates.append((self.last_marker, told))
        self.wake()

    def _message(self, line: Line) -> dict[str, Any]:
        chat = self.town.chats.get(line.chat) or Chat(line.chat)
        recipient = {"chat_id": line.chat, "chat_type": "chat" if chat.is_group else "dialog"}
        if line.by is None and not chat.is_group:
            recipient["user_id"] = line.chat
        attachments: list[dict[str, Any]] = [
            {
                "type": "image",
                "payload": {"photo_id": number, "token": name, "url": f"{self.url}/files/{name}"},
            }
            for number, name in enumerate(line.photos)
        ]
        if line.point:
            attachments.append({"type": "location", "latitude": line.point[0], "longitude": line.point[1]})
        if line.buttons:
            attachments.append({"type": "inline_keyboard", "payload": {"buttons": _keys(line)}})
        told = {
            "sender": _user(line.by) if line.by else _bot(),
            "recipient": recipient,
            "timestamp": round(line.at * 1000),
            "body": {"mid": line.number, "seq": line.order, "text": line.text, "attachments": attachments},
        }
        above = next((one for one in self.lines_of(line.chat) if one.number == line.answers), None)
        if above:
            link = {"type": "reply", "sender": _user(above.by) if above.by else _bot(), "chat_id": above.chat}
            told["link"] = link | {"message": {"mid": above.number, "seq": above.order, "text": above.text}}
        if chat.name:
            told |= {"url": f"https://max.ru/{chat.name}/{line.order}", "stat": {"views": self.views}}
        return told

    # The API.

    async def _me(self, request: web.Request) -> web.Response:
        return _stranger(request) or web.json_response(_bot())

    async def _chat(self, request: web.Request) -> web.Response:
        refused = _stranger(request)
        chat = self.town.chats.get(int(request.match_info["chat"]))
        if refused or chat is None:
            return refused or _error(404, "chat.not.found", "Chat not found")
        kind = "channel" if chat.name else "chat" if chat.is_group else "dialog"
        about = {"chat_id": chat.number, "type": kind, "status": "active", "title": chat.title}
        about["is_public"] = bool(chat.name)
        return web.json_response(about | {"participants_count": 310, "last_event_time": 0})

    async def _updates(self, request: web.Request) -> web.Response:
        refused = _stranger(request)
        if refused:
            return refused
        marker = int(request.query.get("marker") or 0)
        if marker:
            self.updates = [(number, one) for number, one in self.updates if number >= marker]
        limit = int(request.query.get("limit") or 100)
        seconds = float(request.query.get("timeout") or 0)
        found = await self.until(lambda: self.updates[:limit] or None, seconds) or []
        following = found[-1][0] + 1 if found else marker or self.last_marker + 1
        return web.json_response({"updates": [one for _, one in found], "marker": following})

    async def _send(self, request: web.Request) -> web.Response:
        refused = _stranger(request)
        if refused:
            return refused
        chat = self.town.chats.get(int(request.query.get("chat_id") or request.query.get("user_id") or 0))
        if chat is None:
            return _error(404, "chat.not.found", "Chat not found")
        if chat.blocked:
            return _error(403, "chat.denied", "bot is not allowed to write to this chat")
        body = await request.json()
        given = str(body.get("text") or "")
        if len(given) > LONGEST:
            return _error(400, "proto.payload", "text: size must be between 0 and 4000")
        try:
            text = plain(given) if body.get("format") == "html" else given
        except ValueError:
            return _error(400, "proto.payload", "format: wrong html")
        attachments = body.get("attachments") or []
        if not text.strip() and not attachments:
            return _error(400, "proto.payload", "empty message")
        files = [one["payload"]["token"] for one in attachments if one["type"] == "file"]
        if files and self.not_ready:
            self.not_ready -= 1
            return _error(400, "attachment.not.ready", "Key: errors.process.attachment.file.not.processed")
        rows = [
            row
            for one in attachments
            if one["type"] == "inline_keyboard"
            for row in one["payload"]["buttons"]
        ]
        buttons = [[(one["text"], one.get("payload") or one["type"]) for one in row] for row in rows]
        names = [self.uploads.get(token, "?") for token in files]
        photos = [token for one in attachments if one["type"] == "image" for token in _tokens(one["payload"])]
        answers = str((body.get("link") or {}).get("mid") or "")
        line = self.post(chat, text, answers, buttons, names, photos)
        return web.json_response({"message": self._message(line)})

    async def _messages(self, request: web.Request) -> web.Response:
        refused = _stranger(request)
        if refused:
            return refused
        if wanted := request.query.get("message_ids", ""):
            found = [line for line in self.town.lines if line.number in wanted.split(",")]
            return web.json_response({"messages": [self._message(line) for line in found]})
        count = int(request.query.get("count") or 50)
        upto = int(request.query.get("from") or 2**62)
        told = [self._message(line) for line in self.lines_of(int(request.query["chat_id"]))]
        lines = [line for line in told if line["timestamp"] <= upto][-count:]
        return web.json_response({"messages": lines[::-1]})

    async def _answer(self, request: web.Request) -> web.Response:
        number = request.query.get("callback_id", "")
        if all(press.number != number for press in self.town.presses):
            return _error(400, "callback.not.found", "Callback not found")
        self.town.acknowledged.append(number)
        return web.json_response({"success": True})

    async def _upload(self, request: web.Request) -> web.Response:
        kind = request.query.get("type", "file")
        return _stranger(request) or web.json_response({"url": f"{self.url}/put?type={kind}"})

    async def _put(self, request: web.Request) -> web.Response:
        file = (await request.post())["data"]
        assert isinstance(file, web.FileField)
        token = self.keep_file(file.file.read())
        self.uploads[token] = file.filename
        if request.query.get("type") == "image":
            return web.json_response({"photos": {"1": {"token": token}}})
        return web.json_response({"token": token})

    async def _file(self, request: web.Request) -> web.Response:
        content = self.town.files.get(request.match_info["name"])
        return web.Response(body=content, content_type="image/jpeg") if content else web.Response(status=404)


def _keys(line: Line) -> list[list[dict[str, str]]]:
    return [
        [
            {"type": data, "text": words}
            if data == "request_geo_location"
            else {"type": "callback", "text": words, "payload": data}
            for words, data in row
        ]
        for row in line.buttons
    ]


def _tokens(payload: dict[str, Any]) -> list[str]:
    """Pictures are named by a token or by the whole answer of the upload."""
    photos = payload.get("photos")
    return [str(one["token"]) for one in photos.values()] if photos else [str(payload["token"])]


def _stranger(request: web.Request) -> web.Response | None:
    if request.headers.get("Authorization") == TOKEN:
        return None
    return _error(401, "verify.token", "Invalid access_token")


def _error(status: int, code: str, message: str) -> web.Response:
    return web.json_response({"code": code, "message": message}, status=status)


def _user(person: Person) -> dict[str, Any]:
    return {
        "user_id": person.number,
        "first_name": person.name,
        "name": person.name,
        "is_bot": False,
        "last_activity_time": 1790000000000,
    }


def _bot() -> dict[str, Any]:
    return {
        "user_id": BOT_ID,
        "first_name": "Город",
        "name": "Город",
        "username": BOT_NAME,
        "is_bot": True,
        "last_activity_time": 1790000000000,
    }
