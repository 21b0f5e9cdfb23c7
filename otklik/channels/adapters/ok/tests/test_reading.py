"""Signature, names and shapes of OK, written by us from the public documentation."""

from datetime import UTC, datetime
from typing import Any

import pytest

from otklik.channels.adapters.ok.client import session_secret, signature
from otklik.channels.adapters.ok.groups import Group
from otklik.channels.adapters.ok.names import Chat, Place, author_link, bare, chat_of, place_of
from otklik.channels.adapters.ok.reading import comment, message
from otklik.channels.incoming import Incoming, Media

GROUP = Group("57", "Администрация")
COMMENT: dict[str, Any] = {
    "id": "MTYx:-2",
    "author_id": "801",
    "author_name": "Имя автора",
    "author_ref": "user:801",
    "text": " Яма во дворе ",
    "date_ms": 1792486800000,
    "date": "2026-10-20 12:00:00",
    "type": "ACTIVE_MESSAGE",
    "reply_to_comment_id": "MTYx:-1",
    "reply_to_name": "Другое имя",
    "like_count": 3,
}
MESSAGE: dict[str, Any] = {
    "sender": {"name": "Имя автора", "user_id": "user:801"},
    "recipient": {"chat_id": "chat:C3ec"},
    "message": {
        "text": "Нет воды",
        "seq": 98211023614189660,
        "mid": "mid:C3ec.15ce",
        "reply_to": "mid:C3ec.15cd",
        "attachments": [
            {"type": "IMAGE", "payload": {"url": "https://i.example/1.jpg"}},
            {"type": "SHARE", "payload": {"url": "https://example.org"}},
        ],
    },
    "timestamp": 1792486800123,
}


def test_it_signs_as_the_documentation_shows() -> None:
    """The example of a public client of the network: its keys, its digest."""
    secret = "b1a2b89707a94624c43afae67d59274c"
    params = {"application_key": "ABCDEFGHIGKLMNOPK", "format": "json", "method": "events.get"}
    assert (
        signature({**params, "access_token": "x", "sig": "y"}, secret) == "232c8eb921951c4dba9b72606f9ddb4c"
    )


def test_it_counts_the_secret_of_a_session() -> None:
    assert session_secret("SESSION", "APPSECRET") == "f75e5f1807732ab6e3b5ef1b0883cc48"


def test_it_reads_a_comment_and_keeps_no_name() -> None:
    found = comment(COMMENT, GROUP, "900")
    assert isinstance(found, Incoming)
    assert found.outer_id == "discussion:900:MTYx:-2@57"
    assert (found.thread, found.parent) == ("discussion:900@57", "discussion:900:MTYx:-1@57")
    assert (found.text, found.author, found.reach) == ("Яма во дворе", "", {"likes": 3})
    assert found.came_at == datetime.fromtimestamp(1792486800, UTC)
    assert "имя" not in str(found.payload()).lower()


def test_it_reads_a_comment_that_tells_only_the_time_of_the_clock() -> None:
    found = comment({key: value for key, value in COMMENT.items() if key != "date_ms"}, GROUP, "900")
    assert found is not None
    assert found.came_at.astimezone(UTC) == datetime(2026, 10, 20, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("more", [{"author_id": "57"}, {"author_ref": "group:57"}, {"removed": True}])
def test_it_leaves_the_groups_own_and_removed_comments(more: dict[str, Any]) -> None:
    assert comment({**COMMENT, **more}, GROUP, "900") is None


def test_it_reads_a_message_with_its_picture() -> None:
    found = message(MESSAGE, GROUP)
    assert isinstance(found, Incoming)
    assert found.outer_id == "chat:C3ec:C3ec.15ce@57"
    assert (found.thread, found.parent) == ("chat:C3ec@57", "chat:C3ec:C3ec.15cd@57")
    assert found.media == (Media("https://i.example/1.jpg", "", "photo"),)
    assert found.outer_author == "https://ok.ru/profile/801"
    assert "имя" not in str(found.payload()).lower()


def test_it_leaves_messages_of_the_group_itself() -> None:
    assert message({**MESSAGE, "sender": {"user_id": "group:57"}}, GROUP) is None


def test_names_carry_all_that_is_needed_to_answer() -> None:
    assert place_of("discussion:900:MTYx:-2@57") == Place("900", "MTYx:-2", "57")
    assert place_of("discussion:900@57") == Place("900", "", "57")
    assert place_of("chat:C3ec@57") is None
    assert chat_of("chat:C3ec:C3ec.15ce@57") == chat_of("chat:C3ec@57") == Chat("C3ec", "57")
    assert chat_of("https://ok.ru/profile/801") is None
    assert (bare("chat:C1"), bare("C1"), author_link("")) == ("C1", "C1", "")
