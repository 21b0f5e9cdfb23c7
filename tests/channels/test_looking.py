"""An official page is looked at by its network where there is an account, else as a passer-by sees it."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone
from pytest_django import Settings

from otklik.channels.adapters.source import Account
from otklik.channels.looking import look, look_openly
from otklik.channels.models import Channel
from tests.fakes import max as fake_max
from tests.fakes import telegram as fake_telegram
from tests.fakes.max import Max
from tests.fakes.network import Network
from tests.fakes.ok import Ok
from tests.fakes.telegram import Telegram
from tests.fakes.vk import Vk

PAGE = "<html><body><h1>Администрация округа</h1><p>тел. +7 816 64 2-00-00, adm@example.ru</p></body></html>"


class Site(BaseHTTPRequestHandler):
    """A page, one that is gone, one that lets no programs in, one that names letters nobody knows."""

    def do_GET(self) -> None:  # the name http.server calls
        status = {"/gone": 404, "/shut": 403}.get(self.path, 200)
        body = PAGE.encode()
        self.send_response(status)
        charset = "koi-9" if self.path == "/odd" else "utf-8"
        self.send_header("Content-Type", f"text/html; charset={charset}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Nothing to the test's output."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    with Network(Vk(), Ok(), Telegram(), Max()) as network:
        yield network


@pytest.fixture(autouse=True)
def trusted(settings: Settings, network: Network) -> None:
    settings.OUTSIDE_ALLOWED = ["127.0.0.1"]
    for service in network.services.values():
        service.reset()


def account(kind: str, url: str, settings: dict[str, object], secrets: dict[str, str]) -> Account:
    return Account(Channel(kind=kind, title=kind), {"base_url": url, **settings}, secrets)


def test_a_passer_by_sees_whether_the_page_opens_and_its_words(site: str) -> None:
    seen = look_openly(f"{site}/")
    assert seen.answers is True
    assert "Администрация округа" in seen.text
    gone, shut = look_openly(f"{site}/gone"), look_openly(f"{site}/shut")
    assert gone.answers is False
    assert "нет" in gone.words
    assert shut.answers is None
    assert "без входа" in shut.words
    assert "Администрация округа" in look_openly(f"{site}/odd").text


def test_the_inner_network_is_never_visited(site: str, settings: Settings) -> None:
    settings.OUTSIDE_ALLOWED = []
    seen = look_openly(f"{site}/")
    assert seen.answers is False
    assert (seen.text, seen.silent) == ("", False)


def test_a_silence_is_not_known_to_be_the_pages_own(site: str, settings: Settings) -> None:
    settings.OUTSIDE_ALLOWED = ["127.0.0.1"]
    seen = look_openly("http://127.0.0.1:9/")
    assert (seen.answers, seen.silent) == (None, True)


def test_vk_tells_posts_members_and_the_mark(network: Network) -> None:
    vk = network.services["vk"]
    assert isinstance(vk, Vk)
    page = vk.community(7, "Администрация округа")
    page.about = {"verified": 1, "members_count": 5120, "description": "Официальная страница"}
    vk.post(7, "Ремонт дороги")
    vk.post(7, "Праздник")
    asked = account("vk", vk.url, {"service_per_second": 20}, {"service_token": "service"})
    now = timezone.now() + timedelta(minutes=1)
    seen = look("https://vk.com/club7", asked, "-7", now)
    assert (seen.answers, seen.verified, seen.followers, seen.posts_in_week) == (True, True, 5120, 2)
    assert seen.last_post_at is not None
    assert "Официальная страница" in seen.text
    week_later = look("https://vk.com/club7", asked, "7", now + timedelta(days=8))
    assert week_later.posts_in_week == 0


def test_ok_tells_posts_and_members_and_guesses_no_mark(network: Network) -> None:
    ok = network.services["ok"]
    assert isinstance(ok, Ok)
    ok.group("57", "Администрация округа").about = {"members_count": 300}
    ok.post("57")
    asked = account(
        "ok",
        ok.url,
        {"application_key": "APPKEY"},
        {"access_token": "SESSION", "application_secret_key": "APPSECRET"},
    )
    now = timezone.now() + timedelta(minutes=1)
    seen = look("https://ok.ru/group/57", asked, "57", now)
    assert (seen.answers, seen.verified, seen.followers, seen.posts_in_week) == (True, None, 300, 1)
    assert look("https://ok.ru/group/58", asked, "58", now).answers is False


@pytest.mark.slow  # the library of Telegram takes seconds to load
def test_a_bot_of_telegram_tells_members_and_no_posts(network: Network) -> None:
    telegram = network.services["telegram"]
    assert isinstance(telegram, Telegram)
    telegram.channel(-100, "Округ", "okrug")
    now = timezone.now() + timedelta(minutes=1)
    by_bot = account("telegram", telegram.url, {}, {"token": fake_telegram.TOKEN})
    seen = look("https://t.me/okrug", by_bot, "@okrug", now)
    assert (seen.answers, seen.followers, seen.posts_in_week) == (True, 1240, None)
    assert look("https://t.me/nobody", by_bot, "@nobody", now).answers is False


def test_a_bot_of_max_tells_members_and_posts(network: Network) -> None:
    messenger = network.services["max"]
    assert isinstance(messenger, Max)
    chat = messenger.channel(-200, "Округ", "okrug")
    messenger.post(chat, "Отключение воды")
    now = timezone.now() + timedelta(minutes=1)
    by_max = account("max", messenger.url, {}, {"token": fake_max.TOKEN})
    told = look("https://max.ru/okrug", by_max, "-200", now)
    assert (told.answers, told.followers, told.posts_in_week) == (True, 310, 1)


def test_a_network_that_does_not_answer_leaves_the_open_look(site: str, network: Network) -> None:
    """Without a service key the API tells nothing: the page itself is opened and the reason is said."""
    vk = network.services["vk"]
    asked = account("vk", vk.url, {}, {})
    seen = look(f"{site}/", asked, "7", timezone.now())
    assert seen.answers is True
    assert "service_token" in seen.words
