"""What came while events were lost: comments under recent posts and messages of conversations, read once more.

Everything found is handed over; what is known already is left out by the table of raw messages itself.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from otklik.channels.adapters.source import Unread
from otklik.channels.adapters.vk.client import Vk, items_of
from otklik.channels.adapters.vk.names import WallPlace
from otklik.channels.adapters.vk.pages import Page, number
from otklik.channels.adapters.vk.reading import CHATS, Told, moment, take_event

Event = dict[str, Any]
# Clocks differ, and an event may be told later than its thing was written.
OVERLAP = timedelta(minutes=10)
POSTS = 50
MOST = 100
MOST_MESSAGES = 200
NOT_FOUND = (
    "ВКонтакте потерял события страницы «{page}» с {since:%d.%m.%Y %H:%M} по {now:%d.%m.%Y %H:%M} UTC, "
    "а сервисного ключа нет: просмотрите комментарии за это время сами и впишите секрет service_token."
)


def missed(vk: Vk, page: Page, since: datetime, now: datetime) -> Told:
    """Everything people wrote to the page since then. Raises VkError, Unreachable."""
    told, begin = Told(), since - OVERLAP
    for event in _messages(vk, page, begin):
        take_event(told, event, page, now)
    if vk.has_service:
        for event in _on_wall(vk, page):
            take_event(told, event, page, now)
    else:
        words = NOT_FOUND.format(page=page.title, since=since, now=now)
        told.unread.append(Unread(words, {"page": page.link, "since": since, "until": now}))
    fresh = [one for one in told.incomings if one.came_at >= begin]
    told.incomings = sorted(fresh, key=lambda one: one.came_at)
    return told


def _on_wall(vk: Vk, page: Page) -> Iterator[Event]:
    count = min(number(vk.account, "gap_posts", POSTS), MOST)
    for one in items_of(vk.as_service("wall.get", owner_id=page.owner_id, count=count)):
        yield {"type": "wall_post_new", "object": one}
        if (one.get("comments") or {}).get("count"):
            yield from _comments(vk, page, int(one["id"]))


def _comments(vk: Vk, page: Page, post_id: int, branch: int = 0) -> Iterator[Event]:
    """Comments of a post, or of the branch under one of them; branches of old comments may be fresh."""
    offset = 0
    while True:
        rows = items_of(comments(vk, WallPlace(page.owner_id, post_id, branch), offset))
        for one in rows:
            yield {"type": "wall_reply_new", "object": {"post_id": post_id, **one}}
            if (one.get("thread") or {}).get("count"):
                yield from _comments(vk, page, post_id, int(one["id"]))
        offset += MOST
        if len(rows) < MOST:
            return


def comments(vk: Vk, place: WallPlace, offset: int = 0) -> Any:
    """Comments of a post, or of the branch under a comment of it, the newest first; by the service token."""
    return vk.as_service(
        "wall.getComments",
        owner_id=place.owner_id,
        post_id=place.post_id,
        need_likes=1,
        count=MOST,
        offset=offset,
        sort="desc",
        preview_length=0,
        **({"comment_id": place.comment_id} if place.comment_id else {}),
    )


def _messages(vk: Vk, page: Page, begin: datetime) -> Iterator[Event]:
    offset = 0
    while True:
        params = {"group_id": page.group_id, "count": MOST_MESSAGES, "offset": offset}
        rows = items_of(vk.as_page(page, "messages.getConversations", **params))
        fresh = [one for one in rows if moment((one.get("last_message") or {}).get("date", 0)) >= begin]
        for one in fresh:
            peer = int(one["conversation"]["peer"]["id"])
            if 0 < peer < CHATS:
                yield from _history(vk, page, peer, begin)
        offset += MOST_MESSAGES
        if len(fresh) < MOST_MESSAGES:
            return


def _history(vk: Vk, page: Page, peer: int, begin: datetime) -> Iterator[Event]:
    offset = 0
    while True:
        rows = items_of(history(vk, page, peer, MOST_MESSAGES, offset))
        yield from ({"type": "message_new", "object": one} for one in rows)
        offset += MOST_MESSAGES
        if len(rows) < MOST_MESSAGES or moment(rows[-1]["date"]) < begin:
            return


def history(vk: Vk, page: Page, peer: int, count: int, offset: int = 0) -> Any:
    """Messages of a conversation, the newest first."""
    params = {"group_id": page.group_id, "peer_id": peer, "count": count, "offset": offset}
    return vk.as_page(page, "messages.getHistory", **params)
