"""Answers in the name of the group: once though the network knows no doubles, by hand where it gives no way."""

from typing import Any

import pytest

from otklik.channels.adapters.base import SendResult
from otklik.channels.adapters.ok import standing
from otklik.channels.adapters.ok.adapter import OkAdapter
from otklik.channels.adapters.ok.tests.conftest import Desk
from otklik.channels.files import store_file
from otklik.channels.models import Channel, Outgoing
from otklik.channels.services import make_outgoing
from otklik.channels.services.accounts import set_secret
from otklik.channels.tests.test_files import picture
from otklik.common.models import Municipality

TEXT = "Яму заделают до пятницы."


@pytest.fixture
def channel(desk: Desk, place: Municipality) -> Channel:
    """The group of the test as a channel of the town."""
    channel = Channel.objects.create(
        municipality=place, key="ok", kind="ok", title="Одноклассники", settings=dict(desk.account.settings)
    )
    for name, value in desk.account.secrets.items():
        set_secret(channel, name, value)
    return channel


def outgoing(channel: Channel, reply_to: str, body: str = TEXT, **more: Any) -> Outgoing:
    """A row as delivery claims it."""
    made = make_outgoing(channel, "answer", "1", "", "", body, f"key-{reply_to}", reply_to=reply_to, **more)
    return Outgoing.objects.select_related("channel").prefetch_related("files").get(pk=made.pk)


def send(row: Outgoing) -> SendResult:
    return OkAdapter().send(row)


def posted(desk: Desk, place: str) -> list[str]:
    """What stands there, written by us."""
    return [one.text for one in desk.ok.posted if one.place == place]


@pytest.mark.parametrize("fault", ["lose_answer", "half_body", "wrong_json"])
def test_it_never_doubles_a_comment_whose_receipt_was_lost(desk: Desk, channel: Channel, fault: str) -> None:
    post = desk.ok.post(desk.number)
    comment = desk.ok.say("801", "Яма", group_id=desk.number, post=post)
    row = outgoing(channel, f"discussion:{post}:{comment}@{desk.number}")
    getattr(desk.ok.faults, fault)()
    assert send(row).state == "retry"
    row.tries = 1
    assert send(row).state == "sent"
    assert posted(desk, f"discussion:{post}") == [TEXT]


def test_it_finds_its_comment_under_those_written_since(desk: Desk, channel: Channel) -> None:
    post = desk.ok.post(desk.number)
    comment = desk.ok.say("801", "Яма", group_id=desk.number, post=post)
    row = outgoing(channel, f"discussion:{post}:{comment}@{desk.number}")
    desk.ok.faults.lose_answer()
    assert send(row).state == "retry"
    for number in range(9):
        desk.ok.say("802", f"И у нас, {number}", group_id=desk.number, post=post)
    row.tries = 1
    assert send(row).state == "sent"
    assert posted(desk, f"discussion:{post}") == [TEXT]


@pytest.mark.parametrize(
    ("pages", "at_once", "state"), [(40, False, "sent"), (1, False, "unknown"), (40, True, "unknown")]
)
def test_it_finds_its_message_among_those_written_since(
    desk: Desk, channel: Channel, monkeypatch: pytest.MonkeyPatch, pages: int, at_once: bool, state: str
) -> None:
    monkeypatch.setattr(standing, "PAGES", pages)
    if at_once:
        now = desk.ok.moment()
        monkeypatch.setattr(desk.ok, "moment", lambda: now)
    person = f"9{desk.number}"
    desk.ok.say(person, "Вода", group_id=desk.number)
    row = outgoing(channel, f"chat:C{person}:1@{desk.number}")
    assert send(row).state == "sent"
    for number in range(150):
        desk.ok.say(person, f"И у нас, {number}", group_id=desk.number)
    row.tries = 1
    assert send(row).state == state
    assert desk.ok.seen_by(person, desk.number) == [TEXT]


def test_it_says_the_same_words_to_two_people_under_one_post(desk: Desk, channel: Channel) -> None:
    post = desk.ok.post(desk.number)
    for author in ("801", "802"):
        comment = desk.ok.say(author, "Яма", group_id=desk.number, post=post)
        assert send(outgoing(channel, f"discussion:{post}:{comment}@{desk.number}")).state == "sent"
    assert posted(desk, f"discussion:{post}") == [TEXT, TEXT]


def test_it_sends_a_long_message_in_parts_each_once(desk: Desk, channel: Channel) -> None:
    channel.settings["message_limit"] = 40
    channel.save()
    person = f"9{desk.number}"
    desk.ok.say(person, "Вода", group_id=desk.number)
    long = "Первая часть ответа, довольно длинная.\n\nВторая часть ответа, тоже длинная."
    row = outgoing(channel, f"chat:C{person}:1@{desk.number}", long)
    first = send(row)
    row.tries = 1
    assert first == send(row)
    assert first.proof.startswith(f"chat:C{person}:")
    assert desk.ok.seen_by(person, desk.number) == long.split("\n\n")


def test_it_never_puts_a_private_answer_under_a_post(desk: Desk, channel: Channel) -> None:
    post = desk.ok.post(desk.number)
    result = send(outgoing(channel, f"discussion:{post}@{desk.number}", way="message"))
    assert (result.state, posted(desk, f"discussion:{post}")) == ("by_hand", [])


@pytest.mark.parametrize(("code", "state"), [(3, "by_hand"), (106, "by_hand"), (102, "retry"), (8, "retry")])
def test_it_tries_again_only_what_may_help(desk: Desk, channel: Channel, code: int, state: str) -> None:
    post = desk.ok.post(desk.number)
    desk.ok.refuse(code, "discussions.addDiscussionComment")
    result = send(outgoing(channel, f"discussion:{post}@{desk.number}"))
    assert result.state == state
    assert result.error


def test_it_leaves_files_and_unconnected_channels_to_a_person(desk: Desk, channel: Channel) -> None:
    file = store_file(picture(), "двор.jpg", channel.municipality)
    assert "на сайте сами" in send(outgoing(channel, f"discussion:1@{desk.number}", files=[file])).error
    assert send(outgoing(channel, "strange")).state == "by_hand"
    channel.settings = {}
    channel.save()
    assert "Разместите" in send(outgoing(channel, f"discussion:2@{desk.number}")).error
