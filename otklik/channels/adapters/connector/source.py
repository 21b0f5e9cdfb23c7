"""Reads a connected system a page a turn. The cursor: the moment read up to, the page in hand, the newest seen."""

from collections.abc import Mapping as Table
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from otklik.channels.adapters.connector.asking import ask_page, next_page
from otklik.channels.adapters.connector.mapping import Mapping, mapping_of
from otklik.channels.adapters.connector.reading import changed_at, incoming_of
from otklik.channels.adapters.connector.shapes import Answer
from otklik.channels.adapters.source import Account, Fetched, Unreachable, Unread
from otklik.channels.adapters.tables.source import TablesSource
from otklik.channels.importing.faults import RowFault
from otklik.channels.incoming import Incoming
from otklik.charter.part_file import PartFault

# Their clock may lag behind what they write; what is read twice is kept once.
OVERLAP = timedelta(minutes=10)


class ConnectorSource:
    """By the mapping of the channel; a channel with a `depot` instead gives tables."""

    def fetch(self, account: Account, cursor: Table[str, Any]) -> Fetched:
        if "depot" in account.settings:
            return TablesSource().fetch(account, cursor)
        mapping = _mapping(account)
        page = cursor.get("page")
        since = datetime.fromisoformat(cursor["since"]) if cursor.get("since") else None
        answer = ask_page(account, mapping, page, since)
        zone = ZoneInfo(account.channel.municipality.time_zone)
        incomings, unread = _messages(answer, mapping, zone)
        newest = _newest(answer, mapping, zone, cursor.get("newest"))
        following = next_page(answer, mapping.read, page) if mapping.read else None
        if following is not None:
            moved = {"since": cursor.get("since"), "page": following, "newest": newest}
        else:
            moved = {"since": _before(newest) or cursor.get("since"), "newest": newest}
        return Fetched(incomings, unread=unread, cursor=moved, more=following is not None)


def _mapping(account: Account) -> Mapping:
    try:
        mapping = mapping_of(account.channel)
    except PartFault as fault:
        raise Unreachable(str(fault).replace("\n", "; ")) from None
    if mapping is None:
        raise Unreachable("Нет разметки системы: впишите её в настройки канала.")
    return mapping


def _messages(answer: Answer, mapping: Mapping, zone: ZoneInfo) -> tuple[list[Incoming], list[Unread]]:
    incomings: list[Incoming] = []
    unread: list[Unread] = []
    now = datetime.now(UTC)
    for item in answer.items:
        try:
            incomings.append(incoming_of(item, mapping, zone, now))
        except RowFault as fault:
            unread.append(Unread(str(fault), item.columns()))
    return incomings, unread


def _newest(answer: Answer, mapping: Mapping, zone: ZoneInfo, before: str | None) -> str | None:
    moments = [moment for item in answer.items if (moment := changed_at(item, mapping, zone))]
    if before:
        moments.append(datetime.fromisoformat(before))
    return max(moments).isoformat() if moments else None


def _before(newest: str | None) -> str | None:
    return (datetime.fromisoformat(newest) - OVERLAP).isoformat() if newest else None
