"""Calls of the Callback API: the confirmation, the secret, repeats, calls about others."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from otklik.channels.adapters.source import Account, Call, Heard, Stranger, Unread
from otklik.channels.adapters.vk.listener import VkListener
from otklik.channels.models import Channel

NOW = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)
MESSAGE: dict[str, Any] = {
    "id": 12,
    "conversation_message_id": 3,
    "peer_id": 501,
    "from_id": 501,
    "date": 1792486800,
    "out": 0,
    "text": "Добрый день",
    "attachments": [],
}
EVENT = {
    "type": "message_new",
    "event_id": "e1",
    "v": "5.199",
    "group_id": 7,
    "secret": "s3",
    "object": {
        "message": MESSAGE,
        "client_info": {},
    },
}
ACCOUNT = Account(
    Channel(kind="vk", title="ВКонтакте"),
    {"pages": [{"group_id": 7, "title": "Округ"}, {"group_id": 8, "title": "Парк"}]},
    {"secret": "s3", "confirmation": "abc123", "confirmation-8": "def456"},
)


def hear(body: Any, account: Account = ACCOUNT) -> Heard:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return VkListener().hear(account, Call("POST", {}, {}, content, NOW))


@pytest.mark.parametrize(("group_id", "answer"), [(7, "abc123"), (8, "def456")])
def test_it_confirms_the_address_of_each_page(group_id: int, answer: str) -> None:
    assert hear({"type": "confirmation", "group_id": group_id}).answer == answer


def test_it_hands_over_the_message_and_answers_ok() -> None:
    heard = hear(EVENT)
    assert heard.answer == "ok"
    assert [(one.outer_id, one.text) for one in heard.incomings] == [("msg-501-3@7", "Добрый день")]


@pytest.mark.parametrize(("minutes", "is_kept"), [(0, True), (59, True), (61, False)])
def test_an_edit_that_overtakes_its_message_brings_it(minutes: int, is_kept: bool) -> None:
    thing = {**MESSAGE, "text": "Добрый день, яма", "date": 1792486800 - 60 * minutes}
    heard = hear({**EVENT, "type": "message_edit", "object": thing})
    assert [one.text for one in heard.incomings] == (["Добрый день, яма"] if is_kept else [])
    assert [(one.kind, one.text) for one in heard.changes] == [("edited", "Добрый день, яма")]


def test_it_answers_a_repeat_like_the_first() -> None:
    assert hear(EVENT) == hear(EVENT)


@pytest.mark.parametrize(
    "more", [{"secret": "other"}, {"secret": ""}, {"secret": None}, {"group_id": 9}, {"group_id": "7"}]
)
def test_it_believes_no_stranger(more: dict[str, Any]) -> None:
    with pytest.raises(Stranger):
        hear({**EVENT, **more})


def test_it_believes_nobody_while_no_secret_is_set() -> None:
    bare = Account(ACCOUNT.channel, ACCOUNT.settings, {})
    with pytest.raises(Stranger):
        hear({**EVENT, "secret": ""}, bare)


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b'"text"', b"null"])
def test_it_takes_a_body_that_is_no_event_for_a_strangers(body: bytes) -> None:
    with pytest.raises(Stranger):
        hear(body)


def test_it_puts_an_event_without_an_object_aside() -> None:
    with pytest.raises(Unread):
        hear({**EVENT, "object": None})


def test_it_never_keeps_the_secret_with_what_was_not_read() -> None:
    heard = hear({**EVENT, "object": {"message": {"text": "без номера"}}})
    assert "s3" not in json.dumps(heard.unread[0].content)
