"""A look at a group of OK: its description and its newest posts, by the keys of the application.

group.getInfo and mediatopic.getTopics as apiok.ru describes them; `members_count` and `created_ms` are read where the
network gives them. Whether a sign of verification is told is not documented: it is never guessed.
"""

from datetime import UTC, datetime
from typing import Any

from otklik.channels.adapters.ok.client import UNSHAPED, Ok, rows_of
from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.looking import Sight, week_of, words

NEWEST = 30
GONE = "Группы с таким номером в Одноклассниках нет."


def see(account: Account, outer_id: str, now: datetime) -> Sight:
    """The group by its number. Raises Unreachable, OkError."""
    ok = Ok(account)
    told = ok.rest("group.getInfo", uids=outer_id, fields="uid,name,description,members_count,homepage_url")
    rows = told if isinstance(told, list) else rows_of(told, "groups")
    if not all(isinstance(one, dict) for one in rows):
        raise Unreachable(UNSHAPED)
    if not rows:
        return Sight(False, GONE)
    page: dict[str, Any] = rows[0]
    posts = rows_of(ok.rest("mediatopic.getTopics", gid=outer_id, count=NEWEST), "media_topics")
    moments = [
        datetime.fromtimestamp(row["created_ms"] / 1000, UTC)
        for row in posts
        if isinstance(row.get("created_ms"), int)
    ]
    last, in_week = week_of(moments, now)
    members = page.get("members_count")
    return Sight(
        answers=True,
        last_post_at=last,
        posts_in_week=in_week if moments or not posts else None,
        followers=members if isinstance(members, int) else None,
        text=words(page.get("name"), page.get("description"), page.get("homepage_url")),
    )
