"""What leaves by the bot: parts, buttons, files, and what each refusal of Telegram means for the outgoing."""

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from pytest_django import Settings

from otklik.channels.adapters.base import SendResult
from otklik.channels.adapters.dialogue.sending import LOST
from otklik.channels.adapters.dialogue.tests.leaving import connected, leave_at
from otklik.channels.adapters.telegram.adapter import BLOCKED, EXPELLED, NO_CHAT, TelegramAdapter
from otklik.channels.files import store_file
from otklik.channels.models import Channel, Outgoing
from otklik.channels.services.delivery import deliver_waiting
from tests.fakes.telegram import TOKEN, Telegram

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
leave = partial(leave_at, NOW)


@pytest.fixture
def channel(telegram: Telegram, settings: Settings, tmp_path: Path) -> Channel:
    settings.MEDIA_ROOT = tmp_path / "files"
    channel = connected("telegram", telegram.url, TOKEN)
    telegram.say(telegram.person(7, "Анна"), "Не горит фонарь")
    return channel


def send(outgoing: Outgoing) -> SendResult:
    return TelegramAdapter().send(outgoing)


def test_it_answers_under_the_message_with_five_scores(telegram: Telegram, channel: Channel) -> None:
    first = telegram.lines_of(7)[0]
    result = send(leave(channel, "Свет <есть> & будет.", reply_to=f"7:{first.number}"))
    posted = telegram.posted[-1]
    assert (posted.place, posted.text) == ("7", "Ответ на № 14\n\nСвет <есть> & будет.")
    assert (posted.answers, posted.more["buttons"]) == (first.number, [["1", "2", "3", "4", "5"]])
    assert result == SendResult("sent", proof=f"7:{posted.identifier}")


def test_it_cuts_a_long_answer_and_puts_the_scores_under_its_end(
    telegram: Telegram, channel: Channel
) -> None:
    text = "Работы идут по плану. " * 400
    send(leave(channel, text))
    parts = [one.text for one in telegram.posted]
    assert len(parts) == 3
    assert all(part.endswith(".") for part in parts)
    assert [bool(one.more["buttons"]) for one in telegram.posted] == [False, False, True]


def test_it_goes_on_where_a_shut_way_has_stopped_it(telegram: Telegram, channel: Channel) -> None:
    outgoing = leave(channel, "Работы идут по плану. " * 400)
    telegram.faults.fail(502, only="sendMessage")
    assert deliver_waiting(channel.municipality, NOW) == 0
    outgoing.refresh_from_db()
    telegram.say(telegram.person(7, "Анна"), "жду")
    assert (outgoing.state, len(telegram.posted)) == ("waiting", 0)
    telegram.faults.clear()
    telegram.busy = []
    calls = iter([False, True])

    def refuse_second(text: str) -> None:
        if next(calls, False):
            telegram.faults.fail(502, only="sendMessage")

    telegram.after_post = refuse_second
    assert deliver_waiting(channel.municipality, NOW + timedelta(hours=1)) == 0
    telegram.after_post = None
    assert deliver_waiting(channel.municipality, NOW + timedelta(hours=3)) == 1
    assert len({one.text for one in telegram.posted}) == len(telegram.posted) == 3


def test_it_answers_in_the_group_without_scores_and_subject(telegram: Telegram, channel: Channel) -> None:
    group = telegram.group(-100500, "Двор")
    asked = telegram.say(telegram.person(7, "Анна"), "@gorod_bot яма", group.number)
    outer_id = f"-100500:{asked.number}"
    send(leave(channel, way="comment", reply_to=outer_id, recipient=""))
    posted = telegram.posted[-1]
    assert (posted.place, posted.text, posted.answers) == ("-100500", "Починили.", asked.number)
    assert posted.more["buttons"] == []


def test_it_sends_files_after_the_words(telegram: Telegram, channel: Channel) -> None:
    outgoing = leave(channel)
    outgoing.files.add(store_file(b"%PDF-1.7 act", "акт.pdf", channel.municipality))
    assert send(outgoing).state == "sent"
    assert [one.more["files"] for one in telegram.posted] == [[], ["акт.pdf"]]


def test_it_stops_the_pressed_button_from_blinking(telegram: Telegram, channel: Channel) -> None:
    anna = telegram.person(7, "Анна")
    telegram.post(telegram.private(anna), "?", buttons=[[("Да", "send")]])
    press = telegram.press(anna, "Да")
    send(leave(channel, "Отправлено.", "talk_wait", reply_to=f"press:{press.number}", recipient="7"))
    send(leave(channel, "Отправлено.", "talk_idle", reply_to="press:old", recipient="7"))
    assert telegram.town.acknowledged == [press.number]
    assert telegram.posted[-1].more["buttons"] == [["Новое сообщение"], ["Мои обращения"]]


def test_it_leaves_to_a_person_what_telegram_will_never_take(telegram: Telegram, channel: Channel) -> None:
    group = telegram.group(-100500, "Двор")
    telegram.block(telegram.person(7, "Анна"))
    telegram.put_out(group)
    assert send(leave(channel)) == SendResult("by_hand", error=BLOCKED)
    assert send(leave(channel, key="2", way="comment", reply_to="-100500:1")) == SendResult(
        "by_hand", error=EXPELLED
    )
    assert send(leave(channel, key="3", reply_to="99:1", recipient="99")) == SendResult(
        "by_hand", error=NO_CHAT
    )
    for nowhere in ("", "ул. Садовая, 3", "demo-1"):
        named = send(leave(channel, key=nowhere or "4", reply_to=nowhere, recipient=nowhere))
        assert named == SendResult("by_hand", error=NO_CHAT)
    assert send(leave(channel, key="5", reply_to="", recipient="")) == SendResult("by_hand", error=NO_CHAT)


def test_it_waits_as_long_as_telegram_asks(telegram: Telegram, channel: Channel) -> None:
    telegram.ask_to_wait(40)
    result = send(leave(channel))
    assert (result.state, result.wait) == ("retry", timedelta(seconds=40))


@pytest.mark.parametrize("fault", ["fail", "outage", "lose_answer", "wrong_json"])
def test_it_tries_again_what_surely_did_not_leave(telegram: Telegram, channel: Channel, fault: str) -> None:
    getattr(telegram.faults, fault)()
    assert (send(leave(channel)).state, telegram.posted) == ("retry", [])


def test_it_tries_again_after_a_page_of_a_gateway(telegram: Telegram, channel: Channel) -> None:
    telegram.faults.fail(502, only="sendMessage")
    assert (send(leave(channel)).state, telegram.posted) == ("retry", [])


@pytest.mark.parametrize("fault", ["half_body", "lose_answer", "wrong_json"])
def test_it_lets_a_person_look_whether_an_answer_has_left(
    telegram: Telegram, channel: Channel, fault: str
) -> None:
    outgoing = leave(channel)
    getattr(telegram.faults, fault)(only="sendMessage")
    assert deliver_waiting(channel.municipality, NOW) == 0
    outgoing.refresh_from_db()
    assert (outgoing.state, outgoing.error) == ("dead", LOST)
    assert len(telegram.posted) == 1


def test_it_asks_a_question_of_the_talk_again_after_a_broken_line(
    telegram: Telegram, channel: Channel
) -> None:
    telegram.faults.lose_answer(only="sendMessage")
    assert send(leave(channel, "Где это?", "talk_place", recipient="7")).state == "retry"


def test_it_follows_a_group_that_has_got_another_number(telegram: Telegram, channel: Channel) -> None:
    group = telegram.group(-500, "Двор")
    telegram.move(group, -100500)
    assert send(leave(channel, way="comment", reply_to="-500:1")).state == "sent"
    assert telegram.posted[-1].place == "-100500"
