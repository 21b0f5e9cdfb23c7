"""A look at a chat or a channel of MAX by the bot that is in it: title, description, members, the newest messages.

GET /chats/{id} and GET /messages of dev.max.ru/docs-api; a bot without the right to read is told only the first.
"""

from datetime import UTC, datetime
from typing import Any

from otklik.channels.adapters.max.client import RefusedError, call
from otklik.channels.adapters.source import Account
from otklik.channels.looking import Sight, week_of, words

GONE = "MAX не находит этот канал или бот в него не добавлен."
NEWEST = 50


def see(account: Account, outer_id: str, now: datetime) -> Sight:
    """The channel by its number. Raises Unreachable."""
    try:
        page = call(account, "GET", f"/chats/{outer_id}")
    except RefusedError as refused:
        return Sight(False if refused.status in (403, 404) else None, GONE)
    moments = _moments(account, outer_id)
    last, in_week = week_of(moments or [], now)
    members = page.get("participants_count")
    return Sight(
        answers=page.get("status") in (None, "active"),
        last_post_at=last,
        posts_in_week=None if moments is None else in_week,
        followers=members if isinstance(members, int) else None,
        text=words(page.get("title"), page.get("description"), page.get("link")),
    )


def _moments(account: Account, outer_id: str) -> list[datetime] | None:
    """When the newest messages were written; None where the bot may not read them."""
    try:
        told = call(account, "GET", "/messages", params={"chat_id": outer_id, "count": NEWEST})
    except RefusedError:
        return None
    rows: Any = told.get("messages")
    if not isinstance(rows, list):
        return None
    stamps = [row.get("timestamp") for row in rows if isinstance(row, dict)]
    return [datetime.fromtimestamp(one / 1000, UTC) for one in stamps if isinstance(one, int)]
