"""Answers in the name of the page as people see them: once whatever happens, in parts, with files, or by hand."""

from typing import Any

import pytest

from otklik.channels.adapters.base import SendResult
from otklik.channels.adapters.vk.adapter import VkAdapter
from otklik.channels.adapters.vk.tests.conftest import Desk
from otklik.channels.files import store_file
from otklik.channels.models import Channel, Outgoing
from otklik.channels.services import make_outgoing
from otklik.channels.services.accounts import set_secret
from otklik.channels.tests.test_files import picture
from otklik.common.models import Municipality

TEXT = "Яму заделают до пятницы."


@pytest.fixture
def channel(desk: Desk, place: Municipality) -> Channel:
    """The page of the test as a channel of the town."""
    channel = Channel.objects.create(
        municipality=place, key="vk", kind="vk", title="ВКонтакте", settings=dict(desk.account.settings)
    )
    for name, value in desk.account.secrets.items():
        set_secret(channel, name, value)
    return channel


def outgoing(
    channel: Channel, reply_to: str, body: str = TEXT, key: str = "c-1:answer", **more: Any
) -> Outgoing:
    """A row as delivery claims it."""
    made = make_outgoing(
        channel, "answer", "1", more.pop("recipient", ""), "", body, key, reply_to=reply_to, **more
    )
    return Outgoing.objects.select_related("channel").prefetch_related("files").get(pk=made.pk)


def send(row: Outgoing) -> SendResult:
    return VkAdapter().send(row)


def a_comment(desk: Desk) -> tuple[int, int]:
    """A post with a comment of a person under it."""
    post = desk.vk.post(desk.page.group_id, "Пост")
    return post, desk.vk.say(501, "Яма", group_id=desk.page.group_id, post=post)


def posted(desk: Desk) -> list[str]:
    """What stands on the page and in its conversations, written by us."""
    mine = (f"wall-{desk.page.group_id}_", f"peer-{desk.page.group_id + 50_000}")
    return [one.text for one in desk.vk.posted if one.place.startswith(mine)]


def person_of(desk: Desk) -> int:
    """Somebody who talks with this page alone."""
    return desk.page.group_id + 50_000


def test_it_answers_a_comment_once_however_often_it_is_sent(desk: Desk, channel: Channel) -> None:
    post, comment = a_comment(desk)
    row = outgoing(channel, f"wall-{desk.page.group_id}_{post}_r{comment}")
    first, second = send(row), send(row)
    assert first.state == "sent"
    assert first == second
    assert posted(desk) == [TEXT]
    answer = desk.vk.posted[-1]
    assert answer.answers == str(comment)
    assert (
        first.proof
        == f"https://vk.com/wall-{desk.page.group_id}_{post}?reply={answer.identifier.partition('_r')[2]}"
    )


def test_it_finds_its_own_comment_when_the_network_has_forgotten_the_number(
    desk: Desk, channel: Channel
) -> None:
    post, comment = a_comment(desk)
    row = outgoing(channel, f"wall-{desk.page.group_id}_{post}_r{comment}")
    first = send(row)
    desk.page.guids.clear()
    row.tries = 1
    assert send(row) == first
    assert posted(desk) == [TEXT]


@pytest.mark.parametrize("fault", ["lose_answer", "half_body", "wrong_json"])
def test_it_never_doubles_an_answer_whose_receipt_was_lost(desk: Desk, channel: Channel, fault: str) -> None:
    desk.vk.say(person_of(desk), "Вода", group_id=desk.page.group_id)
    row = outgoing(channel, f"msg-{person_of(desk)}-1@{desk.page.group_id}")
    getattr(desk.vk.faults, fault)()
    assert send(row).state == "retry"
    assert send(row).state == "sent"
    assert posted(desk) == [TEXT]


def test_it_sends_a_long_answer_in_parts_each_once(desk: Desk, channel: Channel) -> None:
    channel.settings["message_limit"] = 40
    channel.save()
    desk.vk.say(person_of(desk), "Вода", group_id=desk.page.group_id)
    long = "Первая часть ответа, довольно длинная.\n\nВторая часть ответа, тоже длинная."
    row = outgoing(channel, f"msg-{person_of(desk)}-1@{desk.page.group_id}", long)
    desk.vk.faults.lose_answer(only="messages.send")
    send(row)
    assert send(row).state == "sent"
    assert posted(desk) == long.split("\n\n")


def test_it_moves_from_a_comment_to_the_author_alone(desk: Desk, channel: Channel) -> None:
    post, comment = a_comment(desk)
    person = person_of(desk)
    desk.vk.say(person, "Здравствуйте", group_id=desk.page.group_id)
    reply_to = f"wall-{desk.page.group_id}_{post}_r{comment}"
    row = outgoing(channel, reply_to, way="message", recipient=f"https://vk.com/id{person}")
    assert send(row).state == "sent"
    assert desk.vk.seen_by(person, desk.page.group_id) == [TEXT]
    assert desk.vk.posted[-1].place == f"peer-{person}"


def test_it_never_puts_a_private_answer_under_a_post(desk: Desk, channel: Channel) -> None:
    post, comment = a_comment(desk)
    result = send(outgoing(channel, f"wall-{desk.page.group_id}_{post}_r{comment}", way="message"))
    assert result.state == "by_hand"
    assert posted(desk) == []


def test_it_tells_what_to_offer_to_one_who_forbids_messages(desk: Desk, channel: Channel) -> None:
    person = person_of(desk)
    desk.vk.say(person, "Вода", group_id=desk.page.group_id)
    desk.vk.forbid_messages(person)
    result = send(outgoing(channel, f"msg-{person}-1@{desk.page.group_id}"))
    assert result.state == "by_hand"
    assert "предложите" in result.error


def test_it_says_that_comments_are_closed(desk: Desk, channel: Channel) -> None:
    post, comment = a_comment(desk)
    desk.vk.close_comments(post, desk.page.group_id)
    result = send(outgoing(channel, f"wall-{desk.page.group_id}_{post}_r{comment}"))
    assert (result.state, "закрыты" in result.error) == ("by_hand", True)


@pytest.mark.parametrize(("code", "state"), [(5, "retry"), (9, "retry"), (222, "by_hand"), (914, "by_hand")])
def test_it_tries_again_only_what_may_help(desk: Desk, channel: Channel, code: int, state: str) -> None:
    post, comment = a_comment(desk)
    desk.vk.refuse(code, "wall.createComment")
    result = send(outgoing(channel, f"wall-{desk.page.group_id}_{post}_r{comment}"))
    assert result.state == state
    assert result.error


def test_it_attaches_files_to_comments_and_messages(desk: Desk, channel: Channel) -> None:
    post, comment = a_comment(desk)
    person = person_of(desk)
    desk.vk.say(person, "Вода", group_id=desk.page.group_id)
    file = store_file(picture(), "двор.jpg", channel.municipality)
    public = outgoing(channel, f"wall-{desk.page.group_id}_{post}_r{comment}", key="a", files=[file])
    private = outgoing(channel, f"msg-{person}-1@{desk.page.group_id}", key="b", files=[file])
    assert send(public).state == send(private).state == "sent"
    kinds = [one.more["files"][:3] for one in desk.vk.posted[-2:]]
    assert kinds == ["doc", "pho"]


@pytest.mark.parametrize("reply_to", ["wall-999999_1_r2", "", "strange"])
def test_it_leaves_to_a_person_what_is_not_ours(desk: Desk, channel: Channel, reply_to: str) -> None:
    assert send(outgoing(channel, reply_to)).state == "by_hand"


def test_it_leaves_everything_to_a_person_while_the_channel_is_not_connected(
    desk: Desk, channel: Channel
) -> None:
    channel.settings = {}
    channel.save()
    result = send(outgoing(channel, "wall-1_2_r3"))
    assert result.state == "by_hand"
    assert "Разместите" in result.error
