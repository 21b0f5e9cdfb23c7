"""Keeps what came exactly once, as it came; a newer state of the same outer item is an added row."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils import timezone

from otklik.audit.services import record
from otklik.channels.incoming import Incoming
from otklik.channels.models import Channel, ImportRun, RawMessage, RawUpdate, StoredFile
from otklik.common.errors import Refused

# One statement for one message or a thousand; a repeat is left out by the table's own constraint, so two
# processes taking in the same file keep each message once.
INSERT = """
INSERT INTO channels_rawmessage
  (municipality_id, channel_id, run_id, outer_id, came_at, sent_at, payload, content_hash, state, error, tries)
SELECT %s, %s, %s, outer_id, came_at, sent_at, payload, content_hash, 'new', '', 0
FROM json_to_recordset(%s::json)
  AS given (outer_id text, came_at timestamptz, sent_at timestamptz, payload jsonb, content_hash text)
ON CONFLICT (channel_id, outer_id) DO NOTHING
RETURNING outer_id, id
"""
# An escaped NUL of JSON, and not the words «\\u0000» that somebody has typed: those have a backslash before theirs.
NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


@dataclass(frozen=True)
class Kept:
    """How many messages were kept newly (and under which numbers), brought a newer outer state, changed nothing."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    ids: Mapping[str, int] = field(default_factory=dict, compare=False)


def keep_raw(
    incoming: Incoming, channel: Channel, run: ImportRun | None = None, files: Sequence[StoredFile] = ()
) -> tuple[RawMessage, bool]:
    """The kept message and whether it is new. A repeat keeps nothing but a newer outer state."""
    kept = keep_many([incoming], channel, run)
    raw = RawMessage.objects.get(channel=channel, outer_id=incoming.outer_id)
    if kept.new and files:
        StoredFile.objects.filter(pk__in=[file.pk for file in files], raw=None).update(raw=raw)
    return raw, bool(kept.new)


def keep_many(incomings: Sequence[Incoming], channel: Channel, run: ImportRun | None = None) -> Kept:
    """Keep messages of one channel in bulk, in the running transaction."""
    first: dict[str, Incoming] = {}
    for one in incomings:
        first.setdefault(one.outer_id, one)
    inserted = _insert(list(first.values()), channel, run)
    repeats = [one for one in incomings if one.outer_id not in inserted or first[one.outer_id] is not one]
    updated = _keep_updates(repeats, channel)
    if run and repeats:
        # Left unregistered by a run that was cut: the new run answers for them.
        waiting = RawMessage.objects.filter(channel=channel, state="new")
        waiting.filter(outer_id__in={one.outer_id for one in repeats}).update(run=run)
    return Kept(len(inserted), updated, len(repeats) - updated, inserted)


def hash_of(incoming: Incoming) -> str:
    """The print of the outer state: what a newer export may change."""
    # Without the moment of a change the print is as it was before there were such moments.
    state = {name: value for name, value in vars(incoming.outside).items() if name != "changed_at" or value}
    line = json.dumps(state, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(line.encode()).hexdigest()


def _insert(incomings: Sequence[Incoming], channel: Channel, run: ImportRun | None) -> dict[str, int]:
    # One JSON parameter: arrays of texts would have every quote of theirs escaped one by one.
    rows = [
        {
            "outer_id": one.outer_id,
            "came_at": one.came_at.isoformat(),
            "sent_at": one.sent_at.isoformat() if one.sent_at else None,
            "payload": one.payload(),
            "content_hash": hash_of(one),
        }
        for one in incomings
    ]
    given = _storable(json.dumps(rows, ensure_ascii=False))
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [channel.municipality_id, channel.pk, run.pk if run else None, given])
        return dict(cursor.fetchall())


def _storable(line: str) -> str:
    """JSON without what PostgreSQL cannot keep: NUL and lone halves of surrogate pairs, sent by broken systems."""
    if "\\u0000" in line:
        line = NUL.sub(r"\1", line)
    return line.encode("utf-8", "ignore").decode()


def _keep_updates(repeats: Sequence[Incoming], channel: Channel) -> int:
    """Save outer states never seen before of messages kept earlier; an older export brings none."""
    if not repeats:
        return 0
    raws = RawMessage.objects.filter(channel=channel, outer_id__in={one.outer_id for one in repeats})
    ids: dict[str, int] = {}
    seen: set[tuple[int, str]] = set()
    for outer_id, pk, content_hash in raws.values_list("outer_id", "id", "content_hash"):
        ids[outer_id] = pk
        seen.add((pk, content_hash))
    seen.update(RawUpdate.objects.filter(raw_id__in=ids.values()).values_list("raw_id", "content_hash"))
    updates = list(_newer(repeats, ids, seen, channel))
    RawUpdate.objects.bulk_create(updates, ignore_conflicts=True)
    return len(updates)


def _newer(
    repeats: Iterable[Incoming], ids: dict[str, int], seen: set[tuple[int, str]], channel: Channel
) -> Iterable[RawUpdate]:
    now = timezone.now()
    for one in repeats:
        mark = (ids[one.outer_id], hash_of(one))
        if mark not in seen:
            seen.add(mark)
            yield RawUpdate(
                municipality_id=channel.municipality_id,
                raw_id=mark[0],
                came_at=now,
                payload=one.payload(),
                content_hash=mark[1],
            )


def keep_malformed(content: Any, channel: Channel, error: str, now: datetime) -> RawMessage:
    """Keep input that could not be read, as JSON or text, with its error; the same content is kept once."""
    line = _storable(json.dumps(content, ensure_ascii=False, sort_keys=True, default=str))
    digest = hashlib.sha256(line.encode()).hexdigest()
    raw, _ = RawMessage.objects.get_or_create(
        channel=channel,
        outer_id=f"unread-{digest[:40]}",
        defaults={
            "municipality_id": channel.municipality_id,
            "came_at": now,
            "payload": {"unread": json.loads(line)},
            "content_hash": digest,
            "state": "failed",
            "error": error,
        },
    )
    return raw


def fail_raw(raw: RawMessage, error: str) -> None:
    """Put a message that could not become a case into the raw tray with the reason."""
    RawMessage.objects.filter(pk=raw.pk).exclude(state="registered").update(
        state="failed", error=error or "причина не записана", tries=F("tries") + 1
    )
    raw.refresh_from_db(fields=["state", "error", "tries"])


def again(raw: RawMessage, by: Any = None) -> None:
    """Let a failed message be taken again. Raises Refused when it is not in the tray any more."""
    if not RawMessage.objects.filter(pk=raw.pk, state__in=["failed", "skipped"]).update(
        state="new", error=""
    ):
        raise Refused("Сообщение уже взято снова: обновите страницу.")
    raw.refresh_from_db(fields=["state", "error"])
    record(raw, "channels.raw_again", by, raw.municipality)


def skip_raw(raw: RawMessage, why: str, by: Any = None) -> None:
    """Leave an unreadable message without a case, with the reason on record. Raises Refused."""
    if not why.strip():
        raise Refused("Напишите, почему из этого не нужна карточка.")
    if not RawMessage.objects.filter(pk=raw.pk, state="failed").update(state="skipped"):
        raise Refused("Сообщения в лотке уже нет: обновите страницу.")
    raw.refresh_from_db(fields=["state"])
    record(raw, "channels.raw_skipped", by, raw.municipality, why=why)
