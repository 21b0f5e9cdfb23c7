"""Posts of listed open groups of OK that speak of our problems and places; later their edits, removals and reach.

Only groups named in the settings are read, by their numbers, only what everybody sees there; comments are not.
mediatopic.getTopics as apiok.ru describes it: the newest first, words in `media`, counts in summaries.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from otklik.channels.adapters.keywords import Keywords
from otklik.channels.adapters.ok.client import UNSHAPED, Ok, rows_of
from otklik.channels.adapters.ok.errors import OkError
from otklik.channels.adapters.ok.groups import number
from otklik.channels.adapters.ok.names import Place, author_link
from otklik.channels.adapters.ok.reading import BROKEN, kept
from otklik.channels.adapters.source import Change, Unreachable
from otklik.channels.incoming import Incoming

# Seconds between two readings: a group is read whole each time.
EVERY = 300
NEWEST = 50
ADDRESS = re.compile(r"(?:(?:https?://)?(?:m\.)?ok\.ru/group/)?(\d+)/?", re.IGNORECASE)
NO_NUMBER = "нужен номер группы: он стоит в её адресе, ok.ru/group/НОМЕР."
SUMMARIES = {
    "likes": ("like_summary", "count"),
    "comments": ("discussion_summary", "comments_count"),
    "reposts": ("reshare_summary", "count"),
}
Found = Incoming | Change
Fail = Callable[[OkError | Unreachable, str], None]
# A post that was seen -> the print of its words, and its counts where it was taken.
Seen = Mapping[str, Mapping[str, Any]]


def is_time(ok: Ok, cursor: Mapping[str, Any], now: datetime) -> bool:
    """Whether there are groups to read, they can be read and were not read just now."""
    due = int(cursor.get("at", 0)) + number(ok.account, "open_every", EVERY) <= int(now.timestamp())
    return ok.has_comments and due and bool(ok.account.settings.get("open_pages"))


def read_open(
    ok: Ok, cursor: Mapping[str, Any], now: datetime, fail: Fail
) -> tuple[list[Found], dict[str, Any]]:
    """New posts that concern us, changes of those taken before, and the next cursor.

    A group that is closed or gone is told to `fail` and stops no other.
    """
    words = Keywords(ok.account.settings.get("words") or ())
    found: list[Found] = []
    groups: dict[str, Seen] = dict(cursor.get("groups", {}))
    for name in map(str, ok.account.settings.get("open_pages") or ()):
        try:
            read, groups[name] = _read_group(ok, name, words, groups.get(name), now)
        except (OkError, Unreachable) as error:
            fail(error, name)
            continue
        except BROKEN:
            fail(Unreachable(UNSHAPED), name)
            continue
        found += read
    return found, {"at": int(now.timestamp()), "groups": groups}


def _read_group(
    ok: Ok, name: str, words: Keywords, known: Seen | None, now: datetime
) -> tuple[list[Found], dict[str, dict[str, Any]]]:
    """The first reading only learns what stands there."""
    address = ADDRESS.fullmatch(name.strip())
    if address is None:
        raise Unreachable(NO_NUMBER)
    group = address[1]
    told = ok.rest("mediatopic.getTopics", gid=group, count=NEWEST, fields="media_topic.*")
    rows = {str(row["id"]): row for row in rows_of(told, "media_topics")}
    found: list[Found] = []
    seen: dict[str, dict[str, Any]] = {}
    for topic, row in rows.items():
        before = (known or {}).get(topic)
        post = _concerning(row, group, words) if before is None and known is not None else None
        if post:
            found.append(post)
        is_taken = bool(post or (before and before.get("taken")))
        seen[topic] = {"text": _print(row), **({"taken": True, "reach": _reach(row)} if is_taken else {})}
        if before and is_taken:
            found += _changes(Place(topic, "", group).thread, before, seen[topic], row, now)
    found += _removed(known or {}, seen, group, now)
    return found, seen


def _concerning(row: Mapping[str, Any], group: str, words: Keywords) -> Incoming | None:
    text, author = _words(row), str(row.get("author_ref") or "")
    if not words.found_in(text):
        return None
    place, page = Place(str(row["id"]), "", group), f"https://ok.ru/group/{group}"
    return Incoming(
        outer_id=place.thread,
        text=text,
        came_at=datetime.fromtimestamp(int(row["created_ms"]) / 1000, UTC),
        outer_author=author_link(author) if author.startswith("user:") else page,
        author_kind="outer",
        link=place.link,
        thread=place.thread,
        page=page,
        reach=_reach(row),
        columns=kept(row),
    )


def _changes(
    name: str, before: Mapping[str, Any], state: Mapping[str, Any], row: Mapping[str, Any], now: datetime
) -> Iterator[Change]:
    if before["text"] != state["text"]:
        yield Change(name, "edited", now, _words(row))
    if before.get("reach") != state["reach"]:
        yield Change(name, "reach", now, reach=state["reach"])


def _removed(known: Seen, seen: Seen, group: str, now: datetime) -> Iterator[Change]:
    """A post that was taken and is not there, though an older one still is; what only went out of sight is left."""
    names = list(known)
    last = max((place for place, name in enumerate(names) if name in seen), default=-1)
    for name in names[: last + 1]:
        if name not in seen and known[name].get("taken"):
            yield Change(Place(name, "", group).thread, "removed", now)


def _words(row: Mapping[str, Any]) -> str:
    media = row.get("media")
    parts = [one for one in media if isinstance(one, Mapping)] if isinstance(media, list) else []
    return "\n".join(str(one.get("text") or "") for one in parts if one.get("type") == "text").strip()


def _print(row: Mapping[str, Any]) -> str:
    return hashlib.sha256(_words(row).encode()).hexdigest()[:16]


def _reach(row: Mapping[str, Any]) -> dict[str, int]:
    """Counts where the network tells them."""
    found = {}
    for name, (summary, key) in SUMMARIES.items():
        told = row.get(summary)
        count = told.get(key) if isinstance(told, Mapping) else None
        if isinstance(count, int):
            found[name] = count
    return found
