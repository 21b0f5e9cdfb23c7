"""What of ours stands in the network already: everything since a moment is looked through, by pages.

In a lively discussion an answer of two minutes ago is not among the newest hundred any more.
"""

from collections.abc import Iterator
from typing import Any

from otklik.channels.adapters.ok.client import Ok, rows_of
from otklik.channels.adapters.ok.groups import Group

MOST, PAGES = 100, 40


class UnseenError(Exception):
    """There is more than can be looked through: nobody can tell whether the answer stands there."""


def comments_since(ok: Ok, topic: str, begin: int) -> Iterator[dict[str, Any]]:
    """Comments under a post since the moment (ms), the newest first. Raises UnseenError."""
    anchor = ""
    for _ in range(PAGES):
        page = ok.rest(
            "discussions.getComments",
            discussionId=topic,
            discussionType="GROUP_TOPIC",
            count=MOST,
            anchor=anchor,
        )
        rows = [(int(row.get("date_ms") or begin), row) for row in rows_of(page, "comments")]
        yield from (row for at, row in rows if at >= begin)
        anchor = str(page.get("anchor") or "")
        if not page.get("has_more") or not anchor or (rows and max(at for at, _ in rows) < begin):
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
        moments = [int(row["timestamp"]) for row in rows]
        # Another line of the same moment may stand on the next page, unless one moment fills a whole page.
        upto = str(min(moments) - (min(moments) == max(moments)))
    raise UnseenError
