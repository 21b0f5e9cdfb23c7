"""Calls of the line: kept as the call centre tells of them, written up or called back by a clerk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from otklik.audit.services import record
from otklik.channels.adapters.source import CallTold
from otklik.channels.models import CallTry, Channel, PhoneCall, RawMessage
from otklik.channels.rules import MOST_CALL_TRIES, call_pause, state_of_call
from otklik.common.errors import Refused

GONE = "Этим звонком уже занялись: обновите страницу."
OPEN = ("new", "to_call")


def keep_calls(calls: Sequence[CallTold], channel: Channel) -> int:
    """Keep new calls; a later word on the same one (it ended, its recording is ready) completes what nobody closed."""
    before = {
        call.outer_id: call
        for call in PhoneCall.objects.filter(channel=channel, outer_id__in=[one.outer_id for one in calls])
    }
    new = 0
    for told in calls:
        known = before.get(told.outer_id)
        if known is None:
            before[told.outer_id], created = PhoneCall.objects.get_or_create(
                channel=channel, outer_id=told.outer_id, defaults=_fields(told, channel)
            )
            new += created
        elif known.state in OPEN and not known.tries.exists():
            PhoneCall.objects.filter(pk=known.pk, state__in=OPEN).update(**_completed(told, known, channel))
    return new


def _completed(told: CallTold, known: PhoneCall, channel: Channel) -> dict[str, Any]:
    """What one more word on a call adds; that of its beginning, come after that of its end, takes nothing away."""
    fields = _fields(told, channel)
    kept = {name: getattr(known, name) for name in ("number", "operator", "recording") if not fields[name]}
    if told.seconds < known.seconds:
        kept |= {"outcome": known.outcome, "seconds": known.seconds, "state": known.state}
    return fields | kept


def _fields(told: CallTold, channel: Channel) -> dict[str, Any]:
    return {
        "municipality_id": channel.municipality_id,
        "number": told.number[:40],
        "came_at": told.came_at,
        "outcome": told.outcome,
        "seconds": told.seconds,
        "operator": told.operator[:160],
        "recording": told.recording[:500],
        "state": state_of_call(told.outcome),
    }


def note_try(call: PhoneCall, is_reached: bool, by: Any, now: datetime) -> PhoneCall:
    """A try to call back. Reached, it waits for its card; the last vain one ends it. Raises Refused."""
    call = _locked(call)
    if call.state != "to_call":
        raise Refused(GONE)
    CallTry.objects.create(
        municipality_id=call.municipality_id, call=call, at=now, by=by, is_reached=is_reached
    )
    vain = call.tries.filter(is_reached=False).count()
    if is_reached:
        call.state, call.next_try_at = "new", None
    elif vain >= MOST_CALL_TRIES:
        call.state, call.next_try_at, call.closed_at, call.closed_by = "not_reached", None, now, by
    else:
        call.next_try_at = now + call_pause(vain)
    call.save(update_fields=["state", "next_try_at", "closed_at", "closed_by"])
    record(call, "channels.call_tried", by, call.municipality, details={"reached": is_reached, "tries": vain})
    return call


def write_up(call: PhoneCall, raw: RawMessage, by: Any, now: datetime) -> None:
    """The gist a clerk wrote becomes the message of this call. Raises Refused when the call has one."""
    call = _locked(call)
    if call.raw_id is not None:
        raise Refused("По этому звонку карточка уже есть.")
    call.raw, call.state, call.next_try_at = raw, "done", None
    call.closed_at, call.closed_by = now, by
    call.save(update_fields=["raw", "state", "next_try_at", "closed_at", "closed_by"])
    record(call, "channels.call_written", by, call.municipality)


def close_call(call: PhoneCall, why: str, by: Any, now: datetime) -> None:
    """No card is needed, and why. Raises Refused."""
    call = _locked(call)
    if not why.strip():
        raise Refused("Напишите, почему из звонка не нужна карточка.")
    if call.state not in OPEN:
        raise Refused(GONE)
    call.state, call.why, call.closed_at, call.closed_by = "done", why.strip()[:300], now, by
    call.next_try_at = None
    call.save(update_fields=["state", "why", "closed_at", "closed_by", "next_try_at"])
    record(call, "channels.call_closed", by, call.municipality, why=call.why)


def _locked(call: PhoneCall) -> PhoneCall:
    return PhoneCall.objects.select_for_update().get(pk=call.pk)
