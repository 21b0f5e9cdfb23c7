"""The page of the show: what a visitor does is heard, what the bot says is seen; nothing foreign runs."""

from collections.abc import Iterator

import httpx
import pytest

from tests.fakes.live import begin
from tests.fakes.max import Max
from tests.fakes.network import Network
from tests.fakes.telegram import Telegram
from tests.fakes.visit import Visit
from tests.fakes.visit.rooms import VISITOR
from tests.fakes.vk import Vk


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    services, rooms = begin((50.07, 43.23), 1_790_000_000)
    with Network(*services, Visit(rooms, "http://127.0.0.1:8000/", "Город <П>")) as network:
        yield network


def address(network: Network, room: str) -> str:
    return f"{network.url('visit')}/{room}/"


def does(network: Network, room: str, deed: str, text: str = "") -> int:
    return httpx.post(address(network, room), data={"deed": deed, "text": text}).status_code


@pytest.mark.parametrize("room", ["telegram", "max"])
def test_a_visitor_talks_with_the_bot(network: Network, room: str) -> None:
    messenger = network.services[room]
    assert isinstance(messenger, Telegram | Max)
    assert does(network, room, "say", "/start") == 303
    assert does(network, room, "say", "Яма <b>тут</b>") == 303
    does(network, room, "photo")
    does(network, room, "point")
    person = messenger.town.people[VISITOR]
    messenger.post(messenger.private(person), "Отправить?", buttons=[[("Отправить", "send")]])
    page = httpx.get(address(network, room))
    for part in ("Яма &lt;b&gt;тут", "Отправить?", "точка на карте", "Город &lt;П&gt;"):
        assert part in page.text
    does(network, room, "press", "Отправить")
    assert messenger.town.presses[-1].data == "send"


def test_a_visitor_comments_a_post(network: Network) -> None:
    does(network, "vk", "say", "И у нас яма")
    assert "И у нас яма" in httpx.get(f"{address(network, 'vk')}lines").text


def test_a_visitor_sees_what_the_page_puts_out(network: Network) -> None:
    vk = network.services["vk"]
    assert isinstance(vk, Vk)
    vk.post(1, "Вода вернётся к вечеру")
    assert "Вода вернётся к вечеру" in httpx.get(f"{address(network, 'vk')}lines").text


def test_what_is_written_in_a_later_show_is_no_repeat() -> None:
    def numbers(now: float) -> list[str]:
        _, rooms = begin((50.07, 43.23), now)
        for room in rooms:
            room.say("И у нас яма")
        return [room.lines()[-1].key for room in rooms]

    first, later = numbers(1_790_000_000), numbers(1_790_000_060)
    assert [before < after for before, after in zip(first, later, strict=True)] == [True, True, True]


def test_only_rooms_of_the_towns_own_networks_are_there() -> None:
    _, rooms = begin((50.07, 43.23), 1_790_000_000, ["telegram", "vk"])
    assert [room.key for room in rooms] == ["telegram", "vk"]


def test_it_runs_nothing_foreign_and_takes_deeds_from_itself_only(network: Network) -> None:
    page = httpx.get(address(network, "vk"))
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<style" not in page.text
    assert "style=" not in page.text
    foreign = httpx.post(
        address(network, "vk"), data={"text": "x"}, headers={"Origin": "https://evil.example"}
    )
    assert foreign.status_code == 403
    assert httpx.get(f"{network.url('visit')}/other/").status_code == 404
