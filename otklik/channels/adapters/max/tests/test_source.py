"""Turns of reading MAX; the fake speaks as the real client expects."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from maxapi import Bot
from maxapi.methods.types.getted_updates import process_update_request

from otklik.channels.adapters.max.client import REFUSED_KEY, STRANGE
from otklik.channels.adapters.max.listener import HEADER, MaxListener
from otklik.channels.adapters.max.source import MaxSource
from otklik.channels.adapters.max.tests.conftest import account_for
from otklik.channels.adapters.source import Account, Call, Fetched, Heard, Stranger, Unreachable, Unread
from tests.fakes.max import TOKEN, Max

SOURCE = MaxSource()


def fetch(account: Account, cursor: dict[str, Any] | None = None) -> Fetched:
    return SOURCE.fetch(account, cursor or {})


def test_it_hears_a_private_talk(messenger: Max, account: Account) -> None:
    anna = messenger.person(7, "Анна")
    messenger.begin(anna)
    line = messenger.say(anna, "Не горит фонарь")
    messenger.locate(anna, 58.38, 33.91)
    messenger.photo(anna, "вот он")
    start, text, point, photo = fetch(account).said
    assert (start.what, start.chat, start.name) == ("start", "7", "Анна")
    assert (text.what, text.text, text.outer_id) == ("text", "Не горит фонарь", f"7:{line.number}")
    assert (point.lat, point.lon) == (58.38, 33.91)
    assert (photo.text, len(photo.media), photo.media[0].kind) == ("вот он", 1, "photo")
    assert photo.media[0].url.startswith(messenger.url)


def test_it_confirms_only_what_the_cursor_says_was_kept(messenger: Max, account: Account) -> None:
    anna = messenger.person(7, "Анна")
    messenger.say(anna, "раз")
    first = fetch(account)
    assert [one.text for one in fetch(account).said] == ["раз"]
    messenger.say(anna, "два")
    second = fetch(account, dict(first.cursor))
    assert [one.text for one in second.said] == ["два"]
    assert fetch(account, dict(second.cursor)).said == []


def test_it_hears_a_press_an_edit_and_a_removal(messenger: Max, account: Account) -> None:
    anna = messenger.person(7, "Анна")
    line = messenger.say(anna, "Яма")
    messenger.post(messenger.private(anna), "Отправить?", buttons=[[("Отправить", "send")]])
    messenger.press(anna, "Отправить")
    messenger.edit(line, "Яма на Садовой")
    messenger.remove(line)
    fetched = fetch(account)
    assert [(one.what, one.data) for one in fetched.said] == [("text", ""), ("press", "send"), ("edited", "")]
    assert [(one.outer_id, one.kind, one.text) for one in fetched.changes] == [
        (f"7:{line.number}", "edited", "Яма на Садовой"),
        (f"7:{line.number}", "removed", ""),
    ]


def test_it_keeps_of_a_group_only_what_is_said_to_the_bot(messenger: Max, account: Account) -> None:
    group = messenger.group(-500, "Двор")
    anna = messenger.person(7, "Анна")
    messenger.say(anna, "Кто гуляет вечером?", group.number)
    asked = messenger.say(anna, "@gorod_bot, на Садовой яма", group.number)
    ours = messenger.post(group, "Разберёмся")
    messenger.say(anna, "и у нас", group.number, answers=ours.number)
    messenger.put_out(group)
    fetched = fetch(account)
    assert [one.text for one in fetched.incomings] == ["на Садовой яма", "и у нас"]
    first, second = fetched.incomings
    assert (first.outer_id, first.thread, first.author) == (f"-500:{asked.number}", "-500", "")
    assert second.parent == f"-500:{ours.number}"
    assert [one.what for one in fetched.said] == ["joined", "left"]


def test_it_hears_its_own_name_by_the_mark_of_the_messenger(messenger: Max, account: Account) -> None:
    group = messenger.group(-500, "Двор")
    messenger.say(messenger.person(7, "Анна"), "Город, тут яма", group.number)
    messenger.updates[-1][1]["message"]["body"]["markup"] = [
        {"type": "user_mention", "from": 0, "length": 5, "user_id": 100200}
    ]
    assert [one.text for one in fetch(account).incomings] == ["Город, тут яма"]


def test_it_puts_a_strange_update_aside_and_reads_on(messenger: Max, account: Account) -> None:
    messenger.strange(message={"nothing": "known"})
    messenger.say(messenger.person(7, "Анна"), "раз")
    fetched = fetch(account)
    assert ([one.text for one in fetched.said], len(fetched.unread)) == (["раз"], 1)


@pytest.mark.parametrize("fault", ["fail", "outage", "half_body", "lose_answer", "wrong_json"])
def test_it_says_in_words_that_the_network_is_out(messenger: Max, account: Account, fault: str) -> None:
    fetch(account)
    getattr(messenger.faults, fault)()
    with pytest.raises(Unreachable):
        fetch(account)


def test_it_names_a_wrong_token_and_an_answer_of_another_shape(messenger: Max) -> None:
    with pytest.raises(Unreachable, match=REFUSED_KEY):
        fetch(account_for(messenger, token="other"))
    with pytest.raises(Unreachable, match="нет токена"):
        fetch(account_for(messenger, token=""))
    fetch(account_for(messenger))
    messenger.faults.wrong_json(text='{"updates": "?"}')
    with pytest.raises(Unreachable, match=STRANGE):
        fetch(account_for(messenger))


def hear(
    account: Account, update: dict[str, Any], secret: str = "s3cret", later: timedelta = timedelta()
) -> Heard:
    call = Call("POST", {HEADER: secret}, {}, json.dumps(update).encode(), datetime.now(UTC) + later)
    return MaxListener().hear(account, call)


def test_it_hears_the_same_by_a_call(messenger: Max, account: Account) -> None:
    messenger.say(messenger.person(7, "Анна"), "раз")
    update = messenger.updates[0][1]
    assert hear(account, update).said == fetch(account).said


def test_it_believes_no_stranger_and_no_old_call(messenger: Max, account: Account) -> None:
    messenger.say(messenger.person(7, "Анна"), "раз")
    update = messenger.updates[0][1]
    for secret, later in (("", timedelta()), ("other", timedelta()), ("s3cret", timedelta(hours=10))):
        with pytest.raises(Stranger):
            hear(account, update, secret, later)
    with pytest.raises(Unread):
        hear(account, {"timestamp": "?"})


def test_the_real_client_cannot_tell_the_fake(messenger: Max) -> None:
    """maxapi reads every kind of update and of answer that the fake gives."""
    anna = messenger.person(7, "Анна")
    messenger.begin(anna)
    line = messenger.say(anna, "Не горит фонарь")
    messenger.photo(anna, "вот он")
    messenger.locate(anna, 58.38, 33.91)
    messenger.edit(line, "Не горит второй фонарь")
    messenger.put_out(messenger.group(-500, "Двор"))

    async def talk() -> list[str]:
        bot = Bot(TOKEN)
        bot.set_api_url(messenger.url)
        try:
            assert (await bot.get_me()).user_id == 100200
            sent = await bot.send_message(chat_id=7, text="<b>Принято</b>", format="html")  # type: ignore[arg-type]
            assert sent is not None and sent.message.body is not None
            told = await bot.get_updates(limit=100, timeout=0)
            return [str(one.update_type) for one in await process_update_request(told, bot)]
        finally:
            await bot.close_session()

    # In a thread of its own: a browser of an earlier test may keep a loop running in this one.
    with ThreadPoolExecutor(1) as apart:
        kinds = apart.submit(lambda: asyncio.run(talk())).result()
    assert [kind.rpartition(".")[2].lower() for kind in kinds] == [
        "bot_started", "message_created", "message_created", "message_created", "message_edited",
        "bot_added", "bot_removed",
    ]  # fmt: skip
    assert messenger.heard(anna) == ["Принято"]


def test_it_asks_nothing_where_the_channel_lives_by_calls(messenger: Max) -> None:
    messenger.say(messenger.person(7, "Анна"), "раз")
    assert fetch(account_for(messenger, long_poll=False), {"kept": 1}) == Fetched(cursor={"kept": 1})
    assert messenger.calls == []
