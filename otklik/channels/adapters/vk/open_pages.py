"""Posts of listed open pages that speak of our problems and places; later their edits, removals and reach, and the
reach of posts of our own pages under which people wrote.

Only pages named in the settings are read, only what everybody sees there; comments under their posts are not.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from otklik.channels.adapters.keywords import Keywords
from otklik.channels.adapters.source import Change, Unreachable
from otklik.channels.adapters.vk.client import UNSHAPED, Vk, items_of
from otklik.channels.adapters.vk.errors import VkError
from otklik.channels.adapters.vk.names import WallPlace, author_link, seen_text
from otklik.channels.adapters.vk.pages import Page, number
from otklik.channels.adapters.vk.reading import BROKEN, Told, post, reach_of
from otklik.channels.incoming import Incoming

# Seconds between two readings: a page is read whole each time.
EVERY = 300
MOST = 100
# How many posts taken before are looked at again: one call of wall.getById.
FOLLOWED = 100
ADDRESS = re.compile(r"^(?:https?://)?(?:m\.)?vk\.(?:com|ru)/", re.IGNORECASE)
COMMUNITY = re.compile(r"(?:-|club|public)?(\d+)")
OF_PERSON = "это страница человека, таких не читаем: уберите её из списка открытых страниц."
Fail = Callable[[VkError | Unreachable, str], None]


def is_time(vk: Vk, cursor: Mapping[str, Any], now: datetime) -> bool:
    """Whether there is something to read or to follow, it can be read and was not read just now."""
    due = int(cursor.get("at", 0)) + number(vk.account, "open_every", EVERY) <= int(now.timestamp())
    return vk.has_service and due and bool(vk.account.settings.get("open_pages") or cursor.get("taken"))


def followed(cursor: Mapping[str, Any], incomings: Iterable[Incoming]) -> dict[str, Any]:
    """The cursor with posts and comments of the town's own pages, whose reach is looked at from now on."""
    fresh: dict[str, Any] = {one.outer_id: {} for one in incomings if one.outer_id.startswith("wall")}
    return {**cursor, "taken": dict([*cursor.get("taken", {}).items(), *fresh.items()][-FOLLOWED:])}


def read_open(
    vk: Vk, pages: list[Page], cursor: Mapping[str, Any], now: datetime, fail: Fail
) -> tuple[Told, dict[str, Any]]:
    """New posts that concern us, changes of those taken before, and the next cursor. Raises VkError, Unreachable.

    A page that is closed or gone is told to `fail` and stops no other.
    """
    told, settings = Told(), vk.account.settings
    words = Keywords(settings.get("words") or ())
    last, taken = dict(cursor.get("last", {})), dict(cursor.get("taken", {}))
    taken = _follow(vk, taken, told, now)
    for name in map(str, settings.get("open_pages") or ()):
        try:
            found, last[name] = _read_page(vk, pages, name, words, last.get(name))
        except (VkError, Unreachable) as error:
            fail(error, name)
            continue
        except BROKEN:
            fail(Unreachable(UNSHAPED), name)
            continue
        told.incomings += [one for one, _ in found]
        taken |= {one.outer_id: _state(row, one.outer_id) for one, row in found}
    kept = dict(list(taken.items())[-FOLLOWED:])
    return told, {"at": int(now.timestamp()), "last": last, "taken": kept}


def _read_page(
    vk: Vk, pages: list[Page], name: str, words: Keywords, last: int | None
) -> tuple[list[tuple[Incoming, dict[str, Any]]], int]:
    """New posts of one page that concern us, each beside its row, and the number of its newest post."""
    rows = items_of(vk.as_service("wall.get", **_whose(name), count=MOST))
    if any(int(row["owner_id"]) > 0 for row in rows):
        raise Unreachable(OF_PERSON)
    found = [(one, row) for row in _new(rows, last) if (one := _concerning(row, words, pages))]
    return found, max([last or 0, *(int(row["id"]) for row in rows)])


def _whose(name: str) -> dict[str, Any]:
    """A bare number is that of a community: walls of persons are never asked for."""
    short = ADDRESS.sub("", name.strip()).rstrip("/")
    found = COMMUNITY.fullmatch(short)
    return {"owner_id": -int(found[1])} if found else {"domain": short}


def _new(rows: list[dict[str, Any]], last: int | None) -> Iterator[dict[str, Any]]:
    """Posts after the last one read, the eldest first; the first reading only learns where the page stands."""
    if last is not None:
        yield from sorted((row for row in rows if int(row["id"]) > last), key=lambda row: int(row["id"]))


def _concerning(row: dict[str, Any], words: Keywords, pages: list[Page]) -> Incoming | None:
    text = str(row.get("text", ""))
    if not (words.found_in(seen_text(text)) or any(_mentions(text, page) for page in pages)):
        return None
    # A page of others is never one of ours: posts of its own are taken too.
    owner = int(row["owner_id"])
    found = post(row, Page(0, author_link(owner)))
    return replace(found, page=author_link(owner)) if found else None


def _mentions(text: str, page: Page) -> bool:
    return f"club{page.group_id}|" in text or f"public{page.group_id}|" in text


def _follow(vk: Vk, taken: dict[str, Any], told: Told, now: datetime) -> dict[str, Any]:
    """What became of posts taken before and how far posts with comments of ours are seen; the gone ones are left."""
    asked = list(dict.fromkeys(_post_of(name) for name in taken))
    if not asked:
        return taken
    posts = ",".join(name.removeprefix("wall") for name in asked)
    rows = {_name(row): row for row in items_of(vk.as_service("wall.getById", posts=posts))}
    for name, known in taken.items():
        told.changes += _changes(name, known, rows.get(_post_of(name)), now)
    return {name: _state(rows[_post_of(name)], name) for name in taken if _post_of(name) in rows}


def _changes(
    name: str, known: Mapping[str, Any], row: dict[str, Any] | None, now: datetime
) -> Iterator[Change]:
    """Edits and removals of comments are told by events of their page, here by the post itself alone."""
    if row is None or row.get("is_deleted"):
        if "text" in known:
            yield Change(name, "removed", now)
        return
    state = _state(row, name)
    if "text" in known and state["text"] != known["text"]:
        yield Change(name, "edited", now, seen_text(str(row.get("text", ""))))
    if state["reach"] != known.get("reach"):
        yield Change(name, "reach", now, reach=state["reach"])


def _state(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Of a comment only how far its post is seen."""
    if _post_of(name) != name:
        return {"reach": reach_of(row)}
    digest = hashlib.sha256(str(row.get("text", "")).encode()).hexdigest()[:16]
    return {"text": digest, "reach": reach_of(row)}


def _post_of(name: str) -> str:
    return name.partition("_r")[0]


def _name(row: Mapping[str, Any]) -> str:
    return WallPlace(int(row["owner_id"]), int(row["id"])).outer_id
