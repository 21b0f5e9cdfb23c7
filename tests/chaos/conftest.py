"""A village's guest book read through the toy channel of the recipe, over a real line to the fake network."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from pytest_django import Settings

from otklik.channels.adapters.registry import ADAPTERS
from otklik.channels.adapters.sources import SOURCES
from otklik.channels.models import Channel, Feed
from otklik.channels.services.accounts import set_secret
from otklik.channels.services.feeds import switch_feed
from otklik.common.models import Municipality
from otklik.common.scope import set_scope
from tests.chaos.recipe import lines, write_folder
from tests.fakes.guestbook import TOKEN, Guestbook
from tests.fakes.network import Network


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """The fake network with the guest book, and the toy channel's folder made importable."""
    write_folder(tmp_path_factory.mktemp("recipe"))
    with Network(Guestbook()) as network:
        yield network


@pytest.fixture
def book(line: Network) -> Guestbook:
    """The guest book, empty and well."""
    book = line.services["guestbook"]
    assert isinstance(book, Guestbook)
    book.faults.clear()
    for state in (book.notes, book.posted, book.keys, book.asked, book.calls):
        state.clear()
    return book


@pytest.fixture
def place(db: None, settings: Settings, tmp_path: Path) -> Municipality:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.OUTSIDE_ALLOWED = ["127.0.0.1"]
    municipality = Municipality.objects.create(
        key="verkhneozersk", name="Верхнеозёрский округ", short_name="Верхнеозёрск", region="Край"
    )
    set_scope([municipality.pk])
    return municipality


@pytest.fixture
def channel(place: Municipality, book: Guestbook, monkeypatch: pytest.MonkeyPatch) -> Channel:
    """The channel by the recipe: its two lines, its settings, its sealed key."""
    told = lines()
    monkeypatch.setitem(SOURCES, *told["SOURCES"])
    kind, name = told["ADAPTERS"]
    adapter = getattr(import_module(f"otklik.channels.adapters.{kind}.adapter"), name)()
    monkeypatch.setitem(ADAPTERS, kind, adapter)
    settings = {"base_url": book.url}
    channel = Channel.objects.create(
        municipality=place, key=kind, kind=kind, title="Книга отзывов", settings=settings
    )
    set_secret(channel, "token", TOKEN)
    return channel


@pytest.fixture
def feed(channel: Channel) -> Feed:
    return switch_feed(channel, True)
