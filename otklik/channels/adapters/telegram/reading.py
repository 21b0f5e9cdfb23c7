"""An update of Telegram -> what it means for us: a step of a talk, a message of a group, an edit, a chat left.

Shapes are those of aiogram's types, which follow the public page of the Bot API. Nothing of a group is kept but what
was said to the bot. Deletions are not told to bots by Telegram.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from aiogram.types import (
    CallbackQuery,
    ChatMemberUpdated,
    InaccessibleMessage,
    Message,
    Update,
    User,
)

from otklik.channels.adapters.dialogue.groups import Ear, is_for_us, without_call
from otklik.channels.adapters.dialogue.said import Said
from otklik.channels.adapters.source import Change
from otklik.channels.incoming import Incoming, Media

GONE = ("left", "kicked")
SCHEME = "telegram"


@dataclass
class Read:
    """What the updates brought, in their order."""

    said: list[Said] = field(default_factory=list)
    incomings: list[Incoming] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def read(updates: Iterable[Update], bot: User, ear: Ear) -> Read:
    """Everything of these updates that is for us."""
    found = Read()
    for update in sorted(updates, key=lambda one: one.update_id):
        if update.message:
            _message(update.message, update.update_id, bot, ear, found)
        elif update.edited_message:
            _edited(update.edited_message, update.update_id, found)
        elif update.callback_query:
            _pressed(update.callback_query, update.update_id, found)
        elif update.my_chat_member:
            _member(update.my_chat_member, update.update_id, found)
    found.incomings = _albums(found.incomings)
    return found


def _message(message: Message, order: int, bot: User, ear: Ear, found: Read) -> None:
    if message.from_user and message.from_user.is_bot:
        return
    if message.chat.type == "private":
        found.said.append(_said(message, order))
    elif message.chat.type in ("group", "supergroup"):
        _group(message, bot, ear, found)


def _said(message: Message, order: int) -> Said:
    text = message.text or message.caption or ""
    return Said(
        outer_id=id_of(message),
        chat=str(message.chat.id),
        at=message.date,
        what="start" if text.startswith("/start") else "text",
        order=order,
        message=str(message.message_id),
        person=str(message.from_user.id) if message.from_user else "",
        name=message.from_user.full_name if message.from_user else "",
        text=text,
        lat=message.location.latitude if message.location else None,
        lon=message.location.longitude if message.location else None,
        media=media_of(message),
        album=message.media_group_id or "",
        answers=id_of(message.reply_to_message) if message.reply_to_message else "",
    )


def _group(message: Message, bot: User, ear: Ear, found: Read) -> None:
    text = message.text or message.caption or ""
    above = message.reply_to_message
    answers = bool(above and above.from_user and above.from_user.id == bot.id)
    if is_for_us(ear, str(message.chat.id), text, answers):
        words = without_call(ear, text)
        # A bare call in answer to somebody's message points at nothing of the caller's own; words are needed.
        if words or media_of(message):
            found.incomings.append(_incoming(message, words, id_of(above) if above else ""))
    elif message.media_group_id:
        # The other photos of an album have no caption; whether the first was for us is known only here.
        found.incomings.append(_incoming(message, "", "", of_album=True))


def _incoming(message: Message, words: str, parent: str, of_album: bool = False) -> Incoming:
    chat = message.chat
    topic = f"/{message.message_thread_id}" if message.message_thread_id else ""
    return Incoming(
        outer_id=id_of(message),
        text=words,
        came_at=message.date,
        sent_at=message.date,
        outer_author=str(message.from_user.id) if message.from_user else "",
        link=_link(message),
        thread=f"{chat.id}{topic}",
        parent=parent,
        page=chat.title or "",
        lat=message.location.latitude if message.location else None,
        lon=message.location.longitude if message.location else None,
        media=media_of(message),
        columns={ALBUM: message.media_group_id or "", **({PART: "да"} if of_album else {})},
    )


ALBUM, PART = "album", "part"


def _albums(incomings: list[Incoming]) -> list[Incoming]:
    """An album is one message: its photos go to the one with words; an album nobody called us to goes away."""
    heads: dict[str, int] = {}
    whole: list[Incoming] = []
    parts = [one for one in incomings if PART in one.columns]
    for one in incomings:
        if PART in one.columns:
            continue
        album = one.columns.get(ALBUM, "")
        if album:
            heads.setdefault(album, len(whole))
        whole.append(replace(one, columns={}))
    for part in parts:
        place = heads.get(part.columns.get(ALBUM, ""))
        if place is not None:
            whole[place] = replace(whole[place], media=(*whole[place].media, *part.media))
    return whole


def _edited(message: Message, order: int, found: Read) -> None:
    """Whose message it was is known where it is kept: a change of what is not ours goes away there."""
    text = message.text or message.caption or ""
    at = datetime.fromtimestamp(message.edit_date, UTC) if message.edit_date else message.date
    found.changes.append(Change(id_of(message), "edited", at, text))
    if message.chat.type == "private":
        outer_id = f"{id_of(message)}:edited:{message.edit_date or 0}"
        found.said.append(replace(_said(message, order), outer_id=outer_id, what="edited"))


def _pressed(query: CallbackQuery, order: int, found: Read) -> None:
    message = query.message
    if message is None or message.chat.type != "private":
        return
    # A button under a message too old to be given has no time of its own.
    at = datetime.now(UTC) if isinstance(message, InaccessibleMessage) else message.date
    found.said.append(
        Said(
            outer_id=f"press:{query.id}",
            chat=str(message.chat.id),
            at=max(at, datetime.now(UTC)),
            what="press",
            order=order,
            message=str(message.message_id),
            person=str(query.from_user.id),
            name=query.from_user.full_name,
            data=query.data or "",
            press=query.id,
        )
    )


def _member(change: ChatMemberUpdated, order: int, found: Read) -> None:
    gone = change.new_chat_member.status in GONE
    if change.chat.type == "private":
        if gone:
            found.said.append(_of_chat(change, order, "stopped"))
    else:
        found.said.append(_of_chat(change, order, "left" if gone else "joined"))


def _of_chat(change: ChatMemberUpdated, order: int, what: str) -> Said:
    return Said(
        outer_id=f"{change.chat.id}:member:{order}",
        chat=str(change.chat.id),
        at=change.date,
        what="stopped" if what == "stopped" else "left" if what == "left" else "joined",
        order=order,
        text=change.chat.title or "",
    )


def media_of(message: Message) -> tuple[Media, ...]:
    """Photo (its largest size), documents and video; the address is opened with the account only."""
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return (Media(f"{SCHEME}:{largest.file_id}", f"{largest.file_unique_id}.jpg", "photo"),)
    if message.document:
        return (Media(f"{SCHEME}:{message.document.file_id}", message.document.file_name or "", "file"),)
    if message.video:
        return (Media(f"{SCHEME}:{message.video.file_id}", message.video.file_name or "", "video"),)
    return ()


def id_of(message: Message) -> str:
    """The outer id: a message's number is unique only inside its chat."""
    return f"{message.chat.id}:{message.message_id}"


def _link(message: Message) -> str:
    """Public groups have links by name, private ones by the number without its -100 (opened by members only)."""
    if message.chat.username:
        return f"https://t.me/{message.chat.username}/{message.message_id}"
    number = str(message.chat.id)
    return f"https://t.me/c/{number[4:]}/{message.message_id}" if number.startswith("-100") else ""
