"""The way in from OK by turns: comments under posts of the town's groups, private messages to them, posts of listed
open groups.

One group that cannot be read never stops the others; comments and messages have keys of their own, and a channel
may have either.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from otklik.channels.adapters.coded import words_of
from otklik.channels.adapters.ok.chats import read_chats
from otklik.channels.adapters.ok.client import KEYLESS, UNSHAPED, Ok
from otklik.channels.adapters.ok.discussions import read_comments
from otklik.channels.adapters.ok.errors import OkError
from otklik.channels.adapters.ok.groups import Group, groups_of, number
from otklik.channels.adapters.ok.open_pages import is_time, read_open
from otklik.channels.adapters.ok.reading import BROKEN
from otklik.channels.adapters.source import Account, Change, Fetched, Unreachable, Unread
from otklik.channels.incoming import Incoming

COMMENTS_EVERY = 60
OF_GROUP = "Группа «{group}»: {words}"


@dataclass
class Turn:
    """What one turn has read so far and which parts of it failed."""

    now: datetime
    found: list[Incoming | Change | Unread] = field(default_factory=list)
    troubles: list[Unreachable] = field(default_factory=list)
    read: int = 0

    def fail(self, error: OkError | Unreachable, group: str) -> None:
        """Remember a part that could not be read; it is read again in the next turn."""
        words, wait = words_of(error)
        self.troubles.append(Unreachable(OF_GROUP.format(group=group, words=words), wait))


class OkSource:
    """Asks each group in turn."""

    def fetch(self, account: Account, cursor: Mapping[str, Any]) -> Fetched:
        """Everything new. Raises Unreachable when nothing at all could be read."""
        ok, groups, turn = Ok(account), groups_of(account), Turn(timezone.now())
        if not ok.has_comments and not any(ok.has_messages(group) for group in groups):
            raise Unreachable(KEYLESS)
        places = dict(cursor.get("groups", {}))
        for group in groups:
            known = places.get(group.group_id, {})
            known = self._take_comments(ok, group, known, turn)
            places[group.group_id] = self._take_messages(ok, group, known, turn)
        opened = self._take_open(ok, cursor.get("open", {}), turn)
        if turn.troubles and not turn.read and not turn.found:
            raise turn.troubles[0]
        return Fetched(
            incomings=[one for one in turn.found if isinstance(one, Incoming)],
            changes=[one for one in turn.found if isinstance(one, Change)],
            unread=[one for one in turn.found if isinstance(one, Unread)],
            words=turn.troubles[0].words if turn.troubles else "",
            cursor={"groups": places, "open": opened},
        )

    def _take_open(self, ok: Ok, cursor: Mapping[str, Any], turn: Turn) -> Mapping[str, Any]:
        if not is_time(ok, cursor, turn.now):
            return cursor
        found, cursor = read_open(ok, cursor, turn.now, turn.fail)
        turn.found += found
        return cursor

    def _take_comments(self, ok: Ok, group: Group, known: dict[str, Any], turn: Turn) -> dict[str, Any]:
        at = int(turn.now.timestamp())
        if not ok.has_comments:
            return known
        if int(known.get("at", 0)) + number(ok.account, "comments_every", COMMENTS_EVERY) > at:
            turn.read += 1
            return known
        try:
            since = datetime.fromtimestamp(int(known.get("at", at)), UTC)
            found, topics = read_comments(ok, group, known.get("topics"), since, turn.now)
        except (OkError, Unreachable) as error:
            turn.fail(error, group.title)
            return known
        except BROKEN:
            turn.fail(Unreachable(UNSHAPED), group.title)
            return known
        turn.found += found
        turn.read += 1
        return {**known, "at": at, "topics": topics}

    def _take_messages(self, ok: Ok, group: Group, known: dict[str, Any], turn: Turn) -> dict[str, Any]:
        if not ok.has_messages(group):
            return known
        try:
            newest = read_chats(ok, group, known.get("newest"), int(known.get("begun", 0)), turn.found)
        except (OkError, Unreachable) as error:
            turn.fail(error, group.title)
            return known
        except BROKEN:
            turn.fail(Unreachable(UNSHAPED), group.title)
            return known
        turn.read += 1
        return {"begun": newest, **known, "newest": newest}
