"""Objects of VK against shapes written by us from the public documentation of version 5.199."""

from datetime import UTC, datetime
from typing import Any

import pytest

from otklik.channels.adapters.keywords import Keywords
from otklik.channels.adapters.vk.media import media_of
from otklik.channels.adapters.vk.names import Talk, WallPlace, seen_text, talk_of, wall_place
from otklik.channels.adapters.vk.pages import Page
from otklik.channels.adapters.vk.reading import Told, comment, message, post, take_event
from otklik.channels.incoming import Incoming, Media

PAGE = Page(7, "Администрация")
NOW = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)
COMMENT: dict[str, Any] = {
    "id": 31,
    "from_id": 501,
    "date": 1792486800,
    "text": "[id502|Сосед], согласен: яма",
    "post_id": 12,
    "owner_id": -7,
    "post_owner_id": -7,
    "parents_stack": [30],
    "reply_to_user": 502,
    "reply_to_comment": 30,
    "likes": {"can_like": 1, "count": 4, "user_likes": 0},
    "attachments": [],
}
MESSAGE: dict[str, Any] = {
    "date": 1792486800,
    "from_id": 501,
    "id": 900,
    "out": 0,
    "version": 10002,
    "attachments": [],
    "conversation_message_id": 5,
    "fwd_messages": [],
    "important": False,
    "is_hidden": False,
    "peer_id": 501,
    "random_id": 0,
    "text": "Нет воды",
    "geo": {"type": "point", "coordinates": {"latitude": 58.38, "longitude": 33.91}},
    "reply_message": {
        "id": 899,
        "conversation_message_id": 4,
        "from_id": -7,
        "peer_id": 501,
        "text": "?",
        "date": 1,
    },
}


def test_it_reads_an_answer_in_a_branch() -> None:
    found = comment(COMMENT, PAGE)
    assert isinstance(found, Incoming)
    assert found.outer_id == "wall-7_12_r31"
    assert found.parent == "wall-7_12_r30"
    assert found.thread == "wall-7_12"
    assert found.link == "https://vk.com/wall-7_12?reply=31"
    assert found.text == "Сосед, согласен: яма"
    assert found.reach == {"likes": 4}
    assert found.came_at == datetime.fromtimestamp(1792486800, UTC)
    assert "[id502|Сосед]" in found.columns["ВКонтакте"]


def test_it_reads_a_comment_to_the_post_itself() -> None:
    bare = {key: COMMENT[key] for key in ("id", "from_id", "date", "text", "post_id")}
    found = comment(bare, PAGE)
    assert isinstance(found, Incoming)
    assert (found.outer_id, found.parent) == ("wall-7_12_r31", "wall-7_12")


@pytest.mark.parametrize("more", [{"from_id": -7}, {"deleted": True}])
def test_it_leaves_the_pages_own_and_deleted_comments(more: dict[str, Any]) -> None:
    assert comment({**COMMENT, **more}, PAGE) is None


def test_it_knows_a_community_as_an_author() -> None:
    found = comment({**COMMENT, "from_id": -55}, PAGE)
    assert found is not None
    assert found.outer_author == "https://vk.com/club55"


def test_it_reads_a_private_message_with_its_place() -> None:
    found = message(MESSAGE, PAGE)
    assert isinstance(found, Incoming)
    assert (found.outer_id, found.thread, found.parent) == ("msg-501-5@7", "peer-501@7", "msg-501-4@7")
    assert (found.lat, found.lon) == (58.38, 33.91)
    assert found.link == "https://vk.com/gim7?sel=501"


@pytest.mark.parametrize("more", [{"out": 1}, {"from_id": -7}, {"peer_id": 2_000_000_001}])
def test_it_leaves_our_own_messages_and_chats_of_many(more: dict[str, Any]) -> None:
    assert message({**MESSAGE, **more}, PAGE) is None


def test_it_reads_an_offered_post_and_leaves_the_pages_own() -> None:
    thing = {
        "id": 40,
        "owner_id": -7,
        "from_id": 501,
        "date": 1792486800,
        "text": "Фонарь",
        "post_type": "suggest",
    }
    found = post(thing, PAGE)
    assert isinstance(found, Incoming)
    assert (found.outer_id, found.link) == ("wall-7_40", "https://vk.com/wall-7_40")
    assert post({**thing, "from_id": -7}, PAGE) is None


def test_it_takes_a_repeated_event_once_and_unknown_kinds_never() -> None:
    told = Told()
    event = {"type": "wall_reply_new", "event_id": "e", "group_id": 7, "object": COMMENT}
    take_event(told, event, PAGE, NOW)
    take_event(told, event, PAGE, NOW)
    take_event(told, {"type": "group_join", "event_id": "f", "object": {"user_id": 1}}, PAGE, NOW)
    assert (len(told.incomings), told.changes, told.unread) == (1, [], [])


@pytest.mark.parametrize(
    "event", [None, [], {"type": "wall_reply_new"}, {"type": "wall_reply_new", "object": {"from_id": "x"}}]
)
def test_it_puts_a_broken_event_aside(event: Any) -> None:
    told = Told()
    take_event(told, event, PAGE, NOW)
    assert len(told.unread) == 1


def test_it_takes_the_largest_picture_documents_and_links_to_videos() -> None:
    sizes = [
        {"type": "s", "width": 75, "height": 56, "url": "https://sun.example/s.jpg"},
        {"type": "w", "width": 2560, "height": 1920, "url": "https://sun.example/w.jpg"},
        {"type": "x", "width": 604, "height": 453, "url": "https://sun.example/x.jpg"},
    ]
    old = [
        {"type": "m", "width": 0, "height": 0, "url": "https://sun.example/m.jpg"},
        {"type": "y", "width": 0, "height": 0, "url": "https://sun.example/y.jpg"},
    ]
    attachments = [
        {"type": "photo", "photo": {"id": 1, "owner_id": 501, "sizes": sizes}},
        {"type": "photo", "photo": {"id": 2, "owner_id": 501, "sizes": old}},
        {
            "type": "photo",
            "photo": {"id": 3, "owner_id": 501, "sizes": old, "orig_photo": {"url": "https://o.jpg"}},
        },
        {
            "type": "doc",
            "doc": {"id": 4, "owner_id": 501, "title": "акт.pdf", "ext": "pdf", "url": "https://d.pdf"},
        },
        {"type": "video", "video": {"id": 5, "owner_id": -7, "title": "Двор"}},
        {"type": "sticker", "sticker": {"sticker_id": 6}},
        {"type": "photo"},
        "strange",
    ]
    assert media_of(attachments) == (
        Media("https://sun.example/w.jpg", "photo501_1.jpg", "photo"),
        Media("https://sun.example/y.jpg", "photo501_2.jpg", "photo"),
        Media("https://o.jpg", "photo501_3.jpg", "photo"),
        Media("https://d.pdf", "акт.pdf", "doc"),
        Media("https://vk.com/video-7_5", "Двор", "video"),
    )
    assert media_of(None) == ()


def test_names_carry_all_that_is_needed_to_answer() -> None:
    assert wall_place("wall-7_12_r31") == WallPlace(-7, 12, 31)
    assert wall_place("wall-7_12") == WallPlace(-7, 12)
    assert wall_place("msg-5-1@7") is None
    assert talk_of("msg-501-5@7") == talk_of("peer-501@7") == Talk(501, 7)
    assert talk_of("https://vk.com/id501") == Talk(501)
    assert talk_of("https://vk.com/wall-7_12") is None
    assert seen_text("Спросите [club7|администрацию] и [id1:bp-7_2|нас]") == "Спросите администрацию и нас"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Во дворе снова ямы", True),
        ("прорвало трубу на улице Лесной", True),
        ("улица Полевая, дом у Лесной", False),
        ("ямочный ремонт", False),
        ("", False),
    ],
)
def test_it_finds_words_in_any_form_and_phrases_in_a_row(text: str, found: bool) -> None:
    assert Keywords(["яма", "улица Лесная", " "]).found_in(text) is found
