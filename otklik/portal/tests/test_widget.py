"""The form inside other sites, the key that keeps a sending from being doubled, the page as an application."""

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from otklik.channels.models import RawMessage
from otklik.channels.tests.conftest import place as place  # the fixture
from otklik.channels.widget import origins_of, set_origins
from otklik.common.errors import Refused
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
HOME, WIDGET = "/p/borovichi/", "/widget/borovichi/"
TEXT = "На улице Гагарина у дома 12 огромная яма. Когда заделаете?"
STATIC = Path(__file__).parents[1] / "static" / "portal"
COMMON = Path(__file__).parents[2] / "common" / "static" / "common"


@pytest.fixture
def town() -> Town:
    cache.clear()
    return build_town()


def policy(answer: Any) -> str:
    return next(part for part in str(answer["Content-Security-Policy"]).split("; ") if "frame-anc" in part)


def test_only_named_sites_may_show_the_form(client: Client, town: Town) -> None:
    assert policy(client.get(WIDGET)) == "frame-ancestors 'none'"
    set_origins(town.municipality, "https://сайт-района.рф/новости\nhttps://school.example:8443", None)
    shown = client.get(WIDGET)
    site = "сайт-района.рф".encode("idna").decode()
    assert policy(shown) == f"frame-ancestors https://{site} https://school.example:8443"
    assert "X-Frame-Options" not in shown
    assert policy(client.get(HOME)) == "frame-ancestors 'none'"
    assert client.get(HOME)["X-Frame-Options"] == "DENY"


def test_the_form_needs_no_cookies_and_gives_its_code_at_once(town: Town) -> None:
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(WIDGET)
    once = str(uuid.uuid4())
    assert not page.cookies
    assert "csrfmiddlewaretoken" not in page.content.decode()
    sent = browser.post(WIDGET, {"text": TEXT, "once": once}, headers={"origin": "http://testserver"})
    assert sent.status_code == 200
    assert not sent.cookies
    again = browser.post(WIDGET, {"text": TEXT, "once": once}, headers={"origin": "http://testserver"})
    assert RawMessage.objects.count() == 1
    assert again.content == sent.content
    assert RawMessage.objects.get().payload["wants_appeal"] is False


def test_a_contact_without_consent_is_asked_about_and_the_text_stays(town: Town) -> None:
    answer = Client().post(WIDGET, {"text": TEXT, "contact": "anna@example.org"})
    assert answer.status_code == 422
    assert TEXT in answer.content.decode()
    assert policy(answer) == "frame-ancestors 'none'"


def test_the_whole_form_weighs_little_and_another_site_cannot_send_it(client: Client, town: Town) -> None:
    files = [STATIC / "portal.css", STATIC / "widget.js", COMMON / "tokens.css"]
    weight = len(client.get(WIDGET).content) + sum(file.stat().st_size for file in files)
    assert weight < 60 * 1024
    sent = Client().post(WIDGET, {"text": TEXT}, headers={"origin": "https://elsewhere.example"})
    assert sent.status_code == 422
    assert "не с её страницы" in sent.content.decode()
    assert RawMessage.objects.count() == 0


@pytest.mark.parametrize(
    "line", ["http://site.example", "https://", "*", "https://*.example", "javascript:1"]
)
def test_it_names_no_careless_site(town: Town, line: str) -> None:
    with pytest.raises(Refused):
        set_origins(town.municipality, line, None)
    assert origins_of(town.municipality) == []


def test_the_same_words_under_the_same_key_are_one_message(client: Client, town: Town) -> None:
    said = {"text": TEXT, "way": "message", "once": str(uuid.uuid4())}
    first = client.post(HOME, said)["Location"]
    assert client.post(HOME, said)["Location"] == first
    assert RawMessage.objects.count() == 1
    # Words changed after going back are another message: nothing is lost by the key.
    assert client.post(HOME, {**said, "text": f"{TEXT} Ещё и фонарь."})["Location"] != first
    assert RawMessage.objects.count() == 2
    # Without the key nothing is joined by guess.
    for _ in range(2):
        client.post(HOME, {"text": TEXT, "way": "message"})
    assert RawMessage.objects.count() == 4


def test_the_page_is_an_application_of_its_town(client: Client, town: Town) -> None:
    page = client.get(HOME).content.decode()
    assert f'<link rel="manifest" href="{HOME}app.webmanifest">' in page
    manifest = json.loads(client.get(f"{HOME}app.webmanifest").content)
    assert (manifest["scope"], manifest["start_url"], manifest["lang"]) == (HOME, HOME, "ru")
    worker = client.get(f"{HOME}sw.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert f'const HOME = "{HOME}"' in worker.content.decode().replace("\\u002D", "-")
    assert client.get("/p/nowhere/sw.js").status_code == 404
