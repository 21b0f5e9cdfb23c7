"""The way in from VK by turns: events of the town's pages by long poll, then posts of listed open pages.

The cursor holds for each page the number of its last event and when it was read; what the network lost meanwhile is
found by `gaps`. One page that cannot be read never stops the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from otklik.channels.adapters.coded import words_of
from otklik.channels.adapters.source import Account, Fetched, Unreachable
from otklik.channels.adapters.vk.client import UNSHAPED, Vk
from otklik.channels.adapters.vk.errors import VkError
from otklik.channels.adapters.vk.gaps import missed
from otklik.channels.adapters.vk.longpoll import LongPoll
from otklik.channels.adapters.vk.open_pages import followed, is_time, read_open
from otklik.channels.adapters.vk.pages import Page, pages_of
from otklik.channels.adapters.vk.reading import BROKEN, Told, take_event

OF_PAGE = "Страница «{page}»: {words}"


@dataclass
class Turn:
    """What one turn has read so far and which parts of it failed."""

    now: datetime
    told: Told = field(default_factory=Told)
    troubles: list[Unreachable] = field(default_factory=list)
    read: int = 0
    events: int = 0

    def add(self, told: Told) -> None:
        """What a part has told whole; a part that failed half-way is read again in the next turn."""
        self.told.incomings += told.incomings
        self.told.changes += told.changes
        self.told.unread += told.unread
        self.read += 1

    def fail(self, error: VkError | Unreachable, place: str = "") -> None:
        """Remember a part that could not be read."""
        words, wait = words_of(error)
        self.troubles.append(Unreachable(OF_PAGE.format(page=place, words=words) if place else words, wait))


class VkSource:
    """Sessions of long polls are kept between turns."""

    def __init__(self) -> None:
        self._polls = LongPoll()

    def fetch(self, account: Account, cursor: Mapping[str, Any]) -> Fetched:
        """Everything new. Raises Unreachable when nothing at all could be read."""
        vk, pages, turn = Vk(account), pages_of(account), Turn(timezone.now())
        places = dict(cursor.get("pages", {}))
        for page in pages if account.settings.get("long_poll", True) else ():
            self._take_page(vk, page, places, turn)
        own = (
            followed(cursor.get("open", {}), turn.told.incomings)
            if vk.has_service
            else cursor.get("open", {})
        )
        opened = self._take_open(vk, pages, own, turn)
        if turn.troubles and not turn.read:
            raise turn.troubles[0]
        return Fetched(
            incomings=turn.told.incomings,
            changes=turn.told.changes,
            unread=turn.told.unread,
            words=turn.troubles[0].words if turn.troubles else "",
            cursor={"pages": places, "open": opened},
            more=turn.events > 0,
        )

    def _take_page(self, vk: Vk, page: Page, places: dict[str, Any], turn: Turn) -> None:
        known = places.get(str(page.group_id), {})
        try:
            polled = self._polls.poll(vk, page, str(known.get("ts", "")))
            told = missed(vk, page, _since(known, turn.now), turn.now) if polled.lost and known else Told()
        except (VkError, Unreachable) as error:
            turn.fail(error, page.title)
            return
        except BROKEN:
            turn.fail(Unreachable(UNSHAPED), page.title)
            return
        for event in polled.events:
            take_event(told, event, page, turn.now)
        turn.add(told)
        turn.events += len(polled.events)
        places[str(page.group_id)] = {"ts": polled.ts, "at": int(turn.now.timestamp())}

    def _take_open(
        self, vk: Vk, pages: list[Page], cursor: Mapping[str, Any], turn: Turn
    ) -> Mapping[str, Any]:
        if not is_time(vk, cursor, turn.now):
            return cursor
        try:
            told, cursor = read_open(vk, pages, cursor, turn.now, turn.fail)
        except (VkError, Unreachable) as error:
            turn.fail(error)
            return cursor
        except BROKEN:
            turn.fail(Unreachable(UNSHAPED))
            return cursor
        turn.add(told)
        return cursor


def _since(known: Mapping[str, Any], now: datetime) -> datetime:
    """When the page was last read whole; a day ago where nothing says it."""
    at = known.get("at")
    return datetime.fromtimestamp(int(at), UTC) if at else now - timedelta(days=1)
