"""Reading of pages by turns from the fake network: nothing lost, nothing taken for ours, troubles in words."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from otklik.channels.adapters.source import Unreachable
from otklik.channels.adapters.vk.open_pages import _whose
from otklik.channels.adapters.vk.tests.conftest import Desk, account_for


def with_settings(desk: Desk, **settings: Any) -> None:
    desk.account = replace(desk.account, settings={**desk.account.settings, **settings})


def test_it_begins_from_now_and_reads_comments_posts_and_messages_in_order(desk: Desk) -> None:
    vk, group = desk.vk, desk.page.group_id
    post = vk.post(group, "Начинаем ремонт набережной")
    vk.say(500, "До подключения", group_id=group, post=post)
    assert desk.texts() == []
    vk.say(501, "Когда вывезут мусор?", group_id=group, post=post, with_photo=True)
    vk.post(group, "Не горит фонарь", author=502)
    vk.say(503, "Пишу лично", group_id=group)
    comment, offered, message = desk.turn().incomings
    assert (comment.text, comment.thread) == ("Когда вывезут мусор?", f"wall-{group}_{post}")
    assert comment.outer_author == "https://vk.com/id501"
    assert comment.author == ""
    assert comment.media[0].url.endswith("-w.png")
    assert (offered.text, offered.page) == ("Не горит фонарь", "Администрация округа")
    assert (message.text, message.thread) == ("Пишу лично", f"peer-503@{group}")
    assert desk.texts() == []


def test_it_follows_edits_and_removals_and_leaves_what_the_page_says(desk: Desk) -> None:
    vk, group = desk.vk, desk.page.group_id
    post = vk.post(group, "Пост")
    desk.turn()
    comment = vk.say(501, "Яма на Лесной", group_id=group, post=post)
    vk.comment(desk.page, -group, post, "Спасибо, разберёмся")
    number = vk.say(501, "И лично", group_id=group)
    assert desk.texts() == ["Яма на Лесной", "И лично"]
    vk.edit_comment(comment, "Яма на Лесной, 5", group)
    vk.edit_message(501, number, "И лично тоже", group)
    vk.remove_comment(comment, group)
    changes = [(one.outer_id, one.kind, one.text) for one in desk.turn().changes]
    assert changes == [
        (f"wall-{group}_{post}_r{comment}", "edited", "Яма на Лесной, 5"),
        (f"msg-501-{number}@{group}", "edited", "И лично тоже"),
        (f"wall-{group}_{post}_r{comment}", "removed", ""),
    ]


def test_it_goes_on_with_a_new_key_and_loses_nothing(desk: Desk) -> None:
    desk.turn()
    desk.vk.say(501, "Первое", group_id=desk.page.group_id)
    desk.vk.end_session(desk.page.group_id)
    assert desk.texts() == ["Первое"]


@pytest.mark.parametrize("lose", ["forget_events", "lose_everything"])
def test_it_finds_by_other_ways_what_the_network_has_lost(desk: Desk, lose: str) -> None:
    vk, group = desk.vk, desk.page.group_id
    post = vk.post(group, "Пост")
    above = vk.say(500, "Старый комментарий", group_id=group, post=post)
    desk.page.comments[above]["date"] -= 90_000
    desk.turn()
    vk.say(501, "Под старым", group_id=group, post=post, answers=above)
    vk.say(502, "Новый", group_id=group, post=post)
    vk.say(503, "Лично", group_id=group)
    vk.post(group, "На стене", author=504)
    getattr(vk, lose)(group)
    fetched = desk.turn()
    assert {one.text for one in fetched.incomings} == {"Под старым", "Новый", "Лично", "На стене"}
    assert fetched.unread == []
    vk.say(505, "Дальше", group_id=group)
    assert desk.texts() == ["Дальше"]


def test_it_says_what_must_be_looked_through_when_walls_cannot_be_read(desk: Desk) -> None:
    vk, group = desk.vk, desk.page.group_id
    desk.account = replace(desk.account, secrets={f"token-{group}": f"token-{group}"})
    desk.turn()
    vk.say(503, "Лично", group_id=group)
    vk.forget_events(group)
    fetched = desk.turn()
    assert [one.text for one in fetched.incomings] == ["Лично"]
    assert "service_token" in fetched.unread[0].words


def test_it_keeps_its_place_when_the_search_for_lost_events_fails(desk: Desk) -> None:
    vk, group = desk.vk, desk.page.group_id
    desk.turn()
    vk.say(503, "Лично", group_id=group)
    vk.forget_events(group)
    vk.refuse(10, "wall.get")
    with pytest.raises(Unreachable, match="внутренняя ошибка"):
        desk.turn()
    assert desk.texts() == ["Лично"]


@pytest.mark.parametrize(
    ("code", "words", "wait"),
    [
        (5, "не принимает ключ", timedelta(minutes=15)),
        (15, "не пускает", timedelta(minutes=15)),
        (29, "суточный предел", timedelta(hours=6)),
        (77, "с кодом 77", timedelta(seconds=30)),
    ],
)
def test_it_says_refusals_of_the_network_in_words(desk: Desk, code: int, words: str, wait: timedelta) -> None:
    desk.vk.refuse(code, "groups.getLongPollServer")
    with pytest.raises(Unreachable, match=words) as caught:
        desk.turn()
    assert caught.value.wait == wait


def test_it_waits_and_asks_again_when_told_to_be_slower(desk: Desk) -> None:
    desk.vk.refuse(6, "groups.getLongPollServer")
    assert desk.texts() == []


@pytest.mark.parametrize("fault", ["fail", "half_body", "lose_answer", "wrong_json"])
def test_it_reads_everything_after_a_spoilt_turn(desk: Desk, fault: str) -> None:
    desk.turn()
    desk.vk.say(501, "Не потеряйте", group_id=desk.page.group_id)
    getattr(desk.vk.faults, fault)()
    with pytest.raises(Unreachable):
        desk.turn()
    assert desk.texts() == ["Не потеряйте"]


def test_it_takes_doubled_and_shuffled_events_for_what_they_are(desk: Desk) -> None:
    vk, group = desk.vk, desk.page.group_id
    post = vk.post(group, "Пост")
    desk.turn()
    comment = vk.say(501, "Было", group_id=group, post=post)
    vk.edit_comment(comment, "Стало", group)
    vk.faults.duplicate()
    fetched = desk.turn()
    assert [one.outer_id for one in fetched.incomings] == [f"wall-{group}_{post}_r{comment}"]
    assert [one.text for one in fetched.changes if one.kind == "edited"] == ["Стало"]


def test_it_reads_the_other_pages_when_one_cannot_be_read(desk: Desk) -> None:
    vk = desk.vk
    second = vk.community(9000, "Парк")
    account = account_for(vk, [desk.page, second])
    desk.account = replace(account, secrets={**account.secrets, f"token-{desk.page.group_id}": "token-77777"})
    assert "Администрация округа" in desk.turn().words
    vk.say(501, "В парк", group_id=9000)
    fetched = desk.turn()
    assert [one.text for one in fetched.incomings] == ["В парк"]
    assert "ключ доступа" in fetched.words


def test_it_takes_posts_of_open_pages_by_words_and_follows_them(desk: Desk) -> None:
    vk, page = desk.vk, desk.vk.community(9100, "Подслушано в округе")
    with_settings(desk, open_pages=["-9100"], words=["яма", "набережная реки"], open_every=0)
    vk.post(9100, "Старая яма")
    assert desk.texts() == []
    pit = vk.post(9100, "На Лесной опять ямы", views=100)
    vk.post(9100, "Продам гараж")
    vk.post(9100, "Грязь на набережной реки")
    vk.post(9100, "Набережная хорошая, а у реки сыро")
    vk.post(9100, f"[club{desk.page.group_id}|Администрация], ответьте")
    fetched = desk.turn()
    texts = ["На Лесной опять ямы", "Грязь на набережной реки", "Администрация, ответьте"]
    assert [one.text for one in fetched.incomings] == texts
    assert fetched.incomings[0].reach["views"] == 100
    assert fetched.incomings[0].page == "https://vk.com/club9100"
    page.posts[pit]["text"] = "На Лесной опять ямы!"
    page.posts[pit]["views"]["count"] = 900
    changes = {(one.kind, one.text, one.reach.get("views")) for one in desk.turn().changes}
    assert changes == {("edited", "На Лесной опять ямы!", None), ("reach", "", 900)}
    del page.posts[pit]
    assert [(one.outer_id, one.kind) for one in desk.turn().changes] == [(f"wall-9100_{pit}", "removed")]
    assert desk.turn().changes == []


def test_an_open_page_that_is_gone_stops_no_other(desk: Desk) -> None:
    vk = desk.vk
    vk.community(9100, "Подслушано в округе")
    with_settings(desk, open_pages=["closed-page", "https://vk.com/club9100"], words=["яма"], open_every=0)
    desk.turn()
    vk.post(9100, "На Лесной ямы")
    fetched = desk.turn()
    assert [one.text for one in fetched.incomings] == ["На Лесной ямы"]
    assert "«closed-page»" in fetched.words


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("-9100", {"owner_id": -9100}),
        ("9100", {"owner_id": -9100}),
        ("https://vk.com/public9100/", {"owner_id": -9100}),
        ("m.vk.com/gorod_online", {"domain": "gorod_online"}),
    ],
)
def test_a_listed_page_is_a_community(name: str, asked: dict[str, Any]) -> None:
    assert _whose(name) == asked


def test_the_wall_of_a_person_is_not_read(desk: Desk) -> None:
    page = desk.vk.community(9100, "Подслушано в округе")
    with_settings(desk, open_pages=["-9100"], words=["яма"], open_every=0)
    desk.turn()
    post = desk.vk.post(9100, "На Лесной ямы")
    page.posts[post]["owner_id"] = 501
    fetched = desk.turn()
    assert fetched.incomings == []
    assert "страница человека" in fetched.words


def test_it_follows_how_far_posts_with_comments_are_seen(desk: Desk) -> None:
    vk, group = desk.vk, desk.page.group_id
    with_settings(desk, open_every=0)
    post = vk.post(group, "Ремонт двора", views=40)
    desk.turn()
    comment = vk.say(501, "Когда у нас?", group_id=group, post=post)
    (change,) = desk.turn().changes
    assert (change.outer_id, change.kind, change.reach["views"]) == (
        f"wall-{group}_{post}_r{comment}",
        "reach",
        40,
    )
    assert desk.turn().changes == []
    desk.page.posts[post]["views"]["count"] = 400
    (change,) = desk.turn().changes
    assert change.reach["views"] == 400
    del desk.page.posts[post]
    assert desk.turn().changes == []


def test_it_puts_an_event_of_an_unknown_shape_aside_and_reads_on(desk: Desk) -> None:
    desk.turn()
    desk.page.tell("wall_reply_new", {"strange": True})
    desk.vk.say(501, "После", group_id=desk.page.group_id)
    fetched = desk.turn()
    assert [one.text for one in fetched.incomings] == ["После"]
    assert "не прочитано" in fetched.unread[0].words


def test_it_asks_for_settings_in_words(desk: Desk) -> None:
    with_settings(desk, pages=[])
    with pytest.raises(Unreachable, match="pages"):
        desk.turn()


def test_it_keeps_everything_through_a_storm(desk: Desk) -> None:
    vk, group = desk.vk, desk.page.group_id
    post = vk.post(group, "Пост")
    desk.turn()
    vk.faults.storm(0.5, seed=7)
    said, read = [f"Сообщение {number}" for number in range(8)], set()
    for number, text in enumerate(said):
        vk.say(500 + number, text, group_id=group, post=post if number % 2 else None)
        with suppress(Unreachable):
            read |= {one.outer_id for one in desk.turn().incomings}
    vk.faults.clear()
    read |= {one.outer_id for one in desk.turn().incomings}
    assert len(read) == len(said)


def test_it_leaves_events_to_calls_where_the_settings_say_so(desk: Desk) -> None:
    with_settings(desk, long_poll=False)
    desk.vk.say(501, "Придёт вызовом", group_id=desk.page.group_id)
    assert desk.texts() == []
    assert desk.cursor["pages"] == {}
