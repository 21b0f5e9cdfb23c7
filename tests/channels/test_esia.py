"""Sign-in through Госуслуги against the fake stand: a citizen without an account, a tied member of the staff."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from otklik.accounts.models import User
from otklik.cases.models import Case
from otklik.cases.services.intake import register_waiting
from otklik.channels.incoming import Incoming
from otklik.channels.models import RawMessage
from otklik.outreach.polls import services as polls
from otklik.outreach.polls.models import Envelope
from otklik.outreach.polls.tests.cast import Cast
from tests.fakes.esia import CLIENT, PERSON, Esia
from tests.fakes.network import Network
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
TEXT = "На улице Гагарина у дома 12 огромная яма. Когда заделаете?"
APPEAL = {"text": TEXT, "address": "Гагарина, 12", "way": "appeal"}


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    with Network(Esia()) as network:
        yield network


@pytest.fixture
def stand(network: Network, settings: Settings, tmp_path: Path) -> Esia:
    stand = network.services["esia"]
    assert isinstance(stand, Esia)
    stand.person, stand.refuses, stand.is_forged = dict(PERSON), False, False
    stand.faults.clear()
    settings.ESIA_SIGNER = "otklik.accounts.esia.signer.KeySigner"
    settings.ESIA_KEY_PATH, settings.ESIA_CERT_PATH = stand.write_pair(tmp_path)
    app = {
        "provider_id": "gosuslugi",
        "name": "Госуслуги",
        "client_id": CLIENT,
        "secret": "",
        "settings": {"server_url": stand.url},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"gosuslugi": {"APPS": [app]}}
    settings.MEDIA_ROOT = tmp_path / "files"
    return stand


@pytest.fixture
def town() -> Town:
    cache.clear()
    return build_town()


def through(client: Client, leaving: Any) -> Any:
    """The browser goes to the stand and comes back with what the stand has said."""
    back = httpx.get(leaving["Location"])
    assert back.status_code == 302, back.text
    address = urlsplit(back.headers["Location"])
    return client.get(f"{address.path}?{address.query}")


def entered(client: Client, town: Town) -> Any:
    home = f"/p/{town.municipality.key}/"
    return through(client, client.post(f"{home}enter/", {"consent": "1"}))


def test_a_confirmed_citizen_files_an_appeal(client: Client, town: Town, stand: Esia) -> None:
    home = f"/p/{town.municipality.key}/"
    assert client.post(home, APPEAL).status_code == 422
    came = entered(client, town)
    assert (came.status_code, came["Location"]) == (302, home)
    page = client.get(home).content.decode()
    assert "Фамилия Имя Отчество" in page
    assert 'name="contact"' not in page
    sent = client.post(home, APPEAL)
    assert sent.status_code == 302, sent.content.decode()
    kept = Incoming.from_payload(RawMessage.objects.get().payload)
    assert (kept.author, kept.email, kept.is_identified) == (
        "Фамилия Имя Отчество",
        "citizen@example.org",
        True,
    )
    register_waiting(town.municipality, timezone.now())
    assert Case.objects.get().kind == "appeal"
    assert (User.objects.filter(email="citizen@example.org").count(), SocialAccount.objects.count()) == (0, 0)


def test_an_unconfirmed_account_may_only_write_a_message(client: Client, town: Town, stand: Esia) -> None:
    stand.person["trusted"] = False
    home = f"/p/{town.municipality.key}/"
    entered(client, town)
    refused = client.post(home, APPEAL)
    assert refused.status_code == 422
    assert "подтверждённой учётной записью" in refused.content.decode()
    assert client.post(home, {**APPEAL, "way": "message"}).status_code == 302
    assert not Incoming.from_payload(RawMessage.objects.get().payload).is_identified


@pytest.mark.slow
def test_it_asks_for_consent_before_leaving_and_forgets_on_request(
    client: Client, town: Town, stand: Esia
) -> None:
    home = f"/p/{town.municipality.key}/"
    assert client.post(f"{home}enter/").status_code == 422
    leaving = client.post(f"{home}enter/", {"consent": "1"})
    asked = parse_qs(urlsplit(leaving["Location"]).query)
    assert asked["scope"] == ["openid fullname email mobile"]
    through(client, leaving)
    client.post(f"{home}quit/")
    assert "Фамилия" not in client.get(home).content.decode()


@pytest.mark.slow
def test_one_person_votes_once_from_whatever_device(client: Client, town: Town, stand: Esia) -> None:
    cast, now = Cast(town), timezone.now()
    today = timezone.localdate(now)
    drafted = cast.drafted(access="esia", opens_on=today, closes_on=today)
    approved = polls.approve(polls.submit(drafted, cast.author, now), cast.head, now)
    poll = polls.open_poll(approved, None, now)
    home = f"/p/{town.municipality.key}/"
    path, asked = f"{home}polls/{poll.number}/", poll.questions.get(kind="single")
    ballot = {f"q{asked.pk}": str(asked.options.order_by("pk")[0].pk)}
    assert "Войти через Госуслуги" in client.get(path).content.decode()
    answers: list[int] = []
    for device in (client, Client()):
        came = through(device, device.post(f"{home}enter/", {"consent": "1", "poll": str(poll.number)}))
        assert came["Location"] == path
        answers.append(device.post(path, {**ballot, "once": str(len(answers))}).status_code)
    assert answers == [200, 422]
    assert Envelope.objects.count() == 1


@pytest.mark.slow
def test_the_person_is_known_on_the_page_of_that_town_alone(client: Client, town: Town, stand: Esia) -> None:
    other = build_town("demyansk")
    entered(client, town)
    assert "Фамилия" not in client.get(f"/p/{other.municipality.key}/").content.decode()


@pytest.mark.parametrize(
    "how",
    [
        "refuses",
        *(
            pytest.param(how, marks=pytest.mark.slow)
            for how in ("is_forged", "outage", "out_before", "no_key")
        ),
    ],
)
def test_a_failed_sign_in_says_so_and_lets_nobody_in(
    client: Client, town: Town, stand: Esia, settings: Settings, how: str
) -> None:
    home = f"/p/{town.municipality.key}/"
    if how == "no_key":
        settings.ESIA_SIGNER = "otklik.accounts.esia.signer.CommandSigner"
        settings.ESIA_SIGN_COMMAND = []
        answer = client.post(f"{home}enter/", {"consent": "1"})
    elif how == "out_before":
        stand.faults.outage()
        answer = client.post(f"{home}enter/", {"consent": "1"})
    elif how == "outage":
        leaving = client.post(f"{home}enter/", {"consent": "1"})
        back = urlsplit(httpx.get(leaving["Location"]).headers["Location"])
        stand.faults.outage()
        answer = client.get(f"{back.path}?{back.query}")
    else:
        setattr(stand, how, True)
        answer = entered(client, town)
    home_again = answer["Location"] if answer.status_code == 302 else ""
    # A stand that answers sends the citizen back to the form; one that is out leaves a page that says so.
    if how in ("refuses", "is_forged"):
        assert home_again == f"{home}?entered=no"
        assert "не получилось" in client.get(home_again).content.decode()
    else:
        assert "Войти не получилось" in answer.content.decode()
    assert "citizen" not in client.session


def test_a_member_of_the_staff_enters_only_by_a_tied_account(client: Client, town: Town, stand: Esia) -> None:
    closed = through(client, client.post("/accounts/gosuslugi/login/"))
    assert "_auth_user_id" not in client.session
    assert closed.status_code in (200, 302)
    user = town.user_with("clerk", ["cases.view"])
    SocialAccount.objects.create(user=user, provider="gosuslugi", uid=stand.oid)
    came = through(client, client.post("/accounts/gosuslugi/login/"))
    assert came.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    assert SocialAccount.objects.get().extra_data == {}


@pytest.mark.slow
def test_there_is_no_way_in_until_it_is_connected(client: Client, town: Town) -> None:
    home = f"/p/{town.municipality.key}/"
    assert client.get(f"{home}enter/").status_code == 404
    assert client.get("/accounts/gosuslugi/login/").status_code == 404
    assert "Войти через Госуслуги" not in client.get(home).content.decode()
