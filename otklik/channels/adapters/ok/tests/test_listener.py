"""Calls of OK: the secret in the address, the window of replays, shapes we do not know."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from otklik.channels.adapters.ok.listener import OkListener
from otklik.channels.adapters.source import Account, Call, Heard, Stranger, Unread
from otklik.channels.models import Channel

NOW = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)
EVENT: dict[str, Any] = {
    "webhookType": "MESSAGE_CREATED",
    "sender": {"user_id": "user:801"},
    "recipient": {"chat_id": "chat:C3ec"},
    "message": {"text": "Нет воды", "seq": 1, "mid": "mid:C3ec.15ce"},
    "timestamp": int(NOW.timestamp() * 1000),
}
ACCOUNT = Account(
    Channel(kind="ok", title="Одноклассники"),
    {"groups": [{"group_id": "57", "title": "Округ"}, {"group_id": "58", "title": "Парк"}]},
    {"secret": "s3", "secret-58": "s8"},
)


def hear(event: Any, secret: str = "s3") -> Heard:
    content = event if isinstance(event, bytes) else json.dumps(event).encode()
    return OkListener().hear(ACCOUNT, Call("POST", {}, {"secret": secret}, content, NOW))


@pytest.mark.parametrize(("secret", "group"), [("s3", "57"), ("s8", "58")])
def test_it_knows_the_group_by_its_secret(secret: str, group: str) -> None:
    assert [one.outer_id for one in hear(EVENT, secret).incomings] == [f"chat:C3ec:C3ec.15ce@{group}"]


@pytest.mark.parametrize("secret", ["", "s4", "s33"])
def test_it_believes_no_stranger(secret: str) -> None:
    with pytest.raises(Stranger):
        hear(EVENT, secret)


def test_it_believes_no_call_of_long_ago() -> None:
    old = int((NOW - timedelta(hours=13)).timestamp() * 1000)
    with pytest.raises(Stranger):
        hear({**EVENT, "timestamp": old})


@pytest.mark.parametrize("kind", ["CHAT_SYSTEM", "MESSAGE_CALLBACK"])
def test_it_answers_other_events_and_leaves_them(kind: str) -> None:
    assert hear({**EVENT, "webhookType": kind}) == Heard()


@pytest.mark.parametrize("event", [b"not json", {**EVENT, "message": {}, "sender": None}])
def test_it_puts_a_broken_call_aside(event: Any) -> None:
    with pytest.raises(Unread):
        hear(event)
