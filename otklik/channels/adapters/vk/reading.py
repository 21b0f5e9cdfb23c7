"""Objects and events of VK as messages and changes; pure. Shapes: dev.vk.com, events of a community, version 5.199.

An author is a link and nothing more: no profile is asked for.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from otklik.channels.adapters.source import Change, Unread
from otklik.channels.adapters.vk.media import media_of
from otklik.channels.adapters.vk.names import Talk, WallPlace, author_link, seen_text
from otklik.channels.adapters.vk.pages import Page
from otklik.channels.incoming import Incoming

# Ids of chats of many people start here (dev.vk.com, peer_id): they are private unless the page was let in openly.
CHATS = 2_000_000_000
# How long a call of the network may be late.
OVERTAKEN = timedelta(hours=1)
# What a shape we do not know is noticed by.
BROKEN = (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError)
NOT_READ = "Событие ВКонтакте не прочитано: покажите его администратору."


@dataclass
class Told:
    """What events told, in their order; `ahead` are messages of which nothing but an edit has been told here."""

    incomings: list[Incoming] = field(default_factory=list)
    ahead: list[Incoming] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


def take_event(told: Told, event: Any, page: Page, now: datetime) -> None:
    """Add what one event tells; a repeat of it adds nothing, one that cannot be read goes to the raw tray."""
    try:
        mark = str(event.get("event_id") or "")
        if mark and mark in told.seen:
            return
        told.seen.add(mark)
        found = _read(str(event["type"]), event["object"], page, now)
        ahead = _ahead_of_its_event(event, page, now) if isinstance(found, Change) else None
    except BROKEN:
        told.unread.append(Unread(NOT_READ, _without_secret(event)))
        return
    if ahead is not None:
        told.ahead.append(ahead)
    if isinstance(found, Incoming):
        told.incomings.append(found)
    elif found is not None:
        told.changes.append(found)


def _read(kind: str, thing: Mapping[str, Any], page: Page, now: datetime) -> Incoming | Change | None:
    if kind == "wall_reply_new":
        return comment(thing, page)
    if kind == "wall_reply_edit":
        text = seen_text(str(thing["text"]))
        return Change(_comment_place(thing, page).outer_id, "edited", now, text)
    if kind == "wall_reply_delete":
        return Change(_comment_place(thing, page).outer_id, "removed", now)
    if kind == "wall_post_new":
        return post(thing, page)
    if kind == "message_new":
        return message(thing.get("message", thing), page)
    if kind == "message_edit":
        return _edited_message(thing.get("message", thing), page, now)
    return None


def _ahead_of_its_event(event: Mapping[str, Any], page: Page, now: datetime) -> Incoming | None:
    """What was edited, as a message: calls may overtake each other, so that an edit may be the first we hear of it.

    What is known already is kept once; old things, written before the channel was connected, are left.
    """
    thing = event["object"]
    kind = str(event["type"])
    if kind == "wall_reply_edit" and "date" in thing:
        found = comment(thing, page)
    elif kind == "message_edit":
        found = message(thing.get("message", thing), page)
    else:
        return None
    return found if found and now - found.came_at < OVERTAKEN else None


def comment(thing: Mapping[str, Any], page: Page) -> Incoming | None:
    """A comment of a person under a post of the page; None for what the page itself wrote."""
    author = int(thing["from_id"])
    if author == page.owner_id or thing.get("deleted"):
        return None
    place = _comment_place(thing, page)
    answered = int(thing.get("reply_to_comment") or 0) or int((thing.get("parents_stack") or [0])[-1])
    return Incoming(
        outer_id=place.outer_id,
        text=seen_text(str(thing["text"])),
        came_at=moment(thing["date"]),
        outer_author=author_link(author),
        author_kind="outer",
        link=place.link,
        thread=place.thread,
        parent=WallPlace(place.owner_id, place.post_id, answered).outer_id,
        page=page.title,
        media=media_of(thing.get("attachments")),
        reach=reach_of(thing),
        columns=kept(thing),
    )


def post(thing: Mapping[str, Any], page: Page) -> Incoming | None:
    """A post of a person on the page's wall or offered to it; None for posts of the page itself."""
    author = int(thing["from_id"])
    if author == page.owner_id:
        return None
    place = WallPlace(int(thing["owner_id"]), int(thing["id"]))
    return Incoming(
        outer_id=place.outer_id,
        text=seen_text(str(thing.get("text", ""))),
        came_at=moment(thing["date"]),
        outer_author=author_link(author),
        author_kind="outer",
        link=place.link,
        thread=place.thread,
        page=page.title,
        media=media_of(thing.get("attachments")),
        reach=reach_of(thing),
        columns=kept(thing),
    )


def message(thing: Mapping[str, Any], page: Page) -> Incoming | None:
    """A private message of a person to the page; None for our own and for chats of many people."""
    peer, author = int(thing["peer_id"]), int(thing["from_id"])
    if thing.get("out") or author < 0 or peer >= CHATS:
        return None
    number = int(thing.get("conversation_message_id") or thing["id"])
    answered = (thing.get("reply_message") or {}).get("conversation_message_id")
    talk = Talk(peer, page.group_id)
    lat, lon = place_of(thing.get("geo"))
    return Incoming(
        outer_id=talk.message(number),
        text=seen_text(str(thing["text"])),
        came_at=moment(thing["date"]),
        outer_author=author_link(author),
        author_kind="outer",
        lat=lat,
        lon=lon,
        link=f"https://vk.com/gim{page.group_id}?sel={peer}",
        thread=talk.thread,
        parent=talk.message(int(answered)) if answered else "",
        page=page.title,
        media=media_of(thing.get("attachments")),
        columns=kept(thing),
    )


def _edited_message(thing: Mapping[str, Any], page: Page, now: datetime) -> Change | None:
    if thing.get("out") or int(thing["from_id"]) < 0:
        return None
    at = moment(thing["update_time"]) if thing.get("update_time") else now
    name = Talk(int(thing["peer_id"]), page.group_id).message(int(thing["conversation_message_id"]))
    return Change(name, "edited", at, seen_text(str(thing["text"])))


def _comment_place(thing: Mapping[str, Any], page: Page) -> WallPlace:
    owner = int(thing.get("owner_id") or thing.get("post_owner_id") or page.owner_id)
    return WallPlace(owner, int(thing["post_id"]), int(thing["id"]))


def reach_of(thing: Mapping[str, Any]) -> dict[str, int]:
    """Counts of views, likes, comments and reposts, where the source tells them."""
    found = {}
    for name in ("views", "likes", "comments", "reposts"):
        count = thing[name].get("count") if isinstance(thing.get(name), Mapping) else None
        if isinstance(count, int):
            found[name] = count
    return found


def place_of(geo: Any) -> tuple[float | None, float | None]:
    """Latitude and longitude of a message sent with its place."""
    spot = geo.get("coordinates") if isinstance(geo, Mapping) else None
    if not isinstance(spot, Mapping) or "latitude" not in spot or "longitude" not in spot:
        return None, None
    return float(spot["latitude"]), float(spot["longitude"])


def moment(seconds: Any) -> datetime:
    """Unix time of the network as an aware moment."""
    return datetime.fromtimestamp(int(seconds), UTC)


def kept(thing: Mapping[str, Any]) -> dict[str, str]:
    """The object exactly as it came, beside what was read of it."""
    return {"ВКонтакте": json.dumps(thing, ensure_ascii=False, sort_keys=True)}


def _without_secret(event: Any) -> Any:
    return (
        {key: value for key, value in event.items() if key != "secret"} if isinstance(event, dict) else event
    )
