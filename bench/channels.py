"""Messages of eight outer systems at once through reading, keeping and registration, with answers given back.

Fakes speak over real lines in this process; reading and registration are processes of their own, as a worker's.
Each message carries a mark, by which it is found among raw messages and cases, and its answer in the network.
"""

import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from django.db import connection
from django.utils import timezone

from bench.channel_lines import Line, lines
from bench.filling import fill
from bench.measuring import spread
from bench.pool import main_town, sentences
from otklik.channels.adapters.sources import SOURCES
from otklik.channels.models import Channel, Feed, Outgoing, RawMessage
from otklik.channels.services import make_outgoing
from otklik.channels.services.accounts import set_secret
from otklik.channels.services.feeds import switch_feed
from otklik.common.models import Municipality
from otklik.common.scope import within
from tests.fakes.network import Network

MARK = re.compile(r"метка (\d+)")
LOOK_EVERY = 0.2
LATE = 500
"""Rows of a transaction that was open longer come with smaller numbers than rows seen already."""
ANSWER_EACH = 25
PATIENCE = 130.0
STORM = 0.05


@dataclass(frozen=True)
class Measured:
    """`lag_p95_s`: from the word of a person to its row on the disk; `case_…`: to its registered case.

    `per_second` counts rows from the first one to the last.
    """

    name: str
    cases: int
    adapters: int
    sent: int
    received: int
    lost: int
    doubled: int
    answered_twice: int
    per_second: float
    lag_p95_s: float
    lag_p50_s: float
    answered: int
    registered: int
    case_per_second: float
    case_lag_p95_s: float
    lag_by_adapter_s: dict[str, float]
    lost_by_adapter: dict[str, int]
    unread: dict[str, int]
    unsent: dict[str, int]
    faults: dict[str, int]


@dataclass
class Seen:
    """When each mark was said, kept and registered; by the clock of this process."""

    said: dict[int, float] = field(default_factory=dict)
    kept: dict[int, float] = field(default_factory=dict)
    cased: dict[int, float] = field(default_factory=dict)
    answered: set[int] = field(default_factory=set)


def measure(cases: int, rate: int = 210, seconds: int = 60, faults: bool = False) -> Measured:
    """Say `rate` messages a second for so long and wait till all of them are cases, or patience is over."""
    fill(cases)
    town, spoken = main_town(), lines()
    seen = Seen()
    with Network(*(line.service for line in spoken)), _channels(town, spoken):
        _first_turns(town, spoken)
        if faults:
            for number, line in enumerate(spoken):
                line.service.faults.storm(STORM, seed=number)
        with _worker("register", seconds + 2 * PATIENCE), _worker("read", seconds + 2 * PATIENCE):
            speaker = threading.Thread(target=_speak, args=(spoken, seen, rate, seconds))
            speaker.start()
            _watch(town, seen, rate * seconds)
            speaker.join()
            _wait_for_answers(town)
    return _measured(cases, spoken, seen, town)


def _speak(spoken: Sequence[Line], seen: Seen, rate: int, seconds: int) -> None:
    """Each line gets its message in turn, evenly in time."""
    texts, began = sentences(), time.monotonic()
    for number in range(rate * seconds):
        pause = began + number / rate - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        seen.said[number] = time.monotonic()
        line, text = spoken[number % len(spoken)], f"{texts[number % len(texts)]} метка {number}"
        line.service.between_requests(partial(line.say, text, number))


def _watch(town: Municipality, seen: Seen, total: int) -> None:
    """Look at the tables till everything said is a case; each look asks only for what is not seen yet."""
    until = time.monotonic() + PATIENCE
    waiting: dict[int, int] = {}
    last = 0
    while time.monotonic() < until and len(seen.cased) < total:
        with within(town.pk):
            fresh = {pk: mark for pk, mark in _marked(last - LATE) if mark not in seen.kept}
            now = time.monotonic()
            for pk, mark in fresh.items():
                seen.kept[mark] = now
                _answer(town, pk, mark, seen)
            waiting |= fresh
            last = max([last, *fresh])
            for pk in _registered(list(waiting)):
                seen.cased[waiting.pop(pk)] = now
        time.sleep(LOOK_EVERY)


def _marked(after: int) -> list[tuple[int, int]]:
    """Rows of messages with a mark and the mark, from a number on; one message may have several rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, substring(payload->>'text' from 'метка (\\d+)')::int FROM channels_rawmessage"
            " WHERE id > %s AND payload->>'text' ~ 'метка \\d'",
            [after],
        )
        return [(int(pk), int(mark)) for pk, mark in cursor.fetchall()]


def _registered(among: list[int]) -> list[int]:
    """Which of the rows are cases; one array, for a look at thousands of numbers must cost the machine nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM channels_rawmessage WHERE id = ANY(%s) AND state = 'registered'", [among]
        )
        return [int(pk) for (pk,) in cursor.fetchall()]


def _answer(town: Municipality, pk: int, mark: int, seen: Seen) -> None:
    """Some messages are answered at once, so that answers leave in the same storm."""
    if mark % ANSWER_EACH:
        return
    raw = RawMessage.objects.select_related("channel__municipality").get(pk=pk)
    seen.answered.add(mark)
    make_outgoing(
        raw.channel,
        "answer",
        f"bench-{mark}",
        raw.payload["email"] or raw.payload["thread"],
        "",
        f"Сделали, метка {mark}",
        f"bench:{mark}",
        reply_to=raw.outer_id,
        now=timezone.now(),
    )


def _wait_for_answers(town: Municipality) -> None:
    """A failed sending is tried again after two minutes."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with within(town.pk):
            waiting = Outgoing.objects.filter(key__startswith="bench:", state__in=["waiting", "sending"])
            if not waiting.exists():
                return
        time.sleep(1)


def _posted(spoken: Sequence[Line]) -> Counter[int]:
    texts = [one.text for line in spoken for one in line.service.posted]
    return Counter(int(found[1]) for text in texts if (found := MARK.search(text)))


@contextmanager
def _channels(town: Municipality, spoken: Sequence[Line]) -> Iterator[None]:
    with within(town.pk):
        for line in spoken:
            settings = line.ready_settings()
            channel = Channel.objects.create(
                municipality=town, key=line.key, kind=line.kind, title=line.key, settings=settings
            )
            for name, secret in line.secrets.items():
                set_secret(channel, name, secret)
            switch_feed(channel, True)
    yield


def _first_turns(town: Municipality, spoken: Sequence[Line]) -> None:
    """A source that begins from «now» must have begun before the first word."""
    from otklik.channels.services.feeding import turn

    with within(town.pk):
        feeds = list(Feed.objects.filter(is_on=True).select_related("channel", "municipality"))
    for feed in feeds:
        turn(feed, timezone.now())
        if feed.error:
            raise RuntimeError(f"{feed.channel.key}: {feed.error}")
    assert {line.kind for line in spoken} <= SOURCES.keys()


@contextmanager
def _worker(work: str, seconds: float) -> Iterator[None]:
    words = [sys.executable, "-m", "bench.channel_worker", work, str(seconds)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE)
    try:
        if process.stdout:
            process.stdout.readline()  # it is ready: a worker loads its code once a start
        yield
    finally:
        process.kill()
        process.wait()


def _measured(cases: int, spoken: Sequence[Line], seen: Seen, town: Municipality) -> Measured:
    with within(town.pk):
        rows = Counter(mark for _, mark in _marked(0))
    posted = _posted(spoken)
    lags = [seen.kept[mark] - seen.said[mark] for mark in seen.kept]
    case_lags = [seen.cased[mark] - seen.said[mark] for mark in seen.cased] or [0.0]
    struck = Counter(kind for line in spoken for kind in line.service.faults.struck)
    return Measured(
        name="channels",
        cases=cases,
        adapters=len(spoken),
        sent=len(seen.said),
        received=len(rows),
        lost=len(seen.said) - len(rows),
        doubled=sum(count - 1 for count in rows.values()),
        answered_twice=sum(count - 1 for count in posted.values()),
        per_second=_rate(seen.kept),
        lag_p95_s=round(spread(lags)[1] / 1000, 2),
        lag_p50_s=round(statistics.median(lags), 2),
        answered=len(posted),
        registered=len(seen.cased),
        case_per_second=_rate(seen.cased),
        case_lag_p95_s=round(spread(case_lags)[1] / 1000, 2),
        lag_by_adapter_s=_by_adapter(spoken, seen),
        lost_by_adapter=dict(
            Counter(spoken[mark % len(spoken)].service.name for mark in seen.said if mark not in rows)
        ),
        unread=_unread(town),
        unsent=_unsent(town),
        faults=dict(struck),
    )


def _by_adapter(spoken: Sequence[Line], seen: Seen) -> dict[str, float]:
    """The 95th percentile of each, so that the slow one is named."""
    found: dict[str, list[float]] = {line.service.name: [] for line in spoken}
    for mark, kept in seen.kept.items():
        found[spoken[mark % len(spoken)].service.name].append(kept - seen.said[mark])
    return {name: round(spread(lags)[1] / 1000, 2) for name, lags in found.items() if lags}


def _unread(town: Municipality) -> dict[str, int]:
    """What went to the raw tray, by channel: kept, though no case came of it."""
    with within(town.pk):
        failed = RawMessage.objects.filter(state="failed", channel__key__startswith="bench-")
        return dict(Counter(failed.values_list("channel__key", flat=True)))


def _unsent(town: Municipality) -> dict[str, int]:
    """Answers that have not left, by channel and why."""
    with within(town.pk):
        left = Outgoing.objects.filter(key__startswith="bench:").exclude(state="sent")
        return dict(Counter(f"{key}: {error}" for key, error in left.values_list("channel__key", "error")))


def _rate(moments: dict[int, float]) -> float:
    """How many a second from the first moment to the last."""
    span = max(moments.values()) - min(moments.values()) if moments else 0.0
    return round(len(moments) / span, 1) if span else 0.0
