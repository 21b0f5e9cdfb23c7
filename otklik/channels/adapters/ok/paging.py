"""Comments under a post page by page, the newest first, as `discussions.getComments` gives them."""

from collections.abc import Iterator
from typing import Any

from otklik.channels.adapters.ok.client import Ok, rows_of

MOST = 100


def comment_pages(ok: Ok, topic: str, pages: int) -> Iterator[tuple[list[dict[str, Any]], bool]]:
    """So many pages at most: the rows of each and whether more follow."""
    anchor = ""
    for _ in range(pages):
        page = ok.rest(
            "discussions.getComments",
            discussionId=topic,
            discussionType="GROUP_TOPIC",
            count=MOST,
            anchor=anchor,
        )
        anchor = str(page.get("anchor") or "")
        follows = bool(page.get("has_more") and anchor)
        yield rows_of(page, "comments"), follows
        if not follows:
            return
