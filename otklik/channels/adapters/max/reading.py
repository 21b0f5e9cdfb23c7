"""An update of MAX -> what it means for us: a step of a talk, a message of a group, an edit, a removal, a chat left.

Shapes are written from dev.max.ru/docs-api (Update, Message, Attachment, Callback). Moments are milliseconds of UTC.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from otklik.channels.adapters.dialogue.groups import Ear, is_for_us, without_call
from otklik.channels.adapters.dialogue.said import Said, What
from otklik.channels.adapters.source import Change, Unread
from otklik.channels.incoming import Incoming, Media

NOT_READ = "MAX прислал событие неизвестного вида: содержимое сохранено."
KINDS = {"image": "photo", "video": "video", "file": "file"}
OF_CHAT: dict[str, What] = {
    "bot_started": "start",
    "bot_stopped": "stopped",
    "dialog_removed": "stopped",
    "bot_added": "joined",
    "bot_removed": "left",
}


@dataclass
class Read:
    """What the updates brought, in their order; what cannot be read stands apart."""

    said: list[Said] = field(default_factory=list)
    incomings: list[Incoming] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def read(updates: Iterable[Any], bot_id: int, ear: Ear) -> Read:
    """Everything of these updates that is for us; one strange update stops no other."""
    found = Read()
    for update in updates:
        try:
            _one(update, bot_id, ear, found)
        except (KeyError, TypeError, ValueError, AttributeError):
            found.unread.append(Unread(NOT_READ, update))
    return found


def _one(update: Mapping[str, Any], bot_id: int, ear: Ear, found: Read) -> None:
    kind = update["update_type"]
    if kind == "message_created":
        _message(update["message"], bot_id, ear, found)
    elif kind == "message_edited":
        _edited(update, found)
    elif kind == "message_removed":
        outer_id = f"{update['chat_id']}:{update['message_id']}"
        found.changes.append(Change(outer_id, "removed", moment(update["timestamp"])))
    elif kind == "message_callback":
        _pressed(update, found)
    elif kind in OF_CHAT:
        found.said.append(_of_chat(update, OF_CHAT[kind]))


def _message(message: Mapping[str, Any], bot_id: int, ear: Ear, found: Read) -> None:
    sender = message.get("sender") or {}
    if sender.get("is_bot"):
        return
    if message["recipient"]["chat_type"] == "dialog":
        found.said.append(_said(message))
    elif message["recipient"]["chat_type"] == "chat":
        _group(message, bot_id, ear, found)


def _said(message: Mapping[str, Any]) -> Said:
    sender, body = message.get("sender") or {}, message["body"]
    text = body.get("text") or ""
    lat, lon = _point(body)
    above = message.get("link") or {}
    answers = above.get("message", {}).get("mid", "") if above.get("type") == "reply" else ""
    return Said(
        outer_id=_id(message),
        chat=str(message["recipient"]["chat_id"]),
        at=moment(message["timestamp"]),
        what="start" if text.startswith("/start") else "text",
        order=int(message["timestamp"]),
        message=str(body["mid"]),
        person=str(sender.get("user_id") or ""),
        name=_name(sender),
        text=text,
        lat=lat,
        lon=lon,
        media=media_of(body),
        answers=f"{message['recipient']['chat_id']}:{answers}" if answers else "",
    )


def _group(message: Mapping[str, Any], bot_id: int, ear: Ear, found: Read) -> None:
    body, chat = message["body"], str(message["recipient"]["chat_id"])
    text = body.get("text") or ""
    above = message.get("link") or {}
    is_reply = above.get("type") == "reply"
    answers_bot = is_reply and (above.get("sender") or {}).get("user_id") == bot_id
    names_bot = any(
        mark.get("type") == "user_mention" and mark.get("user_id") == bot_id
        for mark in body.get("markup") or ()
    )
    if not is_for_us(ear, chat, text, answers_bot, names_bot):
        return
    words, media = without_call(ear, text), media_of(body)
    if not words and not media:
        return
    at = moment(message["timestamp"])
    sender = message.get("sender") or {}
    lat, lon = _point(body)
    found.incomings.append(
        Incoming(
            outer_id=_id(message),
            text=words,
            came_at=at,
            sent_at=at,
            outer_author=str(sender.get("user_id") or ""),
            link=str(message.get("url") or ""),
            thread=chat,
            parent=f"{chat}:{above['message']['mid']}" if is_reply and above.get("message") else "",
            lat=lat,
            lon=lon,
            media=media,
        )
    )


def _edited(update: Mapping[str, Any], found: Read) -> None:
    message = update["message"]
    at = moment(update["timestamp"])
    found.changes.append(Change(_id(message), "edited", at, message["body"].get("text") or ""))
    if message["recipient"]["chat_type"] == "dialog" and not (message.get("sender") or {}).get("is_bot"):
        said = _said(message)
        order = int(update["timestamp"])
        outer_id = f"{said.outer_id}:edited:{order}"
        found.said.append(replace(said, outer_id=outer_id, what="edited", at=at, order=order))


def _pressed(update: Mapping[str, Any], found: Read) -> None:
    press, message = update["callback"], update.get("message") or {}
    recipient = message.get("recipient") or {}
    if recipient.get("chat_type") != "dialog":
        return
    person = press["user"]
    found.said.append(
        Said(
            outer_id=f"press:{press['callback_id']}"[:200],
            chat=str(recipient["chat_id"]),
            at=moment(update["timestamp"]),
            what="press",
            order=int(update["timestamp"]),
            message=str(message.get("body", {}).get("mid", "")),
            person=str(person["user_id"]),
            name=_name(person),
            data=str(press.get("payload") or ""),
            press=str(press["callback_id"]),
        )
    )


def _of_chat(update: Mapping[str, Any], what: What) -> Said:
    person = update.get("user") or {}
    return Said(
        outer_id=f"{update['chat_id']}:{update['update_type']}:{update['timestamp']}",
        chat=str(update["chat_id"]),
        at=moment(update["timestamp"]),
        what=what,
        order=int(update["timestamp"]),
        person=str(person.get("user_id") or ""),
        name=_name(person),
        text="/start" if what == "start" else str(update.get("title") or ""),
    )


def media_of(body: Mapping[str, Any]) -> tuple[Media, ...]:
    """Photos, videos and files by the links MAX gives; several in one message are its album."""
    found = []
    for one in body.get("attachments") or ():
        url = (one.get("payload") or {}).get("url")
        if one.get("type") in KINDS and url:
            found.append(Media(str(url), str(one.get("filename") or ""), KINDS[one["type"]]))
    return tuple(found)


def _point(body: Mapping[str, Any]) -> tuple[float | None, float | None]:
    for one in body.get("attachments") or ():
        if one.get("type") == "location" and one.get("latitude") is not None:
            return float(one["latitude"]), float(one["longitude"])
    return None, None


def _id(message: Mapping[str, Any]) -> str:
    """The outer id: chat and MAX's own name of the message."""
    return f"{message['recipient']['chat_id']}:{message['body']['mid']}"


def _name(person: Mapping[str, Any]) -> str:
    parts = (person.get("first_name") or person.get("name") or "", person.get("last_name") or "")
    return " ".join(str(part) for part in parts if part)


def moment(milliseconds: Any) -> datetime:
    """A moment of MAX; raises for what is none."""
    return datetime.fromtimestamp(int(milliseconds) / 1000, UTC)
