"""Reading of sources: one turn asks outside any transaction, then keeps what came together with the cursor.

A process cut anywhere repeats the turn from the saved cursor; what was kept already is kept once by (channel,
outer id). Failures never leave here: they become the feed's words and its pause.
"""

import logging
import random
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from otklik.channels import steps
from otklik.channels.adapters.source import Account, Call, Fetched, Heard, Unreachable, Unread
from otklik.channels.adapters.sources import listener_for, source_for
from otklik.channels.models import Channel, Feed
from otklik.channels.rhythm import with_messages
from otklik.channels.rules import TURN_LEASE, pause_after, pause_of, trips
from otklik.channels.services.accounts import account_of
from otklik.channels.services.feeds import feed_of
from otklik.channels.services.keeping import Brought, keep_brought
from otklik.common.errors import Refused
from otklik.common.scope import within

NO_SOURCE = "Этот канал читать нечем: проверьте его вид и настройку source."
NOT_UNDERSTOOD = "Ответ источника не разобран ({}): его устройство изменилось, нужна новая версия канала."
STATE = ("is_on", "cursor", "next_turn_at", "tried_at", "succeeded_at", "message_at", "lag_seconds", "failures",
         "shut_until", "error", "failing_since", "alarmed_at", "rhythm")  # fmt: skip
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Failure:
    """Why a turn brought nothing, in words, and how long the source asked to be left alone."""

    words: str
    wait: timedelta | None = None


def due_feeds(now: datetime) -> QuerySet[Feed]:
    """Feeds that may be asked now, the longest waiting first; within the current scope."""
    due = Feed.objects.filter(Q(next_turn_at=None) | Q(next_turn_at__lte=now), is_on=True)
    open_ones = due.exclude(channel__availability="closed")
    return open_ones.select_related("channel", "municipality").order_by("next_turn_at", "id")


def claim(feed: Feed, now: datetime) -> bool:
    """Take the turn of a due feed for this process alone; a process cut meanwhile gives it back after the lease."""
    with within(feed.municipality_id):
        mine = Feed.objects.filter(Q(next_turn_at=None) | Q(next_turn_at__lte=now), pk=feed.pk, is_on=True)
        if not mine.update(next_turn_at=now + TURN_LEASE, tried_at=now):
            return False
        feed.refresh_from_db(fields=STATE)
    steps.reached("feed claimed")
    return True


def turn(feed: Feed, now: datetime) -> int:
    """Ask the source once and keep what it gave; returns how many messages were new. Call outside a transaction."""
    began = time.monotonic()
    asked = _ask(feed)
    steps.reached("feed fetched")
    if isinstance(asked, Failure):
        note_failure(feed, asked, now)
        return 0
    # The clock of the turn goes on while the source answers; tests give `now` and answer at once.
    moment = now + timedelta(seconds=time.monotonic() - began)
    with within(feed.municipality_id):
        locked = feed_of(feed.channel)
        if locked.cursor != feed.cursor:
            return 0  # another process was quicker; what it kept begins where this turn began
        brought = keep_brought(asked, feed.channel, moment)
        steps.reached("messages kept")
        locked.cursor = dict(asked.cursor)
        locked.next_turn_at = now if asked.more else now + pause_of(feed.channel.settings, feed.channel.kind)
        note_success(locked, brought, moment, asked.words)
        feed.refresh_from_db(fields=STATE)
        steps.reached("before commit")
    steps.reached("after commit")
    return len(brought.ids)


def hear(channel: Channel, call: Call) -> Heard:
    """Keep what a call of the outer system brought before it is answered. Raises Stranger; Refused if none listens."""
    listener = listener_for(channel)
    if listener is None:
        raise Refused("Этот канал вызовов не принимает.")
    with within(channel.municipality_id):
        account = account_of(channel)
    try:
        heard = listener.hear(account, call)
    except Unread as unread:
        heard = Heard(unread=[unread])
    with within(channel.municipality_id):
        feed = feed_of(channel)
        brought = keep_brought(heard, channel, call.now)
        note_success(feed, brought, call.now, heard.words)
        steps.reached("call kept")
    steps.reached("call answered")
    return heard


def note_success(feed: Feed, brought: Brought, now: datetime, words: str = "") -> None:
    """Write down how the feed does after a good turn; `words` is a complaint though reading went on."""
    if brought.sent:
        last = max(brought.sent)
        zone = ZoneInfo(feed.municipality.time_zone)
        feed.rhythm = with_messages(feed.rhythm, feed.message_at, brought.sent, zone)
        feed.message_at = max(last, feed.message_at or last)
        feed.lag_seconds = round(max((now - min(brought.sent)).total_seconds(), 0.0), 2)
    if feed.failing_since or brought.sent:
        feed.alarmed_at = None
    feed.succeeded_at, feed.failures, feed.failing_since, feed.shut_until = now, 0, None, None
    feed.error = words[:400]
    feed.save()


def note_failure(feed: Feed, failure: Failure, now: datetime) -> None:
    """Put the next turn off: longer after each failure, and as long as the source asks for."""
    with within(feed.municipality_id):
        locked = Feed.objects.select_for_update().get(pk=feed.pk)
        locked.failures += 1
        # Jitter spreads the load of repeats; nothing secret hangs on it.
        pause = pause_after(locked.failures, failure.wait, random.random())  # noqa: S311
        locked.next_turn_at = now + pause
        locked.shut_until = now + pause if trips(locked.failures, failure.wait) else None
        locked.failing_since = locked.failing_since or now
        locked.error = failure.words[:400]
        locked.save()
        feed.refresh_from_db(fields=STATE)


def _ask(feed: Feed) -> Fetched | Failure:
    try:
        with within(feed.municipality_id):
            account: Account = account_of(feed.channel)
        source = source_for(feed.channel)
        return source.fetch(account, feed.cursor) if source else Failure(NO_SOURCE)
    except Unreachable as shut:
        return Failure(shut.words, shut.wait)
    except Refused as refused:
        return Failure(str(refused))
    except Exception as error:
        # Neither message nor values: both may hold what a citizen wrote.
        kind = type(error).__name__
        log.error("feed %s: %s at %s", feed.pk, kind, _place_of(error))
        return Failure(NOT_UNDERSTOOD.format(kind))


def _place_of(error: Exception) -> str:
    at = error.__traceback__
    while at and at.tb_next:
        at = at.tb_next
    return f"{at.tb_frame.f_code.co_filename}:{at.tb_lineno}" if at else "nowhere"
