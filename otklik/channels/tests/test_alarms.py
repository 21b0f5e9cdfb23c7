"""Somebody is told, once, when a channel is not read for long or is silent longer than usual."""

from datetime import UTC, datetime, timedelta

import pytest

from otklik.accounts.models import Notice, Role, User
from otklik.accounts.services import Appointment, give_role
from otklik.channels.adapters.sources import SOURCES
from otklik.channels.models import Channel, Feed
from otklik.channels.rhythm import ENOUGH
from otklik.channels.services.alarms import watch_feeds
from otklik.channels.services.feeding import Failure, note_failure, note_success
from otklik.channels.services.feeds import read_now, switch_feed
from otklik.channels.services.keeping import Brought
from otklik.common.errors import Refused
from otklik.common.models import Municipality

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def feed(place: Municipality, monkeypatch: pytest.MonkeyPatch) -> Feed:
    monkeypatch.setitem(SOURCES, "vk", "nowhere.Nothing")
    monkeypatch.setattr("otklik.channels.services.feeds.source_for", lambda channel: channel)
    channel = Channel.objects.create(
        municipality=place, key="vk", kind="vk", title="ВКонтакте", owner_role="pages_officer"
    )
    return switch_feed(channel, True)


def notices() -> list[str]:
    return list(Notice.objects.order_by("id").values_list("text", flat=True))


def test_it_tells_the_owner_once_that_the_channel_is_not_read(feed: Feed, place: Municipality) -> None:
    role = Role.objects.create(municipality=place, key="pages_officer", title="Ответственный за страницы")
    person = User.objects.create_user("pages", "correct horse 59")
    give_role(person, Appointment(role, NOW.date() - timedelta(days=300)), None)
    note_failure(feed, Failure("Ключ не подходит."), NOW)
    assert watch_feeds(place, NOW + 14 * MINUTE) == 0
    assert [watch_feeds(place, NOW + minutes * MINUTE) for minutes in (15, 20, 300)] == [1, 0, 0]
    assert Notice.objects.get().user == person
    assert notices() == ["Канал «ВКонтакте» не читается с 19:00 20.11. Ключ не подходит."]


def test_it_tells_again_after_a_success_in_between(feed: Feed, place: Municipality) -> None:
    note_failure(feed, Failure("Ключ не подходит."), NOW)
    watch_feeds(place, NOW + 20 * MINUTE)
    feed.refresh_from_db()
    note_success(feed, Brought(), NOW + 30 * MINUTE)
    assert feed.alarmed_at is None
    note_failure(feed, Failure("Сервер не отвечает."), NOW + 40 * MINUTE)
    assert watch_feeds(place, NOW + 60 * MINUTE) == 1
    assert len(notices()) == 2


def test_it_tells_whoever_sees_the_tray_when_nobody_holds_the_role(feed: Feed, place: Municipality) -> None:
    note_failure(feed, Failure("Ключ не подходит."), NOW)
    assert watch_feeds(place, NOW + 20 * MINUTE) == 1
    assert Notice.objects.get().permission == "channels.view_raw"


def test_it_tells_of_unusual_silence_and_forgets_it_with_a_message(feed: Feed, place: Municipality) -> None:
    evening = datetime(2026, 11, 20, 8, tzinfo=UTC)  # three in the afternoon on the town's clock
    feed.rhythm, feed.message_at = {"day": [300.0] * ENOUGH}, evening
    feed.save()
    assert watch_feeds(place, evening + 39 * MINUTE) == 0
    assert watch_feeds(place, evening + 41 * MINUTE) == 1
    assert watch_feeds(place, evening + 50 * MINUTE) == 0
    assert "молчит дольше обычного" in notices()[0]
    feed.refresh_from_db()
    note_success(feed, Brought(), evening + 51 * MINUTE)
    assert feed.alarmed_at is not None  # read well, and still silent
    note_success(feed, Brought({"1": 1}, [evening + 52 * MINUTE]), evening + 52 * MINUTE)
    assert feed.alarmed_at is None


def test_it_gives_a_turn_at_once_to_a_feed_that_is_on(feed: Feed) -> None:
    note_failure(feed, Failure("Ключ не подходит.", timedelta(hours=2)), NOW)
    assert feed.shut_until is not None
    read_now(feed, None, NOW)
    assert Feed.objects.filter(pk=feed.pk, shut_until=None, next_turn_at=NOW).exists()
    switch_feed(feed.channel, False)
    with pytest.raises(Refused, match="включите"):
        read_now(feed, None, NOW)


def test_it_switches_on_only_what_can_be_read(place: Municipality) -> None:
    paper = Channel.objects.create(municipality=place, key="paper", kind="paper", title="Письменно")
    with pytest.raises(Refused, match="вручную"):
        switch_feed(paper, True)
    closed = Channel.objects.create(
        municipality=place, key="email", kind="email", title="Почта", availability="closed"
    )
    with pytest.raises(Refused, match="закрыт"):
        switch_feed(closed, True)
