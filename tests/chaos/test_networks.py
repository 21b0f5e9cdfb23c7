"""The real adapters in the same storm: what people said in each network is kept once, what we answer is said once."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import count

import pytest
from django.utils import timezone

from bench.channel_lines import Line, lines
from otklik.channels.adapters.registry import adapter_for
from otklik.channels.models import Channel, Feed, Outgoing, RawMessage
from otklik.channels.rules import LEASE
from otklik.channels.services import make_outgoing
from otklik.channels.services.accounts import set_secret
from otklik.channels.services.delivery import deliver_waiting
from otklik.channels.services.feeding import claim, turn
from otklik.channels.services.feeds import switch_feed
from otklik.channels.steps import Step
from otklik.common.models import Municipality
from tests.chaos.worker import Death, death_at
from tests.fakes.network import Network

MARK = re.compile(r"метка (\d+)")
SAID = 15
NUMBERS = count(3000)
NAMES = [line.service.name for line in lines()]
AT_ONCE = {"wait": 0, "poll_seconds": 0}
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def town() -> Iterator[dict[str, Line]]:
    spoken = lines()
    with Network(*(line.service for line in spoken)):
        yield {line.service.name: line for line in spoken}


@pytest.fixture(params=NAMES)
def line(request: pytest.FixtureRequest, town: dict[str, Line]) -> Iterator[Line]:
    line = town[request.param]
    line.service.posted.clear()
    yield line
    line.service.faults.clear()


@pytest.fixture
def feed(line: Line, place: Municipality) -> Feed:
    settings = {**line.ready_settings(), **{name: 0 for name in AT_ONCE if name in line.settings}}
    channel = Channel.objects.create(
        municipality=place, key=line.key, kind=line.kind, title=line.key, settings=settings
    )
    for name, secret in line.secrets.items():
        set_secret(channel, name, secret)
    feed = switch_feed(channel, True)
    read(feed, 2)  # a source that begins from «now» has begun
    assert not feed.error, feed.error
    return feed


def read(feed: Feed, turns: int) -> None:
    """So many turns, each when the feed says it is due."""
    for _ in range(turns):
        now = max(timezone.now(), feed.next_turn_at or timezone.now())
        assert claim(feed, now)
        turn(feed, now)


def marks(feed: Feed) -> Counter[int]:
    texts = [str(row.payload.get("text", "")) for row in RawMessage.objects.filter(channel=feed.channel)]
    return Counter(int(found[1]) for text in texts if (found := MARK.search(text)))


def test_it_keeps_what_people_said_once_in_a_storm(line: Line, feed: Feed) -> None:
    before = set(marks(feed))
    line.service.faults.storm(0.3, seed=5)
    for number in range(SAID):
        line.say(f"Во дворе не горит фонарь, метка {1000 + number}", 1000 + number)
        if number % 5 == 4:
            read(feed, 3)
    line.service.faults.clear()
    read(feed, 3)
    kept = marks(feed)
    assert {1000 + number for number in range(SAID)} <= set(kept)
    assert [mark for mark, times in kept.items() if times > 1 and mark not in before] == []


def answer(feed: Feed, number: int) -> Outgoing:
    raw = RawMessage.objects.filter(channel=feed.channel, payload__text__icontains=f"метка {number}").get()
    return make_outgoing(
        feed.channel,
        "answer",
        f"2026-{number}",
        raw.payload["email"] or raw.payload["thread"],
        "Ответ",
        f"Фонарь починили, метка {number}",
        f"answer:{number}",
        reply_to=raw.outer_id,
        now=timezone.now(),
    )


def posted(line: Line) -> Counter[int]:
    return Counter(int(found[1]) for one in line.service.posted if (found := MARK.search(one.text)))


@pytest.mark.parametrize("step", ["outgoing claimed", "outgoing sent"])
def test_it_answers_once_though_it_dies(step: Step, line: Line, feed: Feed) -> None:
    number = next(NUMBERS)  # the network remembers what other tests have said there
    line.say(f"Во дворе не горит фонарь, метка {number}", number)
    read(feed, 2)
    outgoing = answer(feed, number)
    with death_at(step), pytest.raises(Death):
        deliver_waiting(feed.municipality, timezone.now())
    later = timezone.now() + LEASE * 2
    deliver_waiting(feed.municipality, later)
    outgoing.refresh_from_db()
    safely = getattr(adapter_for(outgoing), "repeats_safely", False)
    assert outgoing.state == ("sent" if safely else "dead")
    assert posted(line)[number] == (1 if safely or step == "outgoing sent" else 0)
