"""Tells the role that answers for a channel, once, when it is not read for long or is silent longer than usual.

A good turn clears the alarm of a failure, a message clears the alarm of silence.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from otklik.accounts.selectors import people_in_role
from otklik.accounts.services import leave_notice
from otklik.channels.models import Feed
from otklik.channels.rhythm import is_silent
from otklik.channels.rules import is_failing_long
from otklik.common.models import Municipality

STATUS_PAGE = "/channels/"
WHOEVER_SEES = "channels.view_raw"


def watch_feeds(municipality: Municipality, now: datetime) -> int:
    """Look at every feed that is on; returns how many alarms were raised. In the municipality's scope."""
    feeds = Feed.objects.filter(municipality=municipality, is_on=True).select_related(
        "channel", "municipality"
    )
    return sum(_raise(feed, words, now) for feed in feeds.order_by("id") if (words := alarm_of(feed, now)))


def alarm_of(feed: Feed, now: datetime) -> str:
    """What must be said of the feed now and has not been said yet; empty when nothing."""
    zone = ZoneInfo(feed.municipality.time_zone)
    if feed.failing_since and is_failing_long(feed.failing_since, now):
        since = feed.failing_since.astimezone(zone)
        told = feed.alarmed_at and feed.alarmed_at >= feed.failing_since
        return "" if told else f"Канал «{feed.channel.title}» не читается с {since:%H:%M %d.%m}. {feed.error}"
    if feed.alarmed_at or feed.failing_since or feed.message_at is None:
        return ""
    if is_silent(feed.rhythm, feed.message_at, now, zone):
        last = feed.message_at.astimezone(zone)
        return (
            f"Канал «{feed.channel.title}» молчит дольше обычного: последнее сообщение {last:%H:%M %d.%m}. "
            "Проверьте, доступна ли страница и не отозван ли ключ."
        )
    return ""


def _raise(feed: Feed, words: str, now: datetime) -> int:
    # One conditional update: two workers never say the same thing twice.
    if not Feed.objects.filter(pk=feed.pk, alarmed_at=feed.alarmed_at).update(alarmed_at=now):
        return 0
    people = list(people_in_role(feed.channel.owner_role, feed.municipality))
    for person in people:
        leave_notice(feed.municipality, words[:300], STATUS_PAGE, user=person)
    if not people:
        leave_notice(feed.municipality, words[:300], STATUS_PAGE, permission=WHOEVER_SEES)
    return 1
