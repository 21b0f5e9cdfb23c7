"""Delivers what waits: one conditional update claims a row, its adapter sends it outside any transaction.

A row cut in the middle of sending is sent again by itself only where the network drops a second copy
(`repeats_safely` of the adapter); elsewhere a person looks whether it left. A network that fails again and again is
left alone by a breaker of the channel, and what waits for it loses no tries.
"""

import logging
import random
from collections import deque
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from otklik.channels import steps
from otklik.channels.adapters.base import SendResult
from otklik.channels.adapters.registry import TO_BODIES, adapter_for, rest
from otklik.channels.models import Outgoing
from otklik.channels.rules import LEASE, is_hopeless, next_delay, pause_after, trips
from otklik.channels.services.feeds import feed_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.scope import within

CUT = (
    "Отправка оборвалась, ушло ли письмо, неизвестно: проверьте и отправьте снова или отметьте отправленным."
)
BROKEN = "Отправка сломалась: причина — в журнале программы, сообщите разработчикам."
log = logging.getLogger(__name__)


def deliver_waiting(municipality: Municipality, now: datetime, limit: int = 200) -> int:
    """Try every due outgoing once, the oldest of each channel in turn: a thousand receipts by mail hold back no answer
    elsewhere. Returns how many left. Call outside a transaction."""
    _take_up_cut(municipality, now)
    with within(municipality.pk):
        channels = deque(
            _due(municipality, now).order_by("channel").values_list("channel", flat=True).distinct()
        )
    try:
        return _deliver_in_turn(municipality, now, channels, limit)
    finally:
        rest()


def _deliver_in_turn(municipality: Municipality, now: datetime, channels: deque[int], limit: int) -> int:
    sent = tried = 0
    while channels and tried < limit:
        channel = channels.popleft()
        outgoing = claim(municipality, now, channel)
        if outgoing is None:
            continue
        channels.append(channel)
        sent += deliver(outgoing, now)
        tried += 1
    return sent


def claim(municipality: Municipality, now: datetime, channel: int | None = None) -> Outgoing | None:
    """Take one due row (of one channel when given) for this process alone; None when nothing is due."""
    with within(municipality.pk):
        due = _due(municipality, now)
        if channel is not None:
            due = due.filter(channel=channel)
        for pk in due.order_by("next_try_at", "id").values_list("id", flat=True)[:20]:
            if due.filter(pk=pk).update(state="sending", next_try_at=timezone.now() + LEASE):
                taken = Outgoing.objects.select_related("channel", "municipality").prefetch_related("files")
                found = taken.get(pk=pk)
                break
        else:
            return None
    steps.reached("outgoing claimed")
    return found


def deliver(outgoing: Outgoing, now: datetime) -> bool:
    """Send a claimed row and write what came of it; True when it left."""
    result, is_of_network = _send(outgoing)
    steps.reached("outgoing sent")
    with within(outgoing.municipality_id):
        mine = Outgoing.objects.filter(pk=outgoing.pk, state="sending")
        if result is None:
            mine.update(state="dead", error=CUT)
            return False
        mine.update(**_outcome(outgoing, result, now))
        if is_of_network and outgoing.kind not in TO_BODIES:
            _note_way_out(outgoing, result, now)
    steps.reached("outgoing marked")
    return result.state == "sent"


def _send(outgoing: Outgoing) -> tuple[SendResult | None, bool]:
    """What came of it (None: nobody can tell whether it left) and whether the network itself has said so."""
    try:
        return adapter_for(outgoing).send(outgoing), True
    except OSError as error:
        # A missing file or a full disk is ours to mend; the row waits like after a shut way.
        return SendResult("retry", error=f"Не читается вложение: {error.strerror or error}."), False
    except Refused as refused:
        return SendResult("retry", error=str(refused)), False
    except Exception as error:
        # Neither message nor values: both may hold what a citizen wrote.
        log.error("outgoing %s: %s", outgoing.pk, type(error).__name__)
        return (SendResult("retry", error=BROKEN) if _repeats_safely(outgoing) else None), False


def _due(municipality: Municipality, now: datetime) -> QuerySet[Outgoing]:
    """What may go now: its way is not shut, and nothing said earlier to the same person still waits."""
    due = Outgoing.objects.filter(municipality=municipality, state="waiting", next_try_at__lte=now)
    shut = Q(channel__feed__out_shut_until__gt=now) & ~Q(kind__in=TO_BODIES)
    earlier = Outgoing.objects.filter(
        channel=OuterRef("channel"),
        about=OuterRef("about"),
        recipient=OuterRef("recipient"),
        state__in=["waiting", "sending"],
        pk__lt=OuterRef("pk"),
    )
    return due.exclude(shut).exclude(~Q(about="") & Exists(earlier))


def _outcome(outgoing: Outgoing, result: SendResult, now: datetime) -> dict[str, object]:
    tries = outgoing.tries + 1
    words = {"tries": tries, "error": result.error[:400], "proof": result.proof[:500]}
    if result.state == "sent":
        return {**words, "state": "sent", "sent_at": timezone.now()}
    if result.state == "by_hand":
        return {**words, "state": "by_hand"}
    if result.state == "unknown" or is_hopeless(tries):
        return {**words, "state": "dead"}
    # Jitter spreads the load of retries; nothing secret hangs on it.
    plain = next_delay(tries, random.random())  # noqa: S311
    return {**words, "state": "waiting", "next_try_at": now + max(plain, result.wait or plain)}


def _note_way_out(outgoing: Outgoing, result: SendResult, now: datetime) -> None:
    """Count failures of the channel in a row; an answer of the network, whatever it was, ends the count."""
    if result.state != "retry":
        shut = Q(channel__feed__out_failures__gt=0, pk=outgoing.pk)
        if Outgoing.objects.filter(shut).exists():
            feed = feed_of(outgoing.channel)
            feed.out_failures, feed.out_shut_until, feed.out_error = 0, None, ""
            feed.save(update_fields=["out_failures", "out_shut_until", "out_error"])
        return
    feed = feed_of(outgoing.channel)
    feed.out_failures += 1
    if trips(feed.out_failures, result.wait):
        feed.out_shut_until = now + pause_after(feed.out_failures, result.wait, random.random())  # noqa: S311
    feed.out_error = result.error[:400]
    feed.save(update_fields=["out_failures", "out_shut_until", "out_error"])


def _take_up_cut(municipality: Municipality, now: datetime) -> None:
    """What a dead process was sending: again where a second copy is dropped, else to a person."""
    with within(municipality.pk):
        cut = Outgoing.objects.filter(municipality=municipality, state="sending", next_try_at__lt=now)
        for outgoing in cut.select_related("channel"):
            mine = cut.filter(pk=outgoing.pk)
            if _repeats_safely(outgoing):
                mine.update(state="waiting", next_try_at=now, tries=F("tries") + 1)
            else:
                mine.update(state="dead", error=CUT)


def _repeats_safely(outgoing: Outgoing) -> bool:
    return bool(getattr(adapter_for(outgoing), "repeats_safely", False))
