"""The fake Telegram: the part of the Bot API that a bot of ours asks for, in the shapes of core.telegram.org/bots/api.

Errors carry `error_code`, `description` and `parameters` as the page says; limits are those of the page. aiogram, the
real client, speaks to it in the tests.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from aiohttp import web

from tests.fakes.messenger import BOT_ID, BOT_NAME, Chat, Line, Messenger, Person, Pressed, plain

TOKEN = f"{BOT_ID}:fake-token-of-the-fake-network-12345"
UNITS = 4096
CAPTION = 1024


class TelegramError(Exception):
    """A refusal of the API."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.answer = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.answer["parameters"] = parameters
        self.code = code


class Telegram(Messenger):
    """Updates wait till a later offset confirms them; two readers at once get a conflict."""

    name: ClassVar[str] = "telegram"
    lists: ClassVar[frozenset[str]] = frozenset({"result"})
    longest: ClassVar[int] = UNITS

    def __init__(self) -> None:
        super().__init__()
        self.updates: list[dict[str, Any]] = []
        self.last_update = 500
        self.webhook = ""
        self.readers = 0
        self.busy: list[int] = []
        self.moved: dict[int, int] = {}

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.post("/bot{token}/{method}", self._method),
            web.get("/bot{token}/{method}", self._method),
            web.get("/file/bot{token}/{path:.*}", self._file),
        ]

    def numbers_from(self, number: int) -> None:
        super().numbers_from(number)
        self.last_update = number

    def reset(self) -> None:
        super().reset()
        self.webhook = ""
        self.updates, self.busy, self.moved = [], [], {}

    def ask_to_wait(self, seconds: int, times: int = 1) -> None:
        """Answer the next calls as Telegram itself does when they are too many."""
        self.busy += [seconds] * times

    def move(self, chat: Chat, number: int) -> None:
        """The group becomes a supergroup with another number."""
        self.moved[chat.number] = number
        self.town.chats[number] = Chat(number, chat.title, is_group=True)

    def strange(self, **content: Any) -> None:
        """An update of a shape nobody knows."""
        self._add(**content)

    # Events in Telegram's shapes.

    def tell_message(self, line: Line) -> None:
        self._add(message=self._message(line))

    def tell_edit(self, line: Line) -> None:
        self._add(edited_message=self._message(line) | {"edit_date": int(line.edited)})

    def tell_press(self, press: Pressed) -> None:
        self._add(
            callback_query={
                "id": press.number,
                "from": _user(press.by),
                "chat_instance": "1",
                "message": self._message(press.line),
                "data": press.data,
            }
        )

    def tell_member(self, chat: Chat, by: Person, is_in: bool) -> None:
        status = {"status": "member" if is_in else "kicked", "user": _bot(), "until_date": 0}
        old = {"status": "left" if is_in else "member", "user": _bot(), "until_date": 0}
        member = {"chat": _chat(chat), "from": _user(by), "date": 1790000000 + self.orders}
        self._add(my_chat_member=member | {"old_chat_member": old, "new_chat_member": status})

    def _add(self, **content: Any) -> None:
        self.last_update += 1
        self.updates.append({"update_id": self.last_update, **content})
        self.wake()

    def _message(self, line: Line) -> dict[str, Any]:
        chat = self.town.chats.get(line.chat) or Chat(line.chat)
        told: dict[str, Any] = {"message_id": int(line.number), "date": int(line.at), "chat": _chat(chat)}
        told["from"] = _user(line.by) if line.by else _bot()
        if line.photos:
            told["photo"] = [_size(name, side) for name in line.photos for side in (90, 1280)]
            if line.text:
                told["caption"] = line.text
        elif line.text:
            told["text"] = line.text
        if line.point:
            told["location"] = {"latitude": line.point[0], "longitude": line.point[1]}
        if line.album:
            told["media_group_id"] = line.album
        above = next((one for one in self.lines_of(line.chat) if one.number == line.answers), None)
        if above:
            told["reply_to_message"] = self._message(above)
        return told

    # The API.

    async def _method(self, request: web.Request) -> web.Response:
        try:
            if request.match_info["token"] != TOKEN:
                raise TelegramError(401, "Unauthorized")
            if self.busy and request.match_info["method"] != "getMe":
                seconds = self.busy.pop(0)
                raise TelegramError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
            deed: Callable[[dict[str, Any]], Any] | None = getattr(
                self, f"do_{request.match_info['method']}", None
            )
            if deed is None:
                raise TelegramError(404, "Not Found: method not found")
            given = {**request.query, **await request.post()}
            return web.json_response({"ok": True, "result": await deed(given)})
        except TelegramError as error:
            return web.json_response(error.answer, status=error.code)

    async def do_getMe(self, given: dict[str, Any]) -> dict[str, Any]:  # noqa: N802 - Telegram's name
        return _bot() | {"can_join_groups": True, "can_read_all_group_messages": False}

    async def do_getUpdates(self, given: dict[str, Any]) -> list[dict[str, Any]]:  # noqa: N802
        if self.webhook:
            raise TelegramError(409, "Conflict: can't use getUpdates method while webhook is active")
        if self.readers:
            raise TelegramError(409, "Conflict: terminated by other getUpdates request")
        offset = int(given.get("offset") or 0)
        if offset:
            self.updates = [one for one in self.updates if one["update_id"] >= offset]
        self.readers += 1
        try:
            limit = int(given.get("limit") or 100)
            return (
                await self.until(lambda: self.updates[:limit] or None, float(given.get("timeout") or 0)) or []
            )
        finally:
            self.readers -= 1

    async def do_sendMessage(self, given: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        chat = self._open_chat(given)
        text = str(given.get("text", ""))
        if given.get("parse_mode") == "HTML":
            try:
                text = plain(text)
            except ValueError:
                raise TelegramError(400, "Bad Request: can't parse entities") from None
        if not text.strip():
            raise TelegramError(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) // 2 > UNITS:
            raise TelegramError(400, "Bad Request: message is too long")
        buttons = _rows(given)
        return self._message(self.post(chat, text, self._answers(given, chat), buttons))

    async def do_sendDocument(self, given: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        chat = self._open_chat(given)
        file = next(one for one in given.values() if isinstance(one, web.FileField))
        self.keep_file(file.file.read())
        return self._message(self.post(chat, "", self._answers(given, chat), files=[file.filename]))

    async def do_sendPhoto(self, given: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        chat = self._open_chat(given)
        caption = str(given.get("caption", ""))
        if len(caption.encode("utf-16-le")) // 2 > CAPTION:
            raise TelegramError(400, "Bad Request: message caption is too long")
        file = next(one for one in given.values() if isinstance(one, web.FileField))
        name = self.keep_file(file.file.read())
        return self._message(self.post(chat, caption, photos=[name]))

    async def do_answerCallbackQuery(self, given: dict[str, Any]) -> bool:  # noqa: N802
        if all(press.number != given.get("callback_query_id") for press in self.town.presses):
            raise TelegramError(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        self.town.acknowledged.append(str(given["callback_query_id"]))
        return True

    async def do_getChat(self, given: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        chat = self._open_chat(given)
        return _chat(chat) | {"accent_color_id": 1, "max_reaction_count": 11, "accepted_gift_types": _GIFTS}

    async def do_getChatMemberCount(self, given: dict[str, Any]) -> int:  # noqa: N802
        self._open_chat(given)
        return 1240

    async def do_getFile(self, given: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        name = str(given.get("file_id"))
        if name not in self.town.files:
            raise TelegramError(400, "Bad Request: invalid file_id")
        return {"file_id": name, "file_unique_id": name, "file_path": f"photos/{name}.jpg"}

    async def _file(self, request: web.Request) -> web.Response:
        name = request.match_info["path"].removeprefix("photos/").removesuffix(".jpg")
        if request.match_info["token"] != TOKEN or name not in self.town.files:
            return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)
        return web.Response(body=self.town.files[name], content_type="application/octet-stream")

    def _open_chat(self, given: dict[str, Any]) -> Chat:
        asked = str(given["chat_id"])
        named = [one.number for one in self.town.chats.values() if one.name and f"@{one.name}" == asked]
        number = named[0] if named else int(asked) if asked.removeprefix("-").isdecimal() else 0
        if number in self.moved:
            moved = self.moved[number]
            raise TelegramError(
                400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=moved
            )
        chat = self.town.chats.get(number)
        if chat is None:
            raise TelegramError(400, "Bad Request: chat not found")
        if chat.blocked:
            words = "bot was kicked from the group chat" if chat.is_group else "bot was blocked by the user"
            raise TelegramError(403, f"Forbidden: {words}")
        return chat

    def _answers(self, given: dict[str, Any], chat: Chat) -> str:
        asked = json.loads(given.get("reply_parameters") or "{}")
        number = str(asked.get("message_id") or "")
        if number and all(line.number != number for line in self.lines_of(chat.number)):
            if not asked.get("allow_sending_without_reply"):
                raise TelegramError(400, "Bad Request: message to be replied not found")
            return ""
        return number


_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


def _rows(given: dict[str, Any]) -> list[list[tuple[str, str]]]:
    markup = json.loads(given.get("reply_markup") or "{}")
    rows = [[(one["text"], one["callback_data"]) for one in row] for row in markup.get("inline_keyboard", [])]
    if any(len(data.encode()) > 64 for row in rows for _, data in row):
        raise TelegramError(400, "Bad Request: BUTTON_DATA_INVALID")
    return rows


def _user(person: Person) -> dict[str, Any]:
    return {"id": person.number, "is_bot": False, "first_name": person.name}


def _bot() -> dict[str, Any]:
    return {"id": BOT_ID, "is_bot": True, "first_name": "Город", "username": BOT_NAME}


def _chat(chat: Chat) -> dict[str, Any]:
    if chat.name:
        return {"id": chat.number, "type": "channel", "title": chat.title, "username": chat.name}
    if chat.is_group:
        return {"id": chat.number, "type": "supergroup", "title": chat.title}
    return {"id": chat.number, "type": "private", "first_name": "Житель"}


def _size(name: str, side: int) -> dict[str, Any]:
    small = {"file_id": f"{name}-small", "file_unique_id": f"{name}-small"}
    whole = {"file_id": name, "file_unique_id": name}
    return (whole if side > 100 else small) | {"width": side, "height": side * 3 // 4, "file_size": side}
