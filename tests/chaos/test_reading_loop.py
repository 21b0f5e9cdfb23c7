"""The loop of the worker: sources are read beside each other, so one that thinks long holds no other back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from otklik.channels.adapters.sources import LISTENERS, SOURCES
from otklik.channels.models import Channel, Feed, RawMessage
from otklik.channels.services.accounts import set_secret
from otklik.channels.services.reading import read_for
from otklik.common.models import Municipality
from otklik.common.scope import within
from tests.chaos.recipe import lines, write_folder
from tests.fakes.guestbook import TOKEN, Guestbook
from tests.fakes.network import Network


class SlowBook(Guestbook):
    """Another guest book of the same kind."""

    name = "slow-book"


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Guestbook]]:
    write_folder(tmp_path)
    monkeypatch.setitem(SOURCES, *lines()["SOURCES"])
    books = [Guestbook(), SlowBook()]
    with Network(*books):
        yield books


def connect(place: Municipality, book: Guestbook) -> Channel:
    channel = Channel.objects.create(
        municipality=place,
        key=book.name,
        kind="guestbook",
        title=book.name,
        settings={"base_url": book.url, "every_seconds": 0.5},
    )
    set_secret(channel, "token", TOKEN)
    Feed.objects.create(municipality=place, channel=channel, is_on=True)
    return channel


def read_till(place: Municipality, text: str) -> list[str]:
    """Runs of the timer till the message is kept; everything kept by then."""
    kept: list[str] = []
    for _ in range(100):
        read_for(0.3)
        with within(place.pk):
            kept = [row.payload["text"] for row in RawMessage.objects.order_by("id")]
        if text in kept:
            break
    return kept


def test_it_reads_all_while_one_thinks(
    committed: str, books: list[Guestbook], monkeypatch: pytest.MonkeyPatch
) -> None:
    quick, slow = books
    place = Municipality.objects.create(key="town", name="Округ", short_name="Округ", region="Край")
    monkeypatch.setitem(LISTENERS, "bell", "nowhere.Bell")
    with within(place.pk):
        connect(place, quick)
        connect(place, slow)
        bell = Channel.objects.create(municipality=place, key="bell", kind="bell", title="Звонок")
        Feed.objects.create(municipality=place, channel=bell, is_on=True)
    quick.say("Быстрая")
    slow.say("Медленная")
    slow.faults.slow(2.5)
    assert read_till(place, "Быстрая") == ["Быстрая"]
    assert read_till(place, "Медленная") == ["Быстрая", "Медленная"]
    with within(place.pk):
        assert Feed.objects.get(channel=bell).tried_at is None  # it calls by itself and is never asked
    connections.close_all()


def test_it_ends_at_once_where_nothing_is_on(committed: str) -> None:
    assert read_for(60) == 0
