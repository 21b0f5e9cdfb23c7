"""The reading loop: every due feed gets its turn, several at once, so a slow source holds no other back.

Called by `channels.tasks.read_feeds`. The threads and their connections outlive one run of the timer: a long poll
that still waits at its end is not cut, and nobody takes its feed meanwhile.
"""

import logging
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import timedelta
from functools import cache

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from otklik.channels.adapters.sources import is_asked, source_for
from otklik.channels.models import Feed
from otklik.channels.services.feeding import Failure, claim, due_feeds, note_failure, turn
from otklik.common.scope import within_all

AT_ONCE = 24
LOOK_EVERY = 0.2
NOT_KEPT = "Прочитанное не сохраняется: причина — в журнале программы, сообщите разработчикам."
log = logging.getLogger(__name__)


def warm() -> None:
    """Load what reads the channels that are on: their first messages must not wait for heavy libraries."""
    with within_all():
        feeds = list(Feed.objects.filter(is_on=True).select_related("channel"))
    for feed in feeds:
        source_for(feed.channel)


def read_for(seconds: float) -> int:
    """Give turns to due feeds for so long; returns how many messages were new. At once over when none is on."""
    until = time.monotonic() + seconds
    running: set[Future[int]] = set()
    came = 0
    while True:
        running |= {_threads().submit(_turn, feed) for feed in _claimed()}
        done, running = wait(running, timeout=0)
        came += sum(one.result() for one in done)
        left = until - time.monotonic()
        if left <= 0 or not _any_on():
            return came
        time.sleep(min(LOOK_EVERY, left))


def _claimed() -> list[Feed]:
    now = timezone.now()
    with within_all():
        due = list(due_feeds(now))
    return [feed for feed in due if is_asked(feed.channel) and claim(feed, now)]


def _any_on() -> bool:
    """Whether anything may be due before the run is over."""
    with within_all():
        soon = timezone.now() + timedelta(seconds=5)
        return Feed.objects.filter(is_on=True, next_turn_at__lte=soon).exists()


def _turn(feed: Feed) -> int:
    """One turn in a thread of the pool; the thread keeps its connection for the next one."""
    close_old_connections()
    try:
        return turn(feed, timezone.now())
    except DatabaseError as error:
        # The server of the database was restarted: the lease runs out and the turn is made again.
        log.warning("feed %s: %s", feed.pk, type(error).__name__)
        close_old_connections()
    except Exception as error:
        log.error("feed %s: %s", feed.pk, type(error).__name__)
        note_failure(feed, Failure(NOT_KEPT), timezone.now())
    return 0


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="feed")
