"""Where a stranger's link may lead: a table of tricks, then the guard over a real line."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as some
from pytest_django import Settings

from otklik.channels import outside
from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.addresses import check_target, is_outside, target_of
from otklik.channels.models import Channel
from otklik.channels.outside import ask, fetch_media, fetch_page
from otklik.common.errors import Refused

PDF = b"%PDF-1.7 " + b"x" * 5000
OLD = '<html><head><meta charset="windows-1251"><title>Воду дадут вечером</title>'.encode("cp1251")

over = threading.Event()


@pytest.mark.parametrize(
    ("address", "outside_of_us"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("127.255.0.9", False),
        ("10.0.0.7", False),
        ("172.16.3.4", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("255.255.255.255", False),
        ("224.0.0.1", False),
        ("198.18.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fd00:ec2::254", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:7f00:1::", False),
        ("ff02::1", False),
        ("not an address", False),
    ],
)
def test_it_tells_the_open_internet_from_everything_else(address: str, outside_of_us: bool) -> None:
    assert is_outside(address) is outside_of_us


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/1.jpg",
        "gopher://example.org/",
        "//example.org/1.jpg",
        "https:///1.jpg",
        "https://user:secret@example.org/1.jpg",
        "https://example.org:port/1.jpg",
        "https://[::1/1.jpg",
        "javascript:alert(1)",
        "",
    ],
)
def test_it_follows_plain_links_alone(url: str) -> None:
    with pytest.raises(Refused):
        target_of(url)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("http://example.org/", []),
        ("http://example.org/", ["127.0.0.1"]),
        ("http://example.org/", ["93.184.216.34", "10.0.0.1"]),
        ("http://example.org:5432/", ["93.184.216.34"]),
        ("http://2130706433/", ["127.0.0.1"]),
        ("http://0x7f.1/", ["127.0.0.1"]),
        ("http://localhost./", ["127.0.0.1"]),
    ],
)
def test_it_refuses_a_name_that_leads_inside(url: str, found: list[str]) -> None:
    with pytest.raises(Refused):
        check_target(target_of(url), found, [])


def test_it_lets_the_administrator_trust_a_host_of_the_inner_network() -> None:
    target = target_of("http://archive.local:8080/1.jpg")
    assert check_target(target, ["10.0.0.5"], ["archive.local"]) == "10.0.0.5"
    assert check_target(target, ["10.0.0.5"], ["archive.local:8080"]) == "10.0.0.5"
    with pytest.raises(Refused):
        check_target(target, ["10.0.0.5"], ["archive.local:80"])


@given(some.ip_addresses(v=4))
def test_it_believes_no_private_address_however_it_is_written(address: Any) -> None:
    assert is_outside(str(address)) == is_outside(f"::ffff:{address}")


class Page(BaseHTTPRequestHandler):
    """A small site with a file, redirects to itself and inside, a page and an endless file."""

    hosts: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.hosts.append(self.headers["Host"])
        match self.path.partition("?")[0]:
            case "/file":
                self._say(200, PDF, {"Content-Type": "application/pdf"})
            case "/page":
                self._say(200, b"<html>", {"Content-Type": "text/html; charset=utf-8"})
            case "/old":
                self._say(200, OLD, {"Content-Type": "text/html"})
            case "/slow":
                self._drip()
            case "/there":
                self._say(302, b"", {"Location": "/file"})
            case "/round":
                self._say(302, b"", {"Location": "/round"})
            case "/inside":
                self._say(302, b"", {"Location": "http://169.254.169.254/latest/meta-data/"})
            case "/local":
                self._say(302, b"", {"Location": "file:///etc/passwd"})
            case "/busy":
                self._say(429, b"", {"Retry-After": "30"})
            case "/broken":
                self._say(503, b"")
            case "/huge":
                self._say(200, b"x" * 70_000, {"Content-Type": "image/png"})
            case _:
                self._say(404, b"")

    def _drip(self) -> None:
        """A page that never ends and never stops."""
        self.send_response(200)
        self.end_headers()
        with suppress(OSError):
            while not over.wait(0.02):
                self.wfile.write(b"<p>")

    def _say(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: Any) -> None:
        """Nothing to the test's output."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    over.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def trusted(site: str, settings: Settings) -> str:
    settings.OUTSIDE_ALLOWED = [site.removeprefix("http://")]
    return site


def test_it_fetches_a_file_and_follows_a_redirect(trusted: str) -> None:
    assert fetch_media(f"{trusted}/file") == (PDF, "application/pdf")
    assert fetch_media(f"{trusted}/there") == (PDF, "application/pdf")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/inside", "внутреннюю сеть"),
        ("/local", "http или https"),
        ("/round", "слишком далеко"),
        ("/page", "страница"),
        ("/gone", "больше нет"),
        ("/huge", "Файл больше"),
    ],
)
def test_it_refuses_for_good_what_will_never_be_a_file(trusted: str, path: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        fetch_media(f"{trusted}{path}", limit=50_000)


def test_it_asks_for_another_time_when_the_site_is_busy(trusted: str) -> None:
    with pytest.raises(Unreachable) as busy:
        fetch_media(f"{trusted}/busy")
    assert busy.value.wait is not None
    assert busy.value.wait.total_seconds() == 30
    with pytest.raises(Unreachable):
        fetch_media(f"{trusted}/broken")


def test_it_reads_a_page_by_the_encoding_the_page_itself_names(trusted: str) -> None:
    status, text = fetch_page(f"{trusted}/old")
    assert (status, "Воду дадут вечером" in text) == (200, True)


def test_it_leaves_a_site_that_never_ends_its_page_when_the_time_is_over(trusted: str) -> None:
    with pytest.raises(Unreachable, match="не ответил вовремя"):
        fetch_page(f"{trusted}/slow", seconds=0.2)


def test_it_goes_to_no_inner_host_that_is_not_trusted(site: str, settings: Settings) -> None:
    settings.OUTSIDE_ALLOWED = []
    Page.hosts.clear()
    with pytest.raises(Refused):
        fetch_media(f"{site}/file")
    assert Page.hosts == []


def test_it_connects_to_the_address_it_has_checked(
    trusted: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that leads outside when checked and inside when visited would pass a guard that asks twice."""
    port = trusted.rpartition(":")[2]
    settings.OUTSIDE_ALLOWED = [f"files.example.org:{port}"]
    asked: list[str] = []

    def resolve(target: Any) -> list[str]:
        asked.append(target.host)
        return ["127.0.0.1"]

    monkeypatch.setattr(outside, "_resolve", resolve)
    Page.hosts.clear()
    assert fetch_media(f"http://files.example.org:{port}/file")[0] == PDF
    assert (asked, Page.hosts) == (["files.example.org"], [f"files.example.org:{port}"])


def account() -> Account:
    return Account(Channel(title="Книга", key="book", kind="book"), {}, {})


def test_it_names_the_server_and_never_the_address_with_its_token(trusted: str) -> None:
    for path in ("/broken?token=SECRET", "/busy?token=SECRET"):
        with pytest.raises(Unreachable) as shut:
            ask(account(), "GET", f"{trusted}{path}")
        assert "SECRET" not in shut.value.words
        assert shut.value.__cause__ is None
    with pytest.raises(Unreachable) as gone:
        ask(account(), "GET", "http://127.0.0.1:1/bot-SECRET/getMe")
    assert "SECRET" not in gone.value.words
    assert "127.0.0.1" in gone.value.words


def test_it_gives_an_adapter_what_the_server_answered(trusted: str) -> None:
    answer = ask(account(), "GET", f"{trusted}/gone")
    assert isinstance(answer, httpx.Response)
    assert answer.status_code == 404
    assert ask(account(), "GET", f"{trusted}/file").content == PDF
