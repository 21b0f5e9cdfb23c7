"""Private messages of a group: conversations where something happened since the last reading.

Calls of the network bring the same sooner where its webhook is set; each message is kept once.
"""

from collections.abc import Iterator
from typing import Any

from otklik.channels.adapters.ok.client import Ok, rows_of
from otklik.channels.adapters.ok.groups import Group
from otklik.channels.adapters.ok.reading import BROKEN, message
from otklik.channels.adapters.source import Change, Unread
from otklik.channels.incoming import Incoming

MOST = 100
# Milliseconds: an event may be shown later than it happened.
OVERLAP = 10_000
NOT_READ = "Сообщение Одноклассников не прочитано: покажите его администратору."


def read_chats(
    ok: Ok, group: Group, since: int | None, begun: int, found: list[Incoming | Change | Unread]
) -> int:
    """Adds new messages to `found`, returns the moment of the newest event (ms); the first reading only learns it.

    What was written before the channel was connected (`begun`) is never new. Where the line breaks on the way, what
    was found stays found: the next turn brings it again from the old moment, and each message is kept once.
    """
    newest = since or 0
    for chat in _chats(ok, group, since):
        newest = max(newest, int(chat.get("lastEventTime") or 0))
        if since is not None:
            found += _messages(ok, group, str(chat["chat_id"]), max(since - OVERLAP, begun + 1))
    return newest


def _chats(ok: Ok, group: Group, since: int | None) -> Iterator[dict[str, Any]]:
    """Conversations with news, the freshest first; the first reading looks at one."""
    marker = ""
    while True:
        page = ok.graph(group, "GET", "me/chats", count=MOST if since is not None else 1, marker=marker)
        rows = rows_of(page, "chats")
        fresh = [row for row in rows if int(row.get("lastEventTime") or 0) > (since or 0)]
        yield from fresh
        marker = str(page.get("marker") or "")
        if since is None or len(fresh) < len(rows) or not rows or not marker:
            return


def _messages(ok: Ok, group: Group, chat_id: str, begin: int) -> list[Incoming | Unread]:
    found: list[Incoming | Unread] = []
    upto = ""
    while True:
        page = ok.graph(
            group, "GET", f"me/messages/{chat_id}", **{"from": upto, "to": max(begin, 0), "count": MOST}
        )
        rows = rows_of(page, "messages")
        found += [one for row in rows if (one := take_message(row, group)) is not None]
        if len(rows) < MOST:
            return found[::-1]
        upto = str(int(rows[-1]["timestamp"]) - 1)


def take_message(row: Any, group: Group) -> Incoming | Unread | None:
    """One message of a person, None for others, Unread for a shape we do not know."""
    try:
        return message(row, group)
    except BROKEN:
        return Unread(NOT_READ, row)
