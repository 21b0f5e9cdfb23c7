"""Feeds as rows: made at the first need, switched on and off by a person, told how the last turn went."""

from datetime import datetime
from typing import Any

from otklik.audit.services import record
from otklik.channels.adapters.sources import listener_for, source_for
from otklik.channels.models import Channel, Feed
from otklik.common.errors import Refused


def feed_of(channel: Channel) -> Feed:
    """The locked feed row of the channel, made at the first need; in the running transaction."""
    Feed.objects.get_or_create(channel=channel, defaults={"municipality_id": channel.municipality_id})
    return Feed.objects.select_for_update(of=("self",)).select_related("municipality").get(channel=channel)


def switch_feed(channel: Channel, is_on: bool, by: Any = None) -> Feed:
    """Begin or stop reading the channel; the place of reading stays, so nothing is lost meanwhile. Raises Refused."""
    if is_on and channel.availability == "closed":
        raise Refused("Канал закрыт положением: сначала откройте его там.")
    if is_on and source_for(channel) is None and listener_for(channel) is None:
        raise Refused("Этот канал ведут вручную: читать его нечем.")
    feed = feed_of(channel)
    feed.is_on, feed.next_turn_at, feed.shut_until = is_on, None, None
    feed.failures, feed.failing_since, feed.error, feed.alarmed_at = 0, None, "", None
    feed.save()
    record(channel, "channels.feed_on" if is_on else "channels.feed_off", by, channel.municipality)
    return feed


def read_now(feed: Feed, by: Any, now: datetime) -> None:
    """Give the feed its turn at once, whatever pause it keeps. Raises Refused when it is switched off."""
    if not Feed.objects.filter(pk=feed.pk, is_on=True).update(next_turn_at=now, shut_until=None):
        raise Refused("Чтение канала выключено: включите его.")
    feed.refresh_from_db()
    record(feed.channel, "channels.feed_now", by, feed.municipality)
