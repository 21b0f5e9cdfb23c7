"""Our own process dies at every named step: nothing is lost, nothing doubled, nothing answered twice."""

from datetime import timedelta
from typing import get_args

import pytest

from otklik.channels import steps
from otklik.channels.adapters.registry import ADAPTERS
from otklik.channels.models import Channel, Feed, MediaFetch, StoredFile
from otklik.channels.rules import LEASE, TURN_LEASE
from otklik.channels.services import make_outgoing
from otklik.channels.services import media as media_service
from otklik.channels.services.delivery import deliver_waiting
from otklik.channels.services.feeding import claim, turn
from otklik.channels.services.media import fetch_one
from tests.chaos.worker import NOW, Death, death_at, kept, read_on
from tests.fakes.guestbook import Guestbook

TEXTS = [f"Запись {number}" for number in range(1, 61)]
PDF = b"%PDF-1.7 a paper"


def test_every_step_belongs_to_a_work() -> None:
    works = (steps.READING, steps.HEARING, steps.SENDING, steps.MEDIA, steps.PLACING)
    assert {step for work in works for step in work} == set(get_args(steps.Step))


@pytest.mark.parametrize("passing", [0, 1])
@pytest.mark.parametrize("step", steps.READING)
def test_it_reads_each_message_once_though_it_dies(
    step: steps.Step, passing: int, feed: Feed, book: Guestbook
) -> None:
    for number, text in enumerate(TEXTS):
        book.say(text, at=NOW - timedelta(minutes=100 - number))
    with death_at(step, passing) as has_come, pytest.raises(Death):
        read_on(feed, NOW)
    assert has_come()
    reborn = Feed.objects.select_related("channel", "municipality").get(pk=feed.pk)
    read_on(reborn, NOW + TURN_LEASE * 2)
    assert kept(feed) == TEXTS
    assert reborn.cursor == {"after": len(TEXTS)}


def test_it_gives_a_turn_to_one_process_at_a_time(feed: Feed, book: Guestbook) -> None:
    assert claim(feed, NOW)
    assert not claim(feed, NOW + timedelta(seconds=1))
    assert claim(feed, NOW + TURN_LEASE)


def test_it_drops_what_a_late_process_brings_after_another_has_read_on(feed: Feed, book: Guestbook) -> None:
    book.say("Первая", at=NOW)
    late = Feed.objects.select_related("channel", "municipality").get(pk=feed.pk)
    turn(feed, NOW)
    book.say("Вторая", at=NOW)
    assert turn(late, NOW) == 0
    assert late.cursor == {}
    read_on(feed, NOW + TURN_LEASE)
    assert kept(feed) == ["Первая", "Вторая"]


@pytest.mark.parametrize("step", steps.SENDING)
def test_it_answers_once_though_it_dies(step: steps.Step, channel: Channel, book: Guestbook) -> None:
    outgoing = make_outgoing(
        channel, "answer", "2026-1", "1", "", "Сделали.", "1:answer", reply_to="1", now=NOW
    )
    with death_at(step) as has_come, pytest.raises(Death):
        deliver_waiting(channel.municipality, NOW)
    assert has_come()
    outgoing.refresh_from_db()
    later = outgoing.next_try_at + LEASE
    deliver_waiting(channel.municipality, later)
    deliver_waiting(channel.municipality, later + timedelta(days=1))
    outgoing.refresh_from_db()
    assert outgoing.state == "sent"
    assert [one.text for one in book.posted] == ["Сделали."]


@pytest.mark.parametrize("step", steps.SENDING[:2])
def test_it_hands_a_cut_sending_to_a_person_where_a_copy_would_be_seen(
    step: steps.Step, channel: Channel, book: Guestbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ADAPTERS["guestbook"], "repeats_safely", False, raising=False)
    outgoing = make_outgoing(
        channel, "answer", "2026-1", "1", "", "Сделали.", "1:answer", reply_to="1", now=NOW
    )
    with death_at(step), pytest.raises(Death):
        deliver_waiting(channel.municipality, NOW)
    outgoing.refresh_from_db()
    deliver_waiting(channel.municipality, outgoing.next_try_at + LEASE)
    outgoing.refresh_from_db()
    assert outgoing.state == "dead"
    assert "проверьте" in outgoing.error
    assert len(book.posted) == (step == "outgoing sent")


@pytest.mark.parametrize("step", steps.MEDIA)
def test_it_keeps_each_file_once_though_it_dies(
    step: steps.Step, feed: Feed, book: Guestbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media_service, "fetch_media", lambda url: (PDF, "application/pdf"))
    book.say("Смотрите", at=NOW, pictures=["https://example.org/1.pdf"])
    read_on(feed, NOW)
    row = MediaFetch.objects.get()
    now = NOW + timedelta(minutes=1)
    with death_at(step), pytest.raises(Death):
        fetch_one(feed.municipality, row.pk, now)
    assert fetch_one(feed.municipality, row.pk, now + LEASE)
    assert not fetch_one(feed.municipality, row.pk, now + LEASE * 2)
    row.refresh_from_db()
    assert row.state == "kept"
    assert StoredFile.objects.filter(raw=row.raw).count() == 1
