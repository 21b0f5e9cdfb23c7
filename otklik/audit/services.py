"""Writes and verifies the journal. Every deed of every package ends in `record`.

The chain's head row is locked until the transaction ends, so a deed journals last.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from otklik.audit.models import JournalEntry, JournalHead
from otklik.common.models import Municipality


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
) -> JournalEntry:
    """Journal one deed in the running transaction."""
    return record_many([Entry(thing, code, by, why, details or {}, title)], municipality)[0]


def record_many(entries: Sequence[Entry], municipality: Municipality) -> list[JournalEntry]:
    """Journal deeds in the order given, under one lock of the chain's head."""
    if not entries:
        return []
    head = _locked_head(municipality)
    at = timezone.now()
    rows = list(_chain(entries, head, municipality, at))
    JournalEntry.objects.bulk_create(rows, batch_size=2000)
    head.save(update_fields=["number", "hash"])
    return rows


def _locked_head(municipality: Municipality) -> JournalHead:
    head = JournalHead.objects.select_for_update().filter(municipality=municipality).first()
    if head is None:
        JournalHead.objects.bulk_create([JournalHead(municipality=municipality)], ignore_conflicts=True)
        head = JournalHead.objects.select_for_update().get(municipality=municipality)
    return head


def _chain(
    entries: Iterable[Entry], head: JournalHead, municipality: Municipality, at: datetime
) -> Iterator[JournalEntry]:
    for entry in entries:
        head.number += 1
        row = JournalEntry(
            municipality=municipality,
            number=head.number,
            at=at,
            actor_id=entry.by.pk if entry.by else None,
            actor_title=entry.title or ("" if entry.by else "Отклик"),
            code=entry.code,
            thing_kind=entry.thing._meta.label_lower,
            thing_id=str(entry.thing.pk),
            why=entry.why,
            details=entry.details,
            previous_hash=head.hash,
        )
        row.hash = head.hash = hash_of(row)
        yield row


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
