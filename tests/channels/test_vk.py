"""Stories of a town in VK: from a comment or a private message to the answer people see there, and the rating."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client

from otklik.cases.models import Case
from otklik.cases.tasks import take_in
from otklik.channels.models import Feed, Outgoing, RawChange, RawMessage
from otklik.channels.services.feeding import turn
from otklik.channels.tasks import send_waiting
from otklik.satisfaction.selectors import to_be_asked
from tests.channels.working import WORDS, answer, connect, rate
from tests.fakes.network import Network
from tests.fakes.vk import Vk
from tests.town import Town

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-10-20T12:00:00+03:00")
YAMA = "На улице Гагарина напротив дома 12 огромная яма, пробили колесо. Когда заделаете?"
GROUP = 1


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    with Network(Vk()) as network:
        yield network


@pytest.fixture
def vk(network: Network) -> Vk:
    vk = network.services["vk"]
    assert isinstance(vk, Vk)
    vk.reset()
    vk.community(GROUP, "Администрация округа", secret="page-secret")
    return vk


@pytest.fixture
def feed(town: Town, vk: Vk) -> Feed:
    """The channel connected by its settings and secrets alone, with its first turn behind it."""
    given = {
        "base_url": vk.url,
        "pages": [{"group_id": GROUP, "title": "Администрация округа"}],
        "wait": 0,
        "service_per_second": 20,
    }
    secrets = {
        "token": f"token-{GROUP}",
        "service_token": "service",
        "secret": "page-secret",
        "confirmation": "abc1",
    }
    feed = connect(town, "vk", given, secrets)
    turn(feed, NOW)
    return feed


def read(feed: Feed) -> list[str]:
    """One turn and its cases; outer ids kept so far."""
    turn(feed, NOW)
    take_in()
    return list(
        RawMessage.objects.filter(channel=feed.channel).order_by("id").values_list("outer_id", flat=True)
    )


def send_once_more(case: Case) -> None:
    """As after a process that was cut between the sending and its record."""
    Outgoing.objects.filter(about=case.number).update(state="waiting", next_try_at=NOW)
    send_waiting()


def test_it_answers_a_comment_where_everybody_sees_it_once(town: Town, vk: Vk, feed: Feed) -> None:
    post = vk.post(GROUP, "Ремонт дорог идёт по плану")
    comment = vk.say(501, YAMA, post=post, with_photo=True)
    assert read(feed) == [f"wall-{GROUP}_{post}_r{comment}"]
    case = Case.objects.get(channel=feed.channel)
    assert case.outer_link == f"https://vk.com/wall-{GROUP}_{post}?reply={comment}"
    assert case.applicant is not None
    assert (case.applicant.name, case.applicant.outer_author) == ("", "https://vk.com/id501")
    case = answer(town, case, NOW)
    assert case.state == "sent"
    # A link to rate by would be everybody's under a post.
    assert not to_be_asked(town.municipality, NOW + timedelta(days=1)).exists()
    (said,) = [one for one in vk.posted if WORDS in one.text]
    assert (said.place, said.answers) == (f"wall-{GROUP}_{post}", str(comment))
    letter = Outgoing.objects.get(about=case.number, kind="answer")
    assert letter.proof == f"https://vk.com/wall-{GROUP}_{post}?reply={said.identifier.partition('_r')[2]}"
    before = len(vk.posted)
    send_once_more(case)
    assert len(vk.posted) == before
    assert len(read(feed)) == 1


def test_it_takes_a_call_and_a_turn_for_one_answers_in_private_and_is_rated(
    town: Town, vk: Vk, feed: Feed, client: Client
) -> None:
    number = vk.say(502, YAMA)
    address = f"/hooks/{town.municipality.key}/{feed.channel.key}/"
    event = {**vk.communities[GROUP].events[-1], "secret": "page-secret"}
    confirmation = {"type": "confirmation", "group_id": GROUP}
    assert client.post(address, confirmation, "application/json").content == b"abc1"
    assert client.post(address, {**event, "secret": "guess"}, "application/json").status_code == 403
    for _ in range(2):
        assert client.post(address, event, "application/json").content == b"ok"
    assert read(feed) == [f"msg-502-{number}@{GROUP}"]
    case = answer(town, Case.objects.get(channel=feed.channel), NOW)
    assert case.state == "sent"
    assert [WORDS in text for text in vk.seen_by(502)].count(True) == 1
    assert list(to_be_asked(town.municipality, NOW + timedelta(days=1))) == [case]
    assert rate(case, lambda: vk.seen_by(502)[-1], NOW + timedelta(days=1)).score == 5
    before = vk.seen_by(502)
    send_once_more(case)
    assert vk.seen_by(502) == before


def test_it_joins_the_talk_of_one_author_and_follows_the_comment(town: Town, vk: Vk, feed: Feed) -> None:
    post = vk.post(GROUP, "Пост")
    comment = vk.say(501, YAMA, post=post)
    read(feed)
    vk.say(501, "И ещё там разбитый бордюр, посмотрите заодно", post=post, answers=comment)
    vk.edit_comment(comment, YAMA + " Уже месяц")
    vk.remove_comment(comment)
    assert len(read(feed)) == 2
    assert Case.objects.filter(channel=feed.channel).count() == 1
    kinds = RawChange.objects.filter(raw__channel=feed.channel).order_by("id").values_list("kind", flat=True)
    assert set(kinds) == {"edited", "removed", "reach"}
    assert RawMessage.objects.get(outer_id=f"wall-{GROUP}_{post}_r{comment}").payload["text"] == YAMA


def test_it_loses_nothing_in_an_outage_that_outlives_the_memory_of_the_network(
    town: Town, vk: Vk, feed: Feed
) -> None:
    post = vk.post(GROUP, "Пост")
    read(feed)
    vk.faults.outage()
    vk.say(501, YAMA, post=post)
    vk.say(502, "Во дворе на Ленина, 5 второй день нет воды, дети в доме")
    for _ in range(3):
        turn(feed, NOW)
    assert "оборвал" in feed.error or "не отвечает" in feed.error
    vk.faults.outage(False)
    vk.forget_events()
    assert len(read(feed)) == 2
    assert feed.failures == 0
    assert len(read(feed)) == 2
