"""Stories of a town in Одноклассники: comments under posts of its group and messages to it, answered once."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client

from otklik.cases.models import Case
from otklik.cases.tasks import take_in
from otklik.channels.models import Feed, Outgoing, RawMessage
from otklik.channels.services.feeding import turn
from otklik.channels.tasks import send_waiting
from tests.channels.working import WORDS, answer, connect, rate
from tests.fakes.network import Network
from tests.fakes.ok import Ok
from tests.town import Town

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-10-20T12:00:00+03:00")
YAMA = "На улице Гагарина напротив дома 12 огромная яма, пробили колесо. Когда заделаете?"
GROUP = "57"


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    with Network(Ok()) as network:
        yield network


@pytest.fixture
def ok(network: Network) -> Ok:
    ok = network.services["ok"]
    assert isinstance(ok, Ok)
    ok.reset()
    ok.group(GROUP, "Администрация округа")
    return ok


@pytest.fixture
def feed(town: Town, ok: Ok) -> Feed:
    """The channel connected by its settings and secrets alone, with its first turn behind it."""
    given = {
        "base_url": ok.url,
        "application_key": "APPKEY",
        "groups": [{"group_id": GROUP, "title": "Администрация округа"}],
        "comments_every": 0,
    }
    secrets = {
        "access_token": "SESSION",
        "application_secret_key": "APPSECRET",
        "group_token": f"group-{GROUP}",
        "secret": "hook-secret",
    }
    feed = connect(town, "ok", given, secrets)
    turn(feed, NOW)
    return feed


def read(feed: Feed) -> list[str]:
    """One turn and its cases; texts kept so far."""
    turn(feed, NOW)
    take_in()
    return [raw.payload["text"] for raw in RawMessage.objects.filter(channel=feed.channel).order_by("id")]


def test_it_answers_a_comment_once(town: Town, ok: Ok, feed: Feed) -> None:
    post = ok.post(GROUP)
    comment = ok.say("801", YAMA, post=post)
    assert read(feed) == [YAMA]
    case = Case.objects.get(channel=feed.channel)
    assert case.outer_link == f"https://ok.ru/group/{GROUP}/topic/{post}"
    assert case.applicant is not None
    assert (case.applicant.name, case.applicant.outer_author) == ("", "https://ok.ru/profile/801")
    case = answer(town, case, NOW)
    assert case.state == "sent"
    (said,) = [one for one in ok.posted if WORDS in one.text]
    assert (said.place, said.answers) == (f"discussion:{post}", comment)
    Outgoing.objects.filter(about=case.number).update(state="waiting", next_try_at=NOW)
    send_waiting()
    assert len([one for one in ok.posted if WORDS in one.text]) == 1
    assert read(feed) == [YAMA]


def test_it_takes_a_call_and_a_turn_for_one_and_answers_once_though_the_receipt_was_lost(
    town: Town, ok: Ok, feed: Feed, client: Client
) -> None:
    address = f"/hooks/{town.municipality.key}/{feed.channel.key}/"
    ok.say("802", YAMA)
    body = ok.hook_body(GROUP, "802")
    assert client.post(address, body, "application/json").status_code == 403
    assert client.post(f"{address}?secret=hook-secret", body, "application/json").status_code == 200
    assert read(feed) == [YAMA]
    ok.faults.lose_answer(only="POST /ok/graph/me/messages")
    case = answer(town, Case.objects.get(channel=feed.channel), NOW)
    Outgoing.objects.filter(about=case.number, state="waiting").update(next_try_at=NOW - timedelta(days=1))
    send_waiting()
    case.refresh_from_db()
    assert [WORDS in text for text in ok.seen_by("802")].count(True) == 1
    assert not Outgoing.objects.filter(about=case.number).exclude(state="sent").exists()
    assert rate(case, lambda: ok.seen_by("802")[-1], NOW + timedelta(days=1)).score == 5


def test_it_keeps_messages_read_before_the_line_broke(town: Town, ok: Ok, feed: Feed) -> None:
    texts = {f"{YAMA} Дом {number}." for number in range(3)}
    for number, text in enumerate(sorted(texts)):
        ok.say(f"81{number}", text)
    ok.faults.lose_answer(only="GET /ok/graph/me/messages", after=2)
    assert len(read(feed)) == 2
    feed.refresh_from_db()
    assert "Администрация округа" in feed.error
    assert set(read(feed)) == texts
    assert RawMessage.objects.count() == 3
