"""Answers as the bot: `POST /messages` into the chat the message came from, files by `POST /uploads` first.

MAX keeps no number of ours. After a broken line the last messages of the chat are read (`GET /messages`): a text that
is there already is not sent again.
"""

import html
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from otklik.channels.adapters.base import SendResult
from otklik.channels.adapters.dialogue.keyboards import GEO
from otklik.channels.adapters.dialogue.sending import (
    LOST,
    Letter,
    NotTakenError,
    Piece,
    cut_off,
    drawn,
    letter_of,
    send_pieces,
)
from otklik.channels.adapters.looking_back import next_from
from otklik.channels.adapters.max.client import RefusedError, call, send_file
from otklik.channels.adapters.max.posting import post
from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.files import path_of
from otklik.channels.models import Outgoing, StoredFile
from otklik.channels.services.accounts import account_of
from otklik.common.errors import Refused
from otklik.common.scope import within

# MAX takes 4000; a little is left for what HTML adds.
LIMIT = 3900
MOST, PAGES = 100, 40
BLOCKED = "Житель остановил бота или бот не может ему писать: ответьте другим путём и отметьте, где."
EXPELLED = "Бота нет в этом чате: ответьте в нём сами и вставьте ссылку."
NOT_READY = timedelta(seconds=5)


class MaxAdapter:
    """Sends the text in parts with buttons, then the files."""

    # A later try looks first whether the text stands there already.
    repeats_safely = True

    def send(self, outgoing: Outgoing) -> SendResult:
        with within(outgoing.municipality_id):
            letter = letter_of(outgoing, LIMIT)
            try:
                account = account_of(outgoing.channel)
            except Refused as refused:
                return SendResult("retry", error=str(refused))
        if outgoing.way == "page":
            return post(account, outgoing)
        if not letter.chat:
            return SendResult("by_hand", error=EXPELLED)
        return send_pieces(letter, outgoing, lambda whole, piece: _post(account, outgoing, whole, piece))


def _post(account: Account, outgoing: Outgoing, letter: Letter, piece: Piece) -> str:
    try:
        known = _posted_before(account, outgoing, letter, piece)
        return known or _say(account, letter, piece)
    except Unreachable as shut:
        raise NotTakenError(SendResult("retry", error=shut.words, wait=shut.wait)) from None
    except RefusedError as error:
        raise NotTakenError(_refused(error, letter)) from None


def _refused(error: RefusedError, letter: Letter) -> SendResult:
    """What the refusal means for the outgoing."""
    if error.code == "attachment.not.ready":
        return SendResult("retry", error="MAX ещё обрабатывает файл: попробуем снова.", wait=NOT_READY)
    if error.status in (403, 404):
        return SendResult("by_hand", error=EXPELLED if letter.chat.startswith("-") else BLOCKED)
    return SendResult(
        "by_hand", error=f"MAX не принял ответ ({error.code or error.status}): ответьте в чате сами."
    )


def _say(account: Account, letter: Letter, piece: Piece) -> str:
    if letter.press and piece is letter.pieces[0]:
        _acknowledge(account, letter.press)
    body: dict[str, Any] = {"attachments": _attachments(account, piece)}
    if piece.text:
        body |= {"text": piece.text, "format": "html"}
    if piece.answers:
        body["link"] = {"type": "reply", "mid": piece.answers}
    told = call(account, "POST", "/messages", params={"chat_id": letter.chat}, json=body)
    return str(told["message"]["body"]["mid"])


def _attachments(account: Account, piece: Piece) -> list[dict[str, Any]]:
    if piece.file:
        return [_uploaded(account, piece.file)]
    keys = drawn(piece.rows, _button)
    return [{"type": "inline_keyboard", "payload": {"buttons": keys}}] if keys else []


def _button(text: str, data: str) -> dict[str, Any]:
    if data == GEO:
        return {"type": "request_geo_location", "text": text, "quick": True}
    return {"type": "callback", "text": text, "payload": data}


def _uploaded(account: Account, file: StoredFile) -> dict[str, Any]:
    """The file lies at MAX now; documents get their token with the bytes."""
    place = call(account, "POST", "/uploads", params={"type": "file"})
    told = send_file(account, str(place["url"]), file.name, path_of(file).read_bytes())
    return {"type": "file", "payload": {"token": str(told.get("token") or place.get("token") or "")}}


def _acknowledge(account: Account, press: str) -> None:
    """Stops the button from blinking; an old press is nobody's trouble."""
    try:
        call(account, "POST", "/answers", params={"callback_id": press}, json={"notification": "Принято"})
    except RefusedError:
        return


def _posted_before(account: Account, outgoing: Outgoing, letter: Letter, piece: Piece) -> str:
    """The id of the same text among the last messages of the chat, looked for only after a try that broke."""
    if not outgoing.tries or not piece.text:
        return ""
    words = _plain(html.unescape(piece.text))
    for message in _said_since(account, outgoing, letter.chat):
        body = message.get("body") or {}
        if (message.get("sender") or {}).get("is_bot") and _plain(body.get("text") or "") == words:
            return str(body.get("mid", ""))
    return ""


def _said_since(account: Account, outgoing: Outgoing, chat: str) -> Iterator[dict[str, Any]]:
    """What stands in the chat since the outgoing was made, the newest first: a lively chat says more in two minutes
    than one page holds. Raises NotTakenError where the whole of it cannot be looked through."""
    since = outgoing.created_at.timestamp() * 1000
    upto: dict[str, int] = {}
    for _ in range(PAGES):
        try:
            told = call(account, "GET", "/messages", params={"chat_id": chat, "count": MOST, **upto})
        except RefusedError:
            break
        rows = told.get("messages") or []
        yield from (row for row in rows if row.get("timestamp", 0) >= since)
        moments = [row.get("timestamp", 0) for row in rows]
        if len(rows) < MOST or min(moments) < since:
            return
        earlier = next_from(moments)
        if earlier is None:
            break
        upto = {"from": earlier}
    raise NotTakenError(cut_off(outgoing, LOST))


def _plain(text: str) -> str:
    """Without marks and white space: MAX gives the text back without them."""
    return "".join(text.replace("<b>", "").replace("</b>", "").split())
