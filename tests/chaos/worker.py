"""The worker as the chaos tests drive it: its clock is an argument, and it may die at any named step."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from otklik.channels import steps
from otklik.channels.models import Feed, RawMessage
from otklik.channels.services.feeding import claim, turn

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
MOST_TURNS = 400


class Death(BaseException):
    """The process is gone: nothing of ours may catch it."""


@contextmanager
def death_at(step: steps.Step, passing: int = 0) -> Iterator[Callable[[], bool]]:
    """Die at the step after passing it so many times; gives whether death has come."""
    left, came = passing, False

    def reached(now: steps.Step) -> None:
        nonlocal left, came
        if now != step or came:
            return
        if left:
            left -= 1
            return
        came = True
        raise Death(step)

    with patch.object(steps, "reached", reached):
        yield lambda: came


def read_on(feed: Feed, now: datetime, hours: float = 1.0) -> datetime:
    """Turns by the feed's own clock till it says nothing is left, or the hours are over; gives the moment then."""
    end = now + timedelta(hours=hours)
    for _ in range(MOST_TURNS):
        if claim(feed, now):
            turn(feed, now)
        assert feed.next_turn_at is not None
        if not feed.failures and feed.next_turn_at > now:
            return now
        now = max(feed.next_turn_at, now + timedelta(milliseconds=100))
        if now >= end:
            return now
    raise AssertionError("the feed never came to rest")


def kept(feed: Feed) -> list[str]:
    """Texts of kept messages in the order they became rows."""
    rows = RawMessage.objects.filter(channel=feed.channel).exclude(state="failed").order_by("id")
    return [row.payload["text"] for row in rows]
