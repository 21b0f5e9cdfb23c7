"""Reads a connected system a page a turn. The cursor: the moment read up to, the page in hand, the newest seen, the
numbers of the last page as one print, by which a system that gives the same page for ever is known.
"""

import hashlib
from collections.abc import Mapping as Table
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from otklik.channels.adapters.connector.asking import NoPageError, ask_page, next_page
from otklik.channels.adapters.connector.mapping import Mapping, Read, mapping_of
from otklik.channels.adapters.connector.reading import changed_at, incoming_of
from otklik.channels.adapters.connector.shapes import Answer
from otklik.channels.adapters.source import Account, Fetched, Unreachable, Unread
from otklik.channels.adapters.tables.source import TablesSource
from otklik.channels.importing.faults import RowFault
from otklik.channels.incoming import Incoming
from otklik.charter.part_file import PartFault

# Their clock may lag behind what they write; what is read twice is kept once.
OVERLAP = timedelta(minutes=10)
FORGOTTEN = "Система больше не знает метки, на которой остановилось чтение: читаем с начала."


class ConnectorSource:
    """By the mapping of the channel; a channel with a `depot` instead gives tables."""

    def fetch(self, account: Account, cursor: Table[str, Any]) -> Fetched:
        if "depot" in account.settings:
            return TablesSource().fetch(account, cursor)
        mapping = _mapping(account)
        page = cursor.get("page")
        since = datetime.fromisoformat(cursor["since"]) if cursor.get("since") else None
        try:
            answer = ask_page(account, mapping, page, since)
        except NoPageError:
            return _without_page(mapping.read, cursor)
        zone = ZoneInfo(account.channel.municipality.time_zone)
        now = datetime.now(UTC)
        incomings, unread = _messages(answer, mapping, zone, now)
        words = answer.words or (unread[0].words if unread and not incomings else "")
        newest = _newest(answer, mapping, zone, now, cursor.get("newest"))
        shown = _print(answer, mapping)
        is_new = page is None or shown != cursor.get("shown")
        following = next_page(answer, mapping.read, page) if mapping.read and is_new else None
        if following is None:
            return Fetched(incomings, unread=unread, words=words, cursor=_read_up(newest, cursor))
        moved = {"since": cursor.get("since"), "page": following, "newest": newest, "shown": shown}
        return Fetched(incomings, unread=unread, words=words, cursor=moved, more=True)


def _without_page(read: Read | None, cursor: Table[str, Any]) -> Fetched:
    """After the last numbered page there is none; a mark or a link that is gone sends us back to the beginning."""
    if read and read.paging and read.paging.kind in ("page", "offset"):
        return Fetched(cursor=_read_up(cursor.get("newest"), cursor))
    return Fetched(words=FORGOTTEN, cursor={"since": cursor.get("since")})


def _read_up(newest: str | None, cursor: Table[str, Any]) -> dict[str, Any]:
    return {"since": _before(newest) or cursor.get("since"), "newest": newest}


def _print(answer: Answer, mapping: Mapping) -> str:
    """Which messages the page holds, in one short line."""
    shown = [item.value(mapping.fields["outer_id"]) for item in answer.items]
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def _mapping(account: Account) -> Mapping:
    try:
        mapping = mapping_of(account.channel)
    except PartFault as fault:
        raise Unreachable(str(fault).replace("\n", "; ")) from None
    if mapping is None:
        raise Unreachable("Нет разметки системы: впишите её в настройки канала.")
    return mapping


def _messages(
    answer: Answer, mapping: Mapping, zone: ZoneInfo, now: datetime
) -> tuple[list[Incoming], list[Unread]]:
    incomings: list[Incoming] = []
    unread: list[Unread] = []
    for item in answer.items:
        try:
            incomings.append(incoming_of(item, mapping, zone, now))
        except RowFault as fault:
            unread.append(Unread(str(fault), item.columns()))
    return incomings, unread


def _newest(
    answer: Answer, mapping: Mapping, zone: ZoneInfo, now: datetime, before: str | None
) -> str | None:
    """Never after now: a mistyped date of tomorrow, or a clock that runs ahead, would hide all that is before."""
    moments = [min(moment, now) for item in answer.items if (moment := changed_at(item, mapping, zone))]
    if before:
        moments.append(datetime.fromisoformat(before))
    return max(moments).isoformat() if moments else None


def _before(newest: str | None) -> str | None:
    return (datetime.fromisoformat(newest) - OVERLAP).isoformat() if newest else None
