"""Edits, removals and reach of kept messages, each kept once; one that overtook its message waits for it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from otklik.channels.adapters.source import Change
from otklik.channels.models import Channel, EarlyChange, RawChange, RawMessage


def keep_changes(changes: Sequence[Change], channel: Channel, now: datetime) -> None:
    """Edits and removals as they came, each once; of the reach one row an hour, the latest.

    A network repeats a call that it heard no answer to, and one edit may come by a call and by a turn: words that stand
    there already are no news.
    """
    texts = _texts(channel, {change.outer_id for change in changes})
    standing = _standing(texts.values(), changes)
    early: list[Change] = []
    rows: dict[tuple[int, str, datetime], RawChange] = {}
    for change in changes:
        if change.outer_id not in texts:
            early.append(change)
            continue
        raw_id, at = texts[change.outer_id][0], min(change.at, now)
        if change.kind == "reach":
            at = at.replace(minute=0, second=0, microsecond=0)
        elif standing.get((raw_id, change.kind)) == change.text:
            continue
        else:
            standing[raw_id, change.kind] = change.text
        rows[raw_id, change.kind, at] = RawChange(
            municipality_id=channel.municipality_id,
            raw_id=raw_id,
            kind=change.kind,
            at=at,
            text=change.text,
            reach=dict(change.reach),
        )
    reach = [row for row in rows.values() if row.kind == "reach"]
    RawChange.objects.bulk_create(
        reach, update_conflicts=True, unique_fields=["raw", "kind", "at"], update_fields=["reach", "taken"]
    )
    RawChange.objects.bulk_create(
        [row for row in rows.values() if row.kind != "reach"], ignore_conflicts=True
    )
    _keep_early(early, channel, now)


def _keep_early(changes: Sequence[Change], channel: Channel, now: datetime) -> None:
    """They wait for their messages; the reach of what is not ours is nobody's loss."""
    EarlyChange.objects.bulk_create(
        [
            EarlyChange(
                municipality_id=channel.municipality_id,
                channel=channel,
                outer_id=change.outer_id,
                kind=change.kind,
                at=min(change.at, now),
                text=change.text,
                kept_at=now,
            )
            for change in changes
            if change.kind != "reach"
        ],
        ignore_conflicts=True,
    )


def take_early(outer_ids: Collection[str], channel: Channel, now: datetime) -> None:
    """Changes that came before their messages, now that those are here."""
    if not outer_ids:
        return
    waiting = EarlyChange.objects.filter(channel=channel, outer_id__in=list(outer_ids))
    told = [
        Change(row.outer_id, "removed" if row.kind == "removed" else "edited", row.at, row.text)
        for row in waiting
    ]
    if told:
        keep_changes(told, channel, now)
        waiting.delete()


def _texts(channel: Channel, outer_ids: Collection[str]) -> dict[str, tuple[int, str]]:
    """Outer id -> our message and its text as first seen."""
    if not outer_ids:
        return {}
    found = RawMessage.objects.filter(channel=channel, outer_id__in=outer_ids)
    rows = found.values_list("outer_id", "id", "payload__text")
    return {outer_id: (pk, str(text or "")) for outer_id, pk, text in rows}


def _standing(raws: Iterable[tuple[int, str]], changes: Sequence[Change]) -> dict[tuple[int, str], str]:
    """What the source says now as far as we know: (message, kind of change) -> the words of the last one."""
    standing = {(pk, "edited"): text for pk, text in raws}
    if any(change.kind != "reach" for change in changes):
        told = RawChange.objects.filter(raw__in=[pk for pk, _ in standing], kind__in=("edited", "removed"))
        for pk, kind, text in told.order_by("at", "id").values_list("raw_id", "kind", "text"):
            standing[pk, kind] = text
    return standing
