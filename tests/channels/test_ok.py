"""Stories of a town in Одноклассники: comments under posts of its group and messages to it, answered once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from otklik.cases.models import Case
from otklik.cases.tasks import take_in
from otklik.channels.models import Feed, Outgoing, RawChange, RawMessage
from otklik.channels.services.accounts import set_secret
from otklik.channels.services.feeding import turn
from otklik.channels.tasks import send_waiting
from tests.channels.working import WORDS, answer
from tests.fakes.network import Network
from tests.fakes.ok import Ok
from tests.town import Town, build_town

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
def town(settings: Settings, tmp_path: Path) -> Town:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return build_town()


@pytest.fixture
def feed(town: Town, ok: Ok) -> Feed:
    """The channel connected by its settings and secrets alone, with its first turn behind it."""
    channel = town.channel("ok")
    channel.settings = {
        "base_url": ok.url,
        "application_key": "APPKEY",
        "groups": [{"group_id": GROUP, "title": "Администрация округа"}],
        "comments_every": 0,
    }
    channel.save(update_fields=["settings"])
    secrets = {
        "access_token": "SESSION",
        "application_secret_key": "APPSECRET",
        "group_token": f"group-{GROUP}",
        "secret": "hook-secret",
    }
    for name, value in secrets.items():
        set_secret(channel, name, value)
    feed = Feed.objects.create(municipality=town.municipality, channel=channel, is_on=True)
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


def test_it_answers_a_private_message_once_though_the_receipt_was_lost(
    town: Town, ok: Ok, feed: Feed
) -> None:
    ok.say("802", YAMA)
    assert read(feed) == [YAMA]
    ok.faults.lose_answer(only="/graph/me/messages")
    case = answer(town, Case.objects.get(channel=feed.channel), NOW)
    Outgoing.objects.filter(about=case.number, state="waiting").update(next_try_at=NOW - timedelta(days=1))
    send_waiting()
    case.refresh_from_db()
    assert [WORDS in text for text in ok.seen_by("802")].count(True) == 1
    assert not Outgoing.objects.filter(about=case.number).exclude(state="sent").exists()


def test_it_follows_edits_and_removals_and_finds_pages_of_comments(town: Town, ok: Ok, feed: Feed) -> None:
    post = ok.post(GROUP)
    comments = [ok.say(f"80{number}", f"{YAMA} Номер {number}", post=post) for number in range(5)]
    ok.comment(ok.groups[GROUP], post, GROUP, "Ответ группы")
    assert len(read(feed)) == 5
    ok.edit_comment(comments[0], "Исправлено")
    ok.remove_comment(comments[1])
    assert len(read(feed)) == 5
    changes = RawChange.objects.filter(raw__channel=feed.channel).values_list("raw__outer_id", "kind", "text")
    assert set(changes) == {
        (f"discussion:{post}:{comments[0]}@{GROUP}", "edited", "Исправлено"),
        (f"discussion:{post}:{comments[1]}@{GROUP}", "removed", ""),
    }


def test_it_takes_the_webhook_and_the_turn_for_one(town: Town, ok: Ok, feed: Feed, client: Client) -> None:
    address = f"/hooks/{town.municipality.key}/{feed.channel.key}/"
    ok.say("803", YAMA)
    body = ok.hook_body(GROUP, "803")
    assert client.post(address, body, "application/json").status_code == 403
    assert client.post(f"{address}?secret=guess", body, "application/json").status_code == 403
    old = {**body, "timestamp": body["timestamp"] - 48 * 3600 * 1000}
    assert client.post(f"{address}?secret=hook-secret", old, "application/json").status_code == 403
    assert client.post(f"{address}?secret=hook-secret", body, "application/json").status_code == 200
    assert read(feed) == [YAMA]


@pytest.mark.parametrize(
    ("code", "words"), [(102, "ключ доступа"), (10, "нет нужного права"), (104, "Подпись"), (8, "частыми")]
)
def test_it_says_refusals_of_the_network_in_words(feed: Feed, ok: Ok, code: int, words: str) -> None:
    ok.refuse(code, times=2)
    turn(feed, NOW)
    assert words in feed.error
    assert feed.failures == 1


def test_it_reads_messages_while_comments_cannot_be_read(town: Town, ok: Ok, feed: Feed) -> None:
    ok.say("804", YAMA)
    ok.refuse(10, "mediatopic.getTopics")
    assert read(feed) == [YAMA]
    assert "нет нужного права" in feed.error


def test_it_leaves_the_comment_to_a_person_when_the_network_gives_no_such_method(
    town: Town, ok: Ok, feed: Feed
) -> None:
    post = ok.post(GROUP)
    ok.say("805", YAMA, post=post)
    read(feed)
    ok.refuse(3, "discussions.addDiscussionComment", times=9)
    case = answer(town, Case.objects.get(channel=feed.channel), NOW)
    letter = Outgoing.objects.get(about=case.number, kind="answer")
    assert letter.state == "by_hand"
    assert "на сайте сами" in letter.error
