"""Things of OK as messages and changes; pure. Shapes: apiok.ru (discussions.getComments, graph.chat.messages).

The documentation does not say in which zone `date` of a comment is written; Moscow is taken where `date_ms` is absent.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from otklik.channels.adapters.ok.groups import Group
from otklik.channels.adapters.ok.names import Chat, Place, author_link, bare
from otklik.channels.incoming import Incoming, Media

# What a shape we do not know is noticed by.
BROKEN = (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError)
MOSCOW = ZoneInfo("Europe/Moscow")
KINDS = {"IMAGE": "photo", "VIDEO": "video", "AUDIO": "audio", "FILE": "doc"}


def comment(thing: Mapping[str, Any], group: Group, topic: str) -> Incoming | None:
    """A comment of a person; None for what the group itself wrote and for comments taken away."""
    author = str(thing["author_id"])
    if (
        author == group.group_id
        or str(thing.get("author_ref", "")).startswith("group:")
        or thing.get("removed")
    ):
        return None
    place = Place(topic, str(thing["id"]), group.group_id)
    answered = str(thing.get("reply_to_comment_id") or "")
    likes = thing.get("like_count")
    return Incoming(
        outer_id=place.outer_id,
        text=str(thing.get("text", "")).strip(),
        came_at=_written_at(thing),
        outer_author=author_link(author),
        author_kind="outer",
        link=place.link,
        thread=place.thread,
        parent=Place(topic, answered, group.group_id).outer_id if answered else place.thread,
        page=group.title,
        media=_media(thing.get("attachments")),
        reach={"likes": likes} if isinstance(likes, int) else {},
        columns=kept(thing),
    )


def message(thing: Mapping[str, Any], group: Group) -> Incoming | None:
    """A private message of a person to the group; None for the group's own and for notes of the machine."""
    sender = str(thing["sender"]["user_id"])
    body = thing["message"]
    if not sender.startswith("user:") or "mid" not in body:
        return None
    chat = Chat(bare(str(thing["recipient"]["chat_id"])), group.group_id)
    answered = bare(str(body.get("reply_to") or ""))
    return Incoming(
        outer_id=chat.message(bare(str(body["mid"]))),
        text=str(body.get("text") or "").strip(),
        came_at=datetime.fromtimestamp(int(thing["timestamp"]) / 1000, UTC),
        outer_author=author_link(sender),
        author_kind="outer",
        link=group.link,
        thread=chat.thread,
        parent=chat.message(answered) if answered else "",
        page=group.title,
        media=_media(body.get("attachments")),
        columns=kept(thing, "name"),
    )


def _written_at(thing: Mapping[str, Any]) -> datetime:
    if thing.get("date_ms"):
        return datetime.fromtimestamp(int(thing["date_ms"]) / 1000, UTC)
    return datetime.strptime(str(thing["date"]), "%Y-%m-%d %H:%M:%S").replace(tzinfo=MOSCOW)


def _media(attachments: Any) -> tuple[Media, ...]:
    rows = attachments if isinstance(attachments, list) else []
    return tuple(media for row in rows if isinstance(row, Mapping) and (media := _one(row)) is not None)


def _one(row: Mapping[str, Any]) -> Media | None:
    kind, payload = KINDS.get(str(row.get("type"))), row.get("payload")
    url = payload.get("url") if isinstance(payload, Mapping) else None
    return Media(str(url), str(payload.get("name") or ""), kind) if kind and url and payload else None


def kept(thing: Mapping[str, Any], *left_out: str) -> dict[str, str]:
    """The object as it came, beside what was read of it; names of authors are left out."""
    shown = {key: value for key, value in thing.items() if not key.endswith("_name")}
    if "sender" in shown and isinstance(shown["sender"], Mapping):
        shown["sender"] = {key: value for key, value in shown["sender"].items() if key not in left_out}
    return {"Одноклассники": json.dumps(shown, ensure_ascii=False, sort_keys=True)}
