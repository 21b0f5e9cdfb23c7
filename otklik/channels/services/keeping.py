"""What a turn of reading or a call brought, kept in the running transaction: all of it, or nothing with the cursor.

Called by `services.feeding`; each kind of thing is kept once however often it is brought.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import DataError, IntegrityError, transaction

from otklik.channels.adapters.source import Attached, Fetched, Heard
from otklik.channels.files import store_file
from otklik.channels.importing.arrivals import open_tables
from otklik.channels.incoming import Incoming
from otklik.channels.models import Channel, MediaFetch, RawMessage
from otklik.channels.services.bounces import take_bounces
from otklik.channels.services.calls import keep_calls
from otklik.channels.services.changes import keep_changes, take_early
from otklik.channels.services.hearing import keep_said
from otklik.channels.services.inner import take_aside
from otklik.channels.services.raw import keep_malformed, keep_many
from otklik.common.errors import Refused

LONGEST_LINK = 2000
MOST_MEDIA = 20
FIRST_YEAR = 2000
LISTS = ("incomings", "changes", "unread", "bounces", "tables", "calls", "said")
NOT_KEPT = (
    "Не сохраняется как сообщение: значения не того вида. Содержимое ниже, причина — в журнале программы."
)
# What a network can do to us by its values; a failure of the database itself is not among them.
POISON = (DataError, IntegrityError, TypeError, ValueError, KeyError, AttributeError)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Brought:
    """What was new: ids of kept messages by their outer ids, and when their authors sent them."""

    ids: Mapping[str, int] = field(default_factory=dict)
    sent: Sequence[datetime] = ()


def keep_brought(brought: Fetched | Heard, channel: Channel, now: datetime) -> Brought:
    """Keep everything at once; when something of it cannot be kept, it alone goes to the raw tray."""
    try:
        with transaction.atomic():
            return _keep(brought, channel, now)
    except POISON:
        return _keep_each(brought, channel, now)


def _keep_each(brought: Fetched | Heard, channel: Channel, now: datetime) -> Brought:
    """Piece by piece: one that a network has made unkeepable must not stop the channel for ever."""
    ids: dict[str, int] = {}
    sent: list[datetime] = []
    for piece, content in _pieces(brought):
        try:
            with transaction.atomic():
                kept = _keep(piece, channel, now)
        except POISON as error:
            log.error("channel %s: %s while keeping", channel.pk, type(error).__name__)
            keep_malformed(content, channel, NOT_KEPT, now)
        else:
            ids |= kept.ids
            sent += kept.sent
    return Brought(ids, sent)


def _pieces(brought: Fetched | Heard) -> Iterator[tuple[Fetched | Heard, dict[str, Any]]]:
    """Each thing alone, with the files of its message, beside what it holds."""
    lists = [name for name in LISTS if getattr(brought, name, None)]
    nothing: dict[str, Any] = dict.fromkeys(lists, ())
    for name in lists:
        for one in getattr(brought, name):
            files = {one.outer_id: brought.files.get(one.outer_id, ())} if name == "incomings" else {}
            alone: dict[str, Any] = {**nothing, "files": files, name: [one]}
            yield replace(brought, **alone), dict(vars(one))


def _keep(brought: Fetched | Heard, channel: Channel, now: datetime) -> Brought:
    """Keep messages in the order they were written, then what hangs on them; future times become `now`."""
    brought = take_aside(brought, channel)
    incomings = sorted((in_time(one, now) for one in brought.incomings), key=_written_at)
    kept = keep_many(incomings, channel)
    new = [one for one in incomings if one.outer_id in kept.ids]
    _order_media([one for one in new if one.media], kept.ids, channel, now)
    _keep_files(brought.files, kept.ids, channel)
    take_early(kept.ids, channel, now)
    keep_changes(brought.changes, channel, now)
    keep_said(brought.said, channel)
    for one in brought.unread:
        keep_malformed(one.content, channel, one.words, now)
    if isinstance(brought, Fetched):
        open_tables(channel, brought.tables)
        take_bounces(brought.bounces, channel)
    else:
        keep_calls(brought.calls, channel)
    return Brought(kept.ids, [_written_at(one) for one in new])


def in_time(incoming: Incoming, now: datetime) -> Incoming:
    """A clock that runs ahead must not bring a message of tomorrow; what it said stays in `sent_at`.

    A time before there were networks is no time at all: the message came now, when it was sent is not known.
    """
    sent_at = incoming.sent_at if incoming.sent_at and incoming.sent_at.year >= FIRST_YEAR else None
    if incoming.came_at.year < FIRST_YEAR:
        return replace(incoming, came_at=now, sent_at=sent_at)
    if incoming.came_at > now:
        return replace(incoming, came_at=now, sent_at=sent_at or incoming.came_at)
    return incoming if sent_at is incoming.sent_at else replace(incoming, sent_at=sent_at)


def _order_media(
    incomings: Sequence[Incoming], ids: Mapping[str, int], channel: Channel, now: datetime
) -> None:
    """Leave a row for each file of new messages; `services.media` fetches them later."""
    MediaFetch.objects.bulk_create(
        MediaFetch(
            municipality_id=channel.municipality_id,
            raw_id=ids[one.outer_id],
            position=position,
            url=media.url[:LONGEST_LINK],
            name=media.name[:255],
            kind=media.kind[:20],
            next_try_at=now,
        )
        for one in incomings
        for position, media in enumerate(one.media[:MOST_MEDIA])
    )


def _keep_files(files: Mapping[str, Sequence[Attached]], ids: Mapping[str, int], channel: Channel) -> None:
    """Store files that came inside new messages; one that may not be kept is named with the reason."""
    for raw in RawMessage.objects.filter(pk__in=[ids[one] for one in files if one in ids]):
        for position, file in enumerate(files[raw.outer_id]):
            try:
                store_file(file.content, file.name, channel.municipality, raw)
            except Refused as refused:
                MediaFetch.objects.create(
                    municipality_id=channel.municipality_id,
                    raw=raw,
                    position=MOST_MEDIA + position,
                    name=file.name[:255],
                    state="failed",
                    error=str(refused)[:400],
                )


def _written_at(incoming: Incoming) -> datetime:
    return incoming.sent_at or incoming.came_at
