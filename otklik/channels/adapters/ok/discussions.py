"""Comments under the newest posts of a group: new ones, edits, removals.

The network tells of no events here: the newest posts are read again every minute and compared with what was seen.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from otklik.channels.adapters.ok.client import Ok, rows_of
from otklik.channels.adapters.ok.groups import Group, number
from otklik.channels.adapters.ok.names import Place
from otklik.channels.adapters.ok.paging import comment_pages
from otklik.channels.adapters.ok.reading import BROKEN, comment
from otklik.channels.adapters.source import Change, Unread
from otklik.channels.incoming import Incoming

TOPICS = 20
# Pages of comments under one post that are read in one turn; the eldest beyond them are not followed.
PAGES = 10
# Clocks differ, and a comment may be shown later than it was written.
OVERLAP = timedelta(hours=1)
NOT_READ = "Комментарий Одноклассников не прочитан: покажите его администратору."
State = dict[str, dict[str, str]]
Found = Incoming | Change | Unread


def read_comments(
    ok: Ok, group: Group, known: State | None, since: datetime, now: datetime
) -> tuple[list[Found], State]:
    """What is new under the newest posts and the next state; the first reading only learns what stands there.

    Under a post that was not followed before, only what was written after the last reading (`since`) is new.
    """
    rows = rows_of(
        ok.rest("mediatopic.getTopics", gid=group.group_id, count=number(ok.account, "topics", TOPICS)),
        "media_topics",
    )
    found: list[Found] = []
    state: State = {}
    for topic in (str(row["id"]) for row in rows):
        things, whole = _comments(ok, topic)
        before = None if known is None else known.get(topic, {})
        state[topic] = {str(thing["id"]): _print(thing) for thing in things if "id" in thing}
        if before is not None:
            news = list(_news(things, before, group, topic, now))
            found += (
                news if topic in (known or {}) else [one for one in news if _is_fresh(one, since - OVERLAP)]
            )
            found += _removed(before, state[topic], group, topic, now) if whole else ()
    return found, state


def _comments(ok: Ok, topic: str) -> tuple[list[dict[str, Any]], bool]:
    """Comments of a post, each once, and whether these are all of them."""
    things: dict[str, dict[str, Any]] = {}
    for rows, follows in comment_pages(ok, topic, PAGES):
        things |= {str(row.get("id")): row for row in rows}
        if not follows:
            return list(things.values()), True
    return list(things.values()), False


def _news(
    things: list[dict[str, Any]], before: Mapping[str, str], group: Group, topic: str, now: datetime
) -> Iterator[Found]:
    for thing in things:
        seen = before.get(str(thing.get("id")))
        if seen == _print(thing):
            continue
        try:
            found = comment(thing, group, topic)
        except BROKEN:
            yield Unread(NOT_READ, thing)
            continue
        if found is not None:
            yield found if seen is None else Change(found.outer_id, "edited", now, found.text)


def _is_fresh(found: Found, begin: datetime) -> bool:
    return not isinstance(found, Incoming) or found.came_at >= begin


def _removed(
    before: Mapping[str, str], after: Mapping[str, str], group: Group, topic: str, now: datetime
) -> Iterator[Change]:
    for name in before.keys() - after.keys():
        yield Change(Place(topic, name, group.group_id).outer_id, "removed", now)


def _print(thing: Mapping[str, Any]) -> str:
    return hashlib.sha256(str(thing.get("text", "")).encode()).hexdigest()[:12]
