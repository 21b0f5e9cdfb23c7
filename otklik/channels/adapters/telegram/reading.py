"""An update of Telegram -> what it means for us: a step of a talk, a message of a group, an edit, a chat left.

Updates are read as plain JSON, in the shapes of the public page of the Bot API: calls are taken by processes that
answer pages, and aiogram has no place there. Nothing of a group is kept but what was said to the bot. Deletions are
not told to bots by Telegram.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from otklik.channels.adapters.dialogue.groups import Ear, is_for_us, without_call
from otklik.channels.adapters.dialogue.said import Said, What
from otklik.channels.adapters.source import Change, Unread
from otklik.channels.incoming import Incoming, Media

NOT_READ = "Telegram прислал обновление неизвестного вида: содержимое сохранено."
GONE = ("left", "kicked")
GROUPS = ("group", "supergroup")
SCHEME = "telegram"
ALBUM, PART = "album", "part"

Json = Mapping[str, Any]


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
    for update in sorted(updates, key=number_of):
        try:
            _one(update, bot_id, ear, found)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError):
            found.unread.append(Unread(NOT_READ, update))
    found.incomings = _albums(found.incomings)
    return found


def number_of(update: Any) -> int:
    """The update's own number; 0 for what has none."""
    number = update.get("update_id") if isinstance(update, Mapping) else None
    return number if isinstance(number, int) else 0


def _one(update: Json, bot_id: int, ear: Ear, found: Read) -> None:
    order = int(update["update_id"])
    if "message" in update:
        _message(update["message"], order, bot_id, ear, found)
    elif "edited_message" in update:
        _edited(update["edited_message"], order, found)
    elif "callback_query" in update:
        _pressed(update["callback_query"], order, found)
    elif "my_chat_member" in update:
        _member(update["my_chat_member"], order, found)


def _message(message: Json, order: int, bot_id: int, ear: Ear, found: Read) -> None:
    if _author(message).get("is_bot"):
        return
    kind = message["chat"]["type"]
    if kind == "private":
        found.said.append(_said(message, order))
    elif kind in GROUPS:
        _group(message, bot_id, ear, found)


def _said(message: Json, order: int) -> Said:
    text, point, above = _text(message), message.get("location") or {}, message.get("reply_to_message")
    return Said(
        outer_id=id_of(message),
        chat=str(message["chat"]["id"]),
        at=moment(message["date"]),
        what="start" if text.startswith("/start") else "text",
        order=order,
        message=str(message["message_id"]),
        person=str(_author(message).get("id") or ""),
        name=_name(_author(message)),
        text=text,
        lat=point.get("latitude"),
        lon=point.get("longitude"),
        media=media_of(message),
        album=str(message.get("media_group_id") or ""),
        answers=id_of(above) if above else "",
    )


def _group(message: Json, bot_id: int, ear: Ear, found: Read) -> None:
    text, above, album = _text(message), message.get("reply_to_message"), message.get("media_group_id")
    answers = above is not None and _author(above).get("id") == bot_id
    if is_for_us(ear, str(message["chat"]["id"]), text, answers):
        words = without_call(ear, text)
        # A bare call in answer to somebody's message points at nothing of the caller's own; words are needed.
        if words or media_of(message):
            found.incomings.append(_incoming(message, words, id_of(above) if above else ""))
    elif album:
        # The other photos of an album have no caption; whether the first was for us is known only here.
        found.incomings.append(_incoming(message, "", "", of_album=True))


def _incoming(message: Json, words: str, parent: str, of_album: bool = False) -> Incoming:
    chat, point, at = message["chat"], message.get("location") or {}, moment(message["date"])
    topic = f"/{message['message_thread_id']}" if message.get("message_thread_id") else ""
    return Incoming(
        outer_id=id_of(message),
        text=words,
        came_at=at,
        sent_at=at,
        outer_author=str(_author(message).get("id") or ""),
        link=_link(message),
        thread=f"{chat['id']}{topic}",
        parent=parent,
        page=str(chat.get("title") or ""),
        lat=point.get("latitude"),
        lon=point.get("longitude"),
        media=media_of(message),
        columns={ALBUM: str(message.get("media_group_id") or ""), **({PART: "да"} if of_album else {})},
    )


def _albums(incomings: list[Incoming]) -> list[Incoming]:
    """An album is one message: its photos go to the one with words; an album nobody called us to goes away."""
    heads: dict[str, int] = {}
    whole: list[Incoming] = []
    for one in incomings:
        if PART not in one.columns:
            heads.setdefault(one.columns[ALBUM], len(whole))
            whole.append(replace(one, columns={}))
    for part in incomings:
        place = heads.get(part.columns[ALBUM]) if PART in part.columns else None
        if place is not None:
            whole[place] = replace(whole[place], media=(*whole[place].media, *part.media))
    return whole


def _edited(message: Json, order: int, found: Read) -> None:
    """Whose message it was is known where it is kept: a change of what is not ours goes away there."""
    edited = message.get("edit_date") or message["date"]
    found.changes.append(Change(id_of(message), "edited", moment(edited), _text(message)))
    if message["chat"]["type"] == "private":
        outer_id = f"{id_of(message)}:edited:{edited}"
        found.said.append(replace(_said(message, order), outer_id=outer_id, what="edited", at=moment(edited)))


def _pressed(query: Json, order: int, found: Read) -> None:
    message, person = query.get("message") or {}, query["from"]
    if (message.get("chat") or {}).get("type") != "private":
        return
    found.said.append(
        Said(
            outer_id=f"press:{query['id']}",
            chat=str(message["chat"]["id"]),
            # A press has no time of its own; it happens now.
            at=datetime.now(UTC),
            what="press",
            order=order,
            message=str(message["message_id"]),
            person=str(person["id"]),
            name=_name(person),
            data=str(query.get("data") or ""),
            press=str(query["id"]),
        )
    )


def _member(change: Json, order: int, found: Read) -> None:
    chat, gone = change["chat"], change["new_chat_member"]["status"] in GONE
    is_private = chat["type"] == "private"
    if is_private and not gone:
        return
    what: What = "stopped" if is_private else "left" if gone else "joined"
    found.said.append(
        Said(
            outer_id=f"{chat['id']}:member:{order}",
            chat=str(chat["id"]),
            at=moment(change["date"]),
            what=what,
            order=order,
            text=str(chat.get("title") or ""),
        )
    )


def media_of(message: Json) -> tuple[Media, ...]:
    """Photo (its largest size), documents and video; the address is opened with the account only."""
    if message.get("photo"):
        largest = max(message["photo"], key=lambda size: size["width"] * size["height"])
        return (Media(f"{SCHEME}:{largest['file_id']}", f"{largest['file_unique_id']}.jpg", "photo"),)
    for key, kind in (("document", "file"), ("video", "video")):
        if message.get(key):
            return (
                Media(f"{SCHEME}:{message[key]['file_id']}", str(message[key].get("file_name") or ""), kind),
            )
    return ()


def id_of(message: Json) -> str:
    """The outer id: a message's number is unique only inside its chat."""
    return f"{message['chat']['id']}:{message['message_id']}"


def moment(seconds: Any) -> datetime:
    """A moment of Telegram; raises for what is none."""
    return datetime.fromtimestamp(int(seconds), UTC)


def _text(message: Json) -> str:
    return str(message.get("text") or message.get("caption") or "")


def _author(message: Json) -> Json:
    return message.get("from") or {}


def _name(person: Json) -> str:
    return " ".join(str(part) for part in (person.get("first_name"), person.get("last_name")) if part)


def _link(message: Json) -> str:
    """Public groups have links by name, private ones by the number without its -100 (opened by members only)."""
    chat, number = message["chat"], str(message["chat"]["id"])
    if chat.get("username"):
        return f"https://t.me/{chat['username']}/{message['message_id']}"
    return f"https://t.me/c/{number[4:]}/{message['message_id']}" if number.startswith("-100") else ""
