"""What of ours stands in the network already: everything since a moment is looked through, by pages.

In a lively discussion an answer of two minutes ago is not among the newest hundred any more.
"""

from collections.abc import Iterator
from typing import Any

from otklik.channels.adapters.looking_back import next_from
from otklik.channels.adapters.ok.client import Ok, rows_of
from otklik.channels.adapters.ok.groups import Group
from otklik.channels.adapters.ok.paging import MOST, comment_pages

PAGES = 40


class UnseenError(Exception):
    """There is more than can be looked through: nobody can tell whether the answer stands there."""


def comments_since(ok: Ok, topic: str, begin: int) -> Iterator[dict[str, Any]]:
    """Comments under a post since the moment (ms), the newest first. Raises UnseenError."""
    for page, follows in comment_pages(ok, topic, PAGES):
        rows = [(int(row.get("date_ms") or begin), row) for row in page]
        yield from (row for at, row in rows if at >= begin)
        if not follows or (rows and max(at for at, _ in rows) < begin):
            return
    raise UnseenError


def lines_since(ok: Ok, group: Group, path: str, begin: int) -> Iterator[dict[str, Any]]:
    """Lines of a conversation since the moment (ms), the newest first. Raises UnseenError."""
    upto = ""
    for _ in range(PAGES):
        rows = rows_of(ok.graph(group, "GET", path, **{"from": upto, "to": begin, "count": MOST}), "messages")
        yield from rows
        if len(rows) < MOST:
            return
        earlier = next_from([int(row["timestamp"]) for row in rows])
        if earlier is None:
            break
        upto = str(earlier)
    raise UnseenError
