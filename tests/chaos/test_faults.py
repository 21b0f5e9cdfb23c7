"""The source does everything wrong: each message is kept once all the same, in the order it was written."""

import logging
import random
from collections.abc import Callable
from datetime import timedelta

import pytest

from otklik.channels.adapters.base import SendResult
from otklik.channels.adapters.registry import ADAPTERS
from otklik.channels.models import Channel, Feed, Outgoing, RawMessage
from otklik.channels.rules import OPENS_AFTER
from otklik.channels.services import make_outgoing
from otklik.channels.services.delivery import deliver_waiting
from tests.chaos.worker import NOW, kept, read_on
from tests.fakes.faults import Faults
from tests.fakes.guestbook import TOKEN, Guestbook

TEXTS = [f"Яма {number}" for number in range(1, 8)]
FAULTS: dict[str, Callable[[Faults], None]] = {
    "500 three times": lambda faults: faults.fail(500, 3),
    "502 of a gateway": lambda faults: faults.fail(502, 2),
    "429 with Retry-After": lambda faults: faults.retry_after(120),
    "half a body": lambda faults: faults.half_body(2),
    "wrong JSON": lambda faults: faults.wrong_json(2),
    "JSON of another shape": lambda faults: faults.wrong_json(1, text='["not", "this"]'),
    "a line dropped": lambda faults: faults.lose_answer(2),
    "everything twice": lambda faults: faults.duplicate(None),
    "out of order": lambda faults: faults.shuffle(None),
    "a storm": lambda faults: faults.storm(0.6),
}


def write(book: Guestbook) -> None:
    for number, text in enumerate(TEXTS):
        book.say(text, at=NOW - timedelta(minutes=30 - number))


@pytest.mark.parametrize("fault", FAULTS)
def test_it_keeps_each_message_once_and_in_order(fault: str, feed: Feed, book: Guestbook) -> None:
    write(book)
    FAULTS[fault](book.faults)
    now = read_on(feed, NOW)
    book.faults.clear()
    book.say("Последняя", at=now)
    read_on(feed, now + timedelta(hours=1))
    assert kept(feed) == [*TEXTS, "Последняя"]
    assert (feed.error, feed.failures, feed.failing_since) == ("", 0, None)


def test_it_waits_as_long_as_it_is_asked_to(feed: Feed, book: Guestbook) -> None:
    write(book)
    book.faults.retry_after(120)
    read_on(feed, NOW, hours=0.001)
    assert feed.next_turn_at is not None
    assert feed.next_turn_at - NOW >= timedelta(seconds=120)
    assert feed.shut_until == feed.next_turn_at
    assert "реже" in feed.error


def test_it_asks_rarely_while_the_source_is_out_and_catches_up_after(feed: Feed, book: Guestbook) -> None:
    write(book)
    book.faults.outage()
    now = read_on(feed, NOW, hours=3)
    assert now >= NOW + timedelta(hours=3)
    assert len(book.calls) < 60  # by the pause of five minutes, not each two seconds
    assert feed.failures > OPENS_AFTER
    assert "недоступен" in feed.error or "оборвал" in feed.error or "не отвечает" in feed.error
    book.faults.clear()
    read_on(feed, now)
    assert kept(feed) == TEXTS
    assert feed.shut_until is None


def test_it_takes_no_message_of_tomorrow(feed: Feed, book: Guestbook) -> None:
    later = NOW + timedelta(hours=5)
    book.say("Часы убежали", at=later)
    read_on(feed, NOW)
    raw = RawMessage.objects.get(channel=feed.channel)
    assert raw.came_at < NOW + timedelta(minutes=1)
    assert raw.sent_at == later


def test_it_tells_no_secret_and_no_citizen_to_the_logs(
    feed: Feed, book: Guestbook, caplog: pytest.LogCaptureFixture
) -> None:
    write(book)
    book.faults.wrong_json(1, text='{"notes": [{"text": "Яма у Петрова"}]}')
    book.faults.fail(500, 2)
    with caplog.at_level(logging.DEBUG):
        read_on(feed, NOW)
    ours = [record for record in caplog.records if record.name.startswith("otklik")]
    told = " ".join(record.getMessage() for record in ours) + feed.error
    assert TOKEN not in told
    assert "Петрова" not in told


def answer(channel: Channel, number: int, about: str = "2026-1") -> Outgoing:
    return make_outgoing(
        channel, "answer", about, "1", "", f"Ответ {number}", f"{about}:{number}", reply_to="1", now=NOW
    )


@pytest.mark.parametrize(
    "fault", ["500 three times", "429 with Retry-After", "half a body", "a line dropped"]
)
def test_it_answers_once_whatever_happens_to_the_line(fault: str, channel: Channel, book: Guestbook) -> None:
    outgoing = answer(channel, 1)
    FAULTS[fault](book.faults)
    now = NOW
    for _ in range(20):
        deliver_waiting(channel.municipality, now)
        now += timedelta(hours=1)
    outgoing.refresh_from_db()
    assert outgoing.state == "sent"
    assert [one.text for one in book.posted] == ["Ответ 1"]


def test_it_keeps_the_order_of_what_it_says_to_one_person(channel: Channel, book: Guestbook) -> None:
    first, second = answer(channel, 1), answer(channel, 2)
    elsewhere = answer(channel, 3, about="2026-2")
    book.faults.fail(500, 1)
    assert deliver_waiting(channel.municipality, NOW) == 1
    assert [one.text for one in book.posted] == ["Ответ 3"]
    first.refresh_from_db()
    deliver_waiting(channel.municipality, first.next_try_at)
    assert [one.text for one in book.posted] == ["Ответ 3", "Ответ 1", "Ответ 2"]
    for one in (first, second, elsewhere):
        one.refresh_from_db()
        assert one.state == "sent"


def test_it_stops_sending_into_a_network_that_is_out(channel: Channel, book: Guestbook) -> None:
    waiting = [answer(channel, number, about=f"2026-{number}") for number in range(1, 21)]
    book.faults.outage()
    deliver_waiting(channel.municipality, NOW)
    for one in waiting:
        one.refresh_from_db()
    tried = [one for one in waiting if one.tries]
    assert len(tried) == OPENS_AFTER
    channel.feed.refresh_from_db()
    assert channel.feed.out_shut_until is not None
    book.faults.clear()
    for minute in range(0, 120, 10):
        deliver_waiting(channel.municipality, NOW + timedelta(minutes=10 + minute))
    assert sorted(one.text for one in book.posted) == sorted(one.body for one in waiting)
    channel.feed.refresh_from_db()
    assert (channel.feed.out_failures, channel.feed.out_error) == (0, "")


@pytest.mark.parametrize(("safely", "state"), [(True, "waiting"), (False, "dead")])
def test_it_lets_no_broken_adapter_stop_the_others(
    safely: bool, state: str, channel: Channel, book: Guestbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    adapter = ADAPTERS["guestbook"]
    send = adapter.send

    def broken(outgoing: Outgoing) -> SendResult:
        if outgoing.about == "2026-1":
            raise KeyError("Яма у Петрова")
        return send(outgoing)

    monkeypatch.setattr(adapter, "send", broken)
    monkeypatch.setattr(adapter, "repeats_safely", safely)
    first, _ = answer(channel, 1, about="2026-1"), answer(channel, 2, about="2026-2")
    assert deliver_waiting(channel.municipality, NOW) == 1
    first.refresh_from_db()
    assert first.state == state
    assert first.error
    assert "Петрова" not in first.error


def test_it_waits_with_a_lost_secret_and_says_so(channel: Channel, book: Guestbook) -> None:
    outgoing = answer(channel, 1)
    channel.secrets.update(sealed="broken")
    assert deliver_waiting(channel.municipality, NOW) == 0
    outgoing.refresh_from_db()
    assert outgoing.state == "waiting"
    assert "запечатан" in outgoing.error


def test_it_lets_one_trial_through_when_the_pause_is_over(channel: Channel, book: Guestbook) -> None:
    for number in range(1, 21):
        answer(channel, number, about=f"2026-{number}")
    book.faults.outage()
    deliver_waiting(channel.municipality, NOW)
    before = sum(Outgoing.objects.values_list("tries", flat=True))
    channel.feed.refresh_from_db()
    assert channel.feed.out_shut_until is not None
    deliver_waiting(channel.municipality, channel.feed.out_shut_until)
    assert sum(Outgoing.objects.values_list("tries", flat=True)) == before + 1


@pytest.fixture(autouse=True)
def _same_chance() -> None:
    random.seed(7)
