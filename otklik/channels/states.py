"""How a channel does, in words for a person: read well, paused, failing, silent, off. For screens and commands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from otklik.channels.models import Channel, Feed
from otklik.channels.rhythm import is_silent
from otklik.channels.rules import breaker, is_failing_long
from otklik.common.words import count

Health = Literal["off", "well", "waiting", "bad"]


@dataclass(frozen=True)
class State:
    """`bad` asks for a person; `words` is one sentence about now, `mend` what to do (empty when nothing)."""

    health: Health
    words: str
    mend: str = ""


def state_of(channel: Channel, now: datetime) -> State:
    """The channel's state by its feed; a channel without one is led by hand."""
    feed: Feed | None = getattr(channel, "feed", None)
    if channel.availability == "closed":
        return State("off", "закрыт положением")
    if feed is None or not feed.is_on:
        return State("off", "чтение не включено")
    if feed.failures:
        return _failing(feed, now)
    if feed.succeeded_at is None:
        return State("waiting", "ещё не читался")
    zone = ZoneInfo(feed.municipality.time_zone)
    if is_silent(feed.rhythm, feed.message_at, now, zone):
        return State(
            "bad",
            f"читается, но сообщений нет {_ago(feed.message_at, now)}: дольше обычного",
            "проверьте, доступна ли страница и хватает ли прав ключу",
        )
    if feed.error:
        return State("bad", f"читается, но не всё: {feed.error}", "исправьте названное")
    return State("well", f"прочитан {_ago(feed.succeeded_at, now)} назад{_lag(feed)}")


def way_out_of(channel: Channel, now: datetime) -> State | None:
    """What is wrong with sending by the channel; None while nothing is."""
    feed: Feed | None = getattr(channel, "feed", None)
    if feed is None or not feed.out_failures:
        return None
    shut = feed.out_shut_until
    until = f", следующая попытка через {_span(shut - now)}" if shut and shut > now else ""
    return State(
        "bad" if shut else "waiting", f"ответы не уходят{until}: {feed.out_error}", "исправьте названное"
    )


def _failing(feed: Feed, now: datetime) -> State:
    failed = count(feed.failures, "неудача подряд", "неудачи подряд", "неудач подряд")
    pause = feed.next_turn_at - now if feed.next_turn_at else timedelta(0)
    is_open = breaker(feed.failures, feed.shut_until, now) == "open"
    next_try = f", следующая попытка через {_span(pause)}" if is_open and pause > timedelta(0) else ""
    health: Health = "bad" if is_failing_long(feed.failing_since, now) else "waiting"
    return State(health, f"не читается, {failed}{next_try}", feed.error)


def _lag(feed: Feed) -> str:
    if feed.lag_seconds is None or feed.lag_seconds < 60:
        return ""
    return f", отставание {_span(timedelta(seconds=feed.lag_seconds))}"


def _ago(moment: datetime | None, now: datetime) -> str:
    return _span(now - moment) if moment else "никогда"


def _span(span: timedelta) -> str:
    seconds = max(int(span.total_seconds()), 0)
    if seconds < 60:
        return f"{seconds} с"
    if seconds < 3600:
        return f"{seconds // 60} мин"
    return f"{seconds // 3600} ч" if seconds < 86400 else f"{seconds // 86400} дн."
