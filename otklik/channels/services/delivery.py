"""Delivers what waits: one conditional update claims a row, its adapter sends it outside any transaction.

A row cut in the middle of sending is never sent twice by itself: a person looks whether it left.
"""

import random
from datetime import datetime

from django.utils import timezone

from otklik.channels.adapters.base import SendResult
from otklik.channels.adapters.registry import adapter_for
from otklik.channels.models import Outgoing
from otklik.channels.rules import LEASE, is_hopeless, next_delay
from otklik.common.models import Municipality
from otklik.common.scope import within

CUT = (
    "Отправка оборвалась, ушло ли письмо, неизвестно: проверьте и отправьте снова или отметьте отправленным."
)


def deliver_waiting(municipality: Municipality, now: datetime, limit: int = 200) -> int:
    """Try every due outgoing once, the oldest first; returns how many left. Call outside a transaction."""
    _give_up_cut(municipality, now)
    sent = 0
    for _ in range(limit):
        outgoing = claim(municipality, now)
        if outgoing is None:
            break
        sent += deliver(outgoing, now)
    return sent


def claim(municipality: Municipality, now: datetime) -> Outgoing | None:
    """Take one due row for this process alone; None when nothing is due."""
    with within(municipality.pk):
        due = Outgoing.objects.filter(municipality=municipality, state="waiting", next_try_at__lte=now)
        for pk in due.order_by("next_try_at", "id").values_list("id", flat=True)[:20]:
            if due.filter(pk=pk).update(state="sending", next_try_at=timezone.now() + LEASE):
                taken = Outgoing.objects.select_related("channel", "municipality").prefetch_related("files")
                return taken.get(pk=pk)
    return None


def deliver(outgoing: Outgoing, now: datetime) -> bool:
    """Send a claimed row and write what came of it; True when it left."""
    try:
        result = adapter_for(outgoing).send(outgoing)
    except OSError as error:
        # A missing file or a full disk is ours to mend; the row waits like after a shut way.
        result = SendResult("retry", error=f"Не читается вложение: {error.strerror or error}.")
    with within(outgoing.municipality_id):
        Outgoing.objects.filter(pk=outgoing.pk, state="sending").update(**_outcome(outgoing, result, now))
    return result.state == "sent"


def _outcome(outgoing: Outgoing, result: SendResult, now: datetime) -> dict[str, object]:
    tries = outgoing.tries + 1
    words = {"tries": tries, "error": result.error[:400], "proof": result.proof[:500]}
    if result.state == "sent":
        return {**words, "state": "sent", "sent_at": timezone.now()}
    if result.state == "by_hand":
        return {**words, "state": "by_hand"}
    if is_hopeless(tries):
        return {**words, "state": "dead"}
    # Jitter spreads the load of retries; nothing secret hangs on it.
    return {**words, "state": "waiting", "next_try_at": now + next_delay(tries, random.random())}  # noqa: S311


def _give_up_cut(municipality: Municipality, now: datetime) -> None:
    with within(municipality.pk):
        cut = Outgoing.objects.filter(municipality=municipality, state="sending", next_try_at__lt=now)
        cut.update(state="dead", error=CUT)
