"""The fake network itself: faults strike exactly as ordered, waiting requests wake, an outage is an outage."""

import threading
import time
from collections.abc import Iterator, Sequence

import httpx
import pytest
from aiohttp import web

from tests.fakes.network import Network
from tests.fakes.service import Service


class Board(Service):
    """A board of lines: read it, wait for a line, write one."""

    name = "board"
    lists = frozenset({"items"})

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [web.get("/lines", self.read), web.get("/wait", self.wait), web.post("/lines", self.write)]

    async def read(self, _request: web.Request) -> web.Response:
        return web.json_response({"items": self.lines})

    async def wait(self, _request: web.Request) -> web.Response:
        return web.json_response({"items": await self.until(lambda: self.lines or None, 5)})

    async def write(self, request: web.Request) -> web.Response:
        self.lines.append(await request.text())
        return web.json_response({"count": len(self.lines)})


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    with Network(Board()) as network:
        yield network


@pytest.fixture
def board(network: Network) -> Iterator[Board]:
    board = network.services["board"]
    assert isinstance(board, Board)
    board.lines[:] = ["one", "two"]
    yield board
    board.faults.clear()


def read(board: Board) -> httpx.Response:
    return httpx.get(f"{board.url}/lines")


def test_it_serves_well_without_faults(board: Board) -> None:
    assert read(board).json() == {"items": ["one", "two"]}
    assert board.calls[-1] == "GET /lines"


def test_it_fails_exactly_as_often_as_told(board: Board) -> None:
    board.faults.fail(503, times=2)
    board.faults.retry_after(7)
    assert [read(board).status_code for _ in range(2)] == [503, 503]
    refused = read(board)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "7")
    assert read(board).status_code == 200


def test_it_strikes_only_the_named_path(board: Board) -> None:
    board.faults.fail(only="/wait")
    assert read(board).status_code == 200
    assert httpx.get(f"{board.url}/wait").status_code == 500


@pytest.mark.parametrize("fault", ["half_body", "lose_answer"])
def test_it_does_the_deed_and_spoils_the_answer(board: Board, fault: str) -> None:
    getattr(board.faults, fault)()
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.post(f"{board.url}/lines", content="three")
    assert board.lines == ["one", "two", "three"]


def test_it_answers_with_a_wrong_body(board: Board) -> None:
    board.faults.wrong_json()
    with pytest.raises(ValueError, match="Expecting"):
        read(board).json()


def test_it_doubles_and_turns_lists_round(board: Board) -> None:
    board.faults.duplicate()
    board.faults.shuffle()
    assert read(board).json() == {"items": ["one", "one", "two", "two"]}
    assert read(board).json() == {"items": ["two", "one"]}


def test_it_is_out_until_switched_on_again(board: Board) -> None:
    board.faults.outage()
    with pytest.raises(httpx.TransportError):
        httpx.post(f"{board.url}/lines", content="three")
    board.faults.outage(False)
    assert read(board).json() == {"items": ["one", "two"]}


def test_it_strikes_the_same_requests_for_the_same_seed(board: Board) -> None:
    struck = []
    for _ in range(2):
        board.faults.struck.clear()
        board.faults.storm(0.5, seed=3)
        for _ in range(12):
            board.faults.take("/lines")
        struck.append(list(board.faults.struck))
        board.faults.clear()
    assert struck[0] == struck[1]
    assert 2 < len(struck[0]) < 12


def test_it_wakes_a_waiting_request(board: Board) -> None:
    board.lines.clear()

    def speak() -> None:
        while not any(call == "GET /wait" for call in board.calls):
            time.sleep(0.005)
        board.lines.append("at last")
        board.wake()

    board.calls.clear()
    speaker = threading.Thread(target=speak)
    speaker.start()
    assert httpx.get(f"{board.url}/wait").json() == {"items": ["at last"]}
    speaker.join()
