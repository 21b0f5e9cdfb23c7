"""Reading of groups by turns from the fake network: nothing lost, changes followed, troubles in words."""

from dataclasses import replace

import pytest

from otklik.channels.adapters.ok.tests.conftest import Desk
from otklik.channels.adapters.source import Unreachable


def test_it_begins_from_now_and_reads_all_pages_of_comments_and_messages(desk: Desk) -> None:
    ok = desk.ok
    post = ok.post(desk.number)
    ok.say("800", "До подключения", group_id=desk.number, post=post)
    ok.say("800", "Лично до подключения", group_id=desk.number)
    assert desk.texts() == []
    said = [f"Комментарий {number}" for number in range(5)]
    for number, text in enumerate(said):
        ok.say(f"80{number}", text, group_id=desk.number, post=post)
    ok.comment(desk.group, post, desk.number, "Ответ группы")
    fresh = ok.post(desk.number)
    ok.say("810", "Под новой записью", group_id=desk.number, post=fresh)
    ok.say("811", "Лично", group_id=desk.number)
    assert sorted(desk.texts()) == sorted([*said, "Под новой записью", "Лично"])
    # Messages of the last seconds are shown again: each is kept once by its number.
    assert set(desk.texts()) <= {"Лично"}


def test_it_follows_edits_and_removals(desk: Desk) -> None:
    post = desk.ok.post(desk.number)
    desk.turn()
    comments = [desk.ok.say("801", f"Яма {number}", group_id=desk.number, post=post) for number in range(3)]
    desk.turn()
    desk.ok.edit_comment(comments[0], "Исправлено")
    desk.ok.remove_comment(comments[1])
    assert {(one.outer_id, one.kind, one.text) for one in desk.turn().changes} == {
        (f"discussion:{post}:{comments[0]}@{desk.number}", "edited", "Исправлено"),
        (f"discussion:{post}:{comments[1]}@{desk.number}", "removed", ""),
    }
    assert desk.turn().changes == []


def test_it_takes_no_old_comments_of_a_post_it_did_not_follow(desk: Desk) -> None:
    post = desk.ok.post(desk.number)
    comment = desk.ok.say("801", "Прошлогодний", group_id=desk.number, post=post)
    desk.group.topics[post][0]["date_ms"] -= 365 * 86_400_000
    hidden = desk.group.topics.pop(post)
    desk.turn()
    desk.group.topics[post] = hidden
    desk.ok.say("802", "Сегодняшний", group_id=desk.number, post=post, answers=comment)
    assert desk.texts() == ["Сегодняшний"]


@pytest.mark.parametrize(
    ("code", "words"), [(102, "ключ доступа"), (10, "нет нужного права"), (104, "Подпись"), (8, "частыми")]
)
def test_it_says_refusals_of_the_network_in_words(desk: Desk, code: int, words: str) -> None:
    desk.ok.refuse(code, times=2)
    with pytest.raises(Unreachable, match=words):
        desk.turn()


def test_it_is_refused_with_a_wrong_signature(desk: Desk) -> None:
    secrets = {**desk.account.secrets, "session_secret_key": "wrong"}
    desk.account = replace(desk.account, secrets=secrets)
    assert "Подпись" in desk.turn().words


def test_it_reads_messages_while_comments_cannot_be_read(desk: Desk) -> None:
    desk.turn()
    desk.ok.say("804", "Лично", group_id=desk.number)
    desk.ok.refuse(10, "mediatopic.getTopics")
    fetched = desk.turn()
    assert [one.text for one in fetched.incomings] == ["Лично"]
    assert "нет нужного права" in fetched.words


@pytest.mark.parametrize("fault", ["fail", "half_body", "lose_answer", "wrong_json", "outage"])
def test_it_reads_everything_after_a_spoilt_turn(desk: Desk, fault: str) -> None:
    post = desk.ok.post(desk.number)
    desk.turn()
    desk.ok.say("801", "Не потеряйте", group_id=desk.number, post=post)
    desk.account = replace(desk.account, secrets={**desk.account.secrets, "group_token": ""})
    getattr(desk.ok.faults, fault)()
    with pytest.raises(Unreachable):
        desk.turn()
    desk.ok.faults.clear()
    assert desk.texts() == ["Не потеряйте"]


def test_it_puts_a_comment_of_an_unknown_shape_aside(desk: Desk) -> None:
    post = desk.ok.post(desk.number)
    desk.turn()
    desk.group.topics[post].append({"id": "x", "text": "Без автора"})
    desk.ok.say("801", "После", group_id=desk.number, post=post)
    fetched = desk.turn()
    assert [one.text for one in fetched.incomings] == ["После"]
    assert len(fetched.unread) == 1


def test_it_asks_for_settings_and_keys_in_words(desk: Desk) -> None:
    with pytest.raises(Unreachable, match="groups"):
        desk.source.fetch(replace(desk.account, settings={}), {})
    with pytest.raises(Unreachable, match="application_key"):
        desk.source.fetch(replace(desk.account, secrets={}), {})
