"""Writes and verifies the journal. Every deed of every package ends in `record`.

The chain's head row is locked until the transaction ends, so a deed journals last.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from django.utils import timezone

from otklik.audit.models import JournalEntry, JournalHead
from otklik.common.models import Municipality

# Every deed of the product ends here, so it is two plain statements: the head is taken, the entries are added and the
# head moved.
HEAD = "SELECT number, hash FROM audit_journalhead WHERE municipality_id = %s FOR UPDATE"
WRITE = """
WITH moved AS (UPDATE audit_journalhead SET number = %s, hash = %s WHERE municipality_id = %s)
INSERT INTO audit_journalentry (municipality_id, at, number, actor_id, actor_title, code, thing_kind, thing_id, why,
  details, previous_hash, hash)
SELECT %s, %s, number, actor_id, actor_title, code, thing_kind, thing_id, why, details, previous_hash, hash
FROM jsonb_to_recordset(%s::jsonb) AS entry (number bigint, actor_id bigint, actor_title text, code text,
  thing_kind text, thing_id text, why text, details jsonb, previous_hash text, hash text)
ORDER BY number
"""
COLUMNS = ("number", "actor_id", "actor_title", "code", "thing_kind", "thing_id", "why", "details", "previous_hash",
           "hash")  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """What is to be journaled; `by` is a user or None for the machine. No personal data in `details`."""

    thing: Model
    code: str
    by: Model | None = None
    why: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    title: str = ""


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold: number of the entry and what is wrong, in Russian."""

    number: int
    words: str


def hash_of(entry: JournalEntry) -> str:
    """SHA-256 over every column and the previous hash, in one canonical JSON line."""
    line = json.dumps(
        [
            entry.municipality_id,
            entry.number,
            entry.at.astimezone(UTC).isoformat(),
            entry.actor_id,
            entry.actor_title,
            entry.code,
            entry.thing_kind,
            entry.thing_id,
            entry.why,
            entry.details,
            entry.previous_hash,
        ],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(line.encode()).hexdigest()


def record(
    thing: Model,
    code: str,
    by: Model | None,
    municipality: Municipality,
    why: str = "",
    details: dict[str, Any] | None = None,
    title: str = "",
) -> None:
    """Journal one deed in the running transaction."""
    record_many([Entry(thing, code, by, why, details or {}, title)], municipality)


def record_many(entries: Sequence[Entry], municipality: Municipality) -> None:
    """Journal deeds in the order given, under one lock of the chain's head."""
    if not entries:
        return
    at = timezone.now()
    with connection.cursor() as cursor:
        number, last = _locked_head(cursor, municipality)
        rows = list(_chain(entries, number, last, municipality, at))
        cursor.execute(
            WRITE,
            [rows[-1].number, rows[-1].hash, municipality.pk, municipality.pk, at, _as_json(rows)],
        )


def _locked_head(cursor: CursorWrapper, municipality: Municipality) -> tuple[int, str]:
    """Number and hash of the chain's last link, locked till the end of the transaction."""
    cursor.execute(HEAD, [municipality.pk])
    head = cursor.fetchone()
    if head is None:
        JournalHead.objects.bulk_create([JournalHead(municipality=municipality)], ignore_conflicts=True)
        cursor.execute(HEAD, [municipality.pk])
        head = cursor.fetchone()
    if head is None:
        raise JournalHead.DoesNotExist(f"no chain in sight for municipality {municipality.pk}")
    return int(head[0]), str(head[1])


def _chain(
    entries: Iterable[Entry], number: int, last: str, municipality: Municipality, at: datetime
) -> Iterator[JournalEntry]:
    for count, entry in enumerate(entries, start=1):
        row = JournalEntry(
            municipality=municipality,
            number=number + count,
            at=at,
            actor_id=entry.by.pk if entry.by else None,
            actor_title=entry.title or ("" if entry.by else "Отклик"),
            code=entry.code,
            thing_kind=entry.thing._meta.label_lower,
            thing_id=str(entry.thing.pk),
            why=entry.why,
            details=entry.details,
            previous_hash=last,
        )
        row.hash = last = hash_of(row)
        yield row


def _as_json(rows: Iterable[JournalEntry]) -> str:
    return json.dumps([{name: getattr(row, name) for name in COLUMNS} for row in rows], ensure_ascii=False)


def verify_journal(municipality: Municipality) -> list[Break]:
    """Walk the whole chain and tell where a row was edited, removed or swapped; empty means sound."""
    breaks: list[Break] = []
    number, last = 0, "0" * 64
    for row in JournalEntry.objects.filter(municipality=municipality).order_by("number").iterator(5000):
        number += 1
        if row.number != number:
            breaks.append(Break(number, f"записей {number}–{row.number - 1} нет: они удалены"))
            number = row.number
        if row.previous_hash != last:
            breaks.append(
                Break(row.number, "запись не продолжает предыдущую: строки удалены или переставлены")
            )
        if row.hash != hash_of(row):
            breaks.append(Break(row.number, "содержание записи изменено после занесения"))
        last = row.hash
    return breaks + _tail_breaks(municipality, number, last)


def _tail_breaks(municipality: Municipality, number: int, last: str) -> list[Break]:
    head = JournalHead.objects.filter(municipality=municipality).first()
    expected = (head.number, head.hash) if head else (0, "0" * 64)
    if expected == (number, last):
        return []
    return [Break(number, f"конец журнала не сходится: должно быть записей {expected[0]}, есть {number}")]
