"""Turns of reading: what updates mean, what is confirmed when, what the faults of the network become."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from otklik.channels.adapters.source import Account, Call, Fetched, Heard, Stranger, Unreachable, Unread
from otklik.channels.adapters.telegram.client import REFUSED_KEY, TWO_READERS
from otklik.channels.adapters.telegram.listener import HEADER, TelegramListener
from otklik.channels.adapters.telegram.source import STRANGE, TelegramSource
from otklik.channels.adapters.telegram.tests.conftest import account_for
from otklik.channels.incoming import Media
from otklik.common.errors import Refused
from tests.fakes.messenger import jpeg
from tests.fakes.telegram import Telegram

SOURCE = TelegramSource()


def fetch(account: Account, cursor: dict[str, Any] | None = None) -> Fetched:
    return SOURCE.fetch(account, cursor or {})


def test_it_hears_a_private_talk(telegram: Telegram, account: Account) -> None:
    anna = telegram.person(7, "Анна")
    telegram.say(anna, "/start")
    line = telegram.say(anna, "Не горит <фонарь>")
    telegram.locate(anna, 58.38, 33.91)
    start, text, point = fetch(account).said
    assert (start.what, start.chat, start.name) == ("start", "7", "Анна")
    assert (text.what, text.text, text.outer_id) == ("text", "Не горит <фонарь>", f"7:{line.number}")
    assert (point.lat, point.lon) == (58.38, 33.91)


def test_it_confirms_only_what_the_cursor_says_was_kept(telegram: Telegram, account: Account) -> None:
    anna = telegram.person(7, "Анна")
    telegram.say(anna, "раз")
    first = fetch(account)
    assert [one.text for one in fetch(account).said] == ["раз"]
    telegram.say(anna, "два")
    second = fetch(account, dict(first.cursor))
    assert [one.text for one in second.said] == ["два"]
    assert fetch(account, dict(second.cursor)).cursor == second.cursor


def test_it_drops_an_old_offset_since_telegram_numbers_anew_after_a_week(
    telegram: Telegram, account: Account
) -> None:
    telegram.say(telegram.person(7, "Анна"), "раз")
    now = datetime.now(UTC)
    old = {"offset": 999999, "at": (now - timedelta(days=8)).isoformat()}
    assert len(fetch(account, old).said) == 1
    assert fetch(account, {"offset": 999999, "at": now.isoformat()}).said == []


def test_it_puts_what_came_in_the_wrong_order_right(telegram: Telegram, account: Account) -> None:
    anna = telegram.person(7, "Анна")
    for word in ("раз", "два", "три"):
        telegram.say(anna, word)
    telegram.faults.shuffle(only="getUpdates")
    assert [one.text for one in fetch(account).said] == ["раз", "два", "три"]


def test_it_takes_the_largest_picture_and_opens_it_with_the_account(
    telegram: Telegram, account: Account
) -> None:
    content = jpeg("red")
    telegram.photo(telegram.person(7, "Анна"), "яма", content, album="a1")
    said = fetch(account).said[0]
    assert (said.text, said.album, len(said.media)) == ("яма", "a1", 1)
    assert SOURCE.open_media(account, said.media[0]) == content
    with pytest.raises(Refused, match="20 МБ"):
        SOURCE.open_media(account, Media("telegram:gone"))


def test_it_hears_a_press_and_an_edit_once_each(telegram: Telegram, account: Account) -> None:
    anna = telegram.person(7, "Анна")
    line = telegram.say(anna, "Яма")
    telegram.post(telegram.private(anna), "Отправить?", buttons=[[("Отправить", "send")]])
    telegram.press(anna, "Отправить")
    telegram.edit(line, "Яма на Садовой")
    fetched = fetch(account)
    assert [(one.what, one.data) for one in fetched.said] == [("text", ""), ("press", "send"), ("edited", "")]
    assert len({one.outer_id for one in fetched.said}) == 3
    assert [(one.outer_id, one.kind, one.text) for one in fetched.changes] == [
        (f"7:{line.number}", "edited", "Яма на Садовой")
    ]


def test_it_keeps_of_a_group_only_what_is_said_to_the_bot(telegram: Telegram, account: Account) -> None:
    group = telegram.group(-100500, "Двор на Садовой")
    anna, boris = telegram.person(7, "Анна"), telegram.person(8, "Борис")
    telegram.say(anna, "Кто гуляет вечером?", group.number)
    asked = telegram.say(anna, "@gorod_bot, на Садовой яма", group.number)
    ours = telegram.post(group, "Разберёмся")
    telegram.say(boris, "и у нас", group.number, answers=ours.number)
    telegram.photo(boris, "/problema мусор", album="m", chat=group.number)
    telegram.photo(boris, "", album="m", chat=group.number)
    telegram.photo(anna, "", album="cats", chat=group.number)
    fetched = fetch(account)
    assert [(one.text, len(one.media)) for one in fetched.incomings] == [
        ("на Садовой яма", 0),
        ("и у нас", 0),
        ("мусор", 2),
    ]
    first, second, _ = fetched.incomings
    assert (first.outer_id, first.thread, first.page) == (f"-100500:{asked.number}", "-100500", group.title)
    assert (first.author, first.outer_author) == ("", "7")
    assert second.parent == f"-100500:{ours.number}"
    assert [one.what for one in fetched.said] == ["joined"]


def test_it_hears_key_words_of_the_settings(telegram: Telegram) -> None:
    group = telegram.group(-100500, "Двор")
    telegram.say(telegram.person(7, "Анна"), "Опять нет горячей воды", group.number)
    assert fetch(account_for(telegram)).incomings == []
    assert len(fetch(account_for(telegram, key_words=["горяч"])).incomings) == 1


def test_it_tells_when_a_group_puts_the_bot_out(telegram: Telegram, account: Account) -> None:
    telegram.put_out(telegram.group(-100500, "Двор"))
    telegram.block(telegram.person(7, "Анна"))
    assert [(one.what, one.chat) for one in fetch(account).said] == [
        ("joined", "-100500"),
        ("left", "-100500"),
        ("stopped", "7"),
    ]
    assert "«Двор»" in fetch(account_for(telegram, left_chats={"-100500": "Двор"})).words


def test_it_puts_a_strange_update_aside_and_reads_on(telegram: Telegram, account: Account) -> None:
    telegram.strange(message={"nothing": "known"})
    telegram.say(telegram.person(7, "Анна"), "раз")
    fetched = fetch(account)
    assert [one.text for one in fetched.said] == ["раз"]
    assert len(fetched.unread) == 1
    assert fetch(account, dict(fetched.cursor)).said == []


@pytest.mark.parametrize("fault", ["fail", "outage", "half_body", "lose_answer", "wrong_json"])
def test_it_says_in_words_that_the_network_is_out(telegram: Telegram, account: Account, fault: str) -> None:
    fetch(account)
    getattr(telegram.faults, fault)()
    with pytest.raises(Unreachable, match="Telegram") as shut:
        fetch(account)
    assert telegram.url not in shut.value.words


def test_it_waits_as_long_as_telegram_asks(telegram: Telegram, account: Account) -> None:
    fetch(account)
    telegram.ask_to_wait(17)
    with pytest.raises(Unreachable) as shut:
        fetch(account)
    assert shut.value.wait == timedelta(seconds=17)


def test_it_names_a_wrong_token_two_readers_and_a_page_instead_of_an_answer(telegram: Telegram) -> None:
    with pytest.raises(Unreachable, match=REFUSED_KEY):
        fetch(account_for(telegram, token="100200:wrong"))
    with pytest.raises(Unreachable, match=REFUSED_KEY):
        fetch(account_for(telegram, token="words"))
    with pytest.raises(Unreachable, match="нет токена"):
        fetch(account_for(telegram, token=""))
    telegram.webhook = "https://gorod.example/hooks/"
    with pytest.raises(Unreachable, match=TWO_READERS):
        fetch(account_for(telegram))
    telegram.faults.wrong_json(only="getUpdates", text='{"ok": true, "result": "?"}')
    with pytest.raises(Unreachable, match=STRANGE):
        fetch(account_for(telegram))


def hear(account: Account, update: dict[str, Any], secret: str = "s3cret") -> Heard:
    call = Call("POST", {HEADER: secret}, {}, json.dumps(update).encode(), datetime.now(UTC))
    return TelegramListener().hear(account, call)


def test_it_hears_the_same_by_a_call(telegram: Telegram, account: Account) -> None:
    telegram.say(telegram.person(7, "Анна"), "раз")
    update = telegram.updates[0]
    assert hear(account, update).said == fetch(account).said
    assert hear(account, update) == hear(account, update)


def test_it_hears_calls_while_the_network_is_out(telegram: Telegram) -> None:
    group = telegram.group(-100500, "Двор")
    ours = telegram.post(group, "Разберёмся")
    telegram.say(telegram.person(7, "Анна"), "и у нас", group.number, answers=ours.number)
    telegram.faults.outage()
    heard = hear(account_for(telegram), telegram.updates[-1])
    assert [one.text for one in heard.incomings] == ["и у нас"]


@pytest.mark.parametrize("secret", ["", "other"])
def test_it_believes_no_stranger(telegram: Telegram, account: Account, secret: str) -> None:
    telegram.say(telegram.person(7, "Анна"), "раз")
    with pytest.raises(Stranger):
        hear(account, telegram.updates[0], secret)


def test_it_believes_no_call_of_the_day_before_yesterday(telegram: Telegram, account: Account) -> None:
    telegram.say(telegram.person(7, "Анна"), "раз")
    update = telegram.updates[0]
    update["message"]["date"] -= 2 * 86400
    with pytest.raises(Stranger):
        hear(account, update)


def test_it_keeps_an_unreadable_call(account: Account) -> None:
    with pytest.raises(Unread):
        hear(account, {"update_id": "?"})


def test_it_asks_nothing_where_the_channel_lives_by_calls(telegram: Telegram) -> None:
    telegram.say(telegram.person(7, "Анна"), "раз")
    assert fetch(account_for(telegram, long_poll=False), {"kept": 1}) == Fetched(cursor={"kept": 1})
    assert telegram.calls == []
