"""What leaves by the bot of MAX: parts, buttons, files, a text looked for after a broken line."""

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from pytest_django import Settings

from otklik.channels.adapters.base import SendResult
from otklik.channels.adapters.dialogue.tests.leaving import connected, leave_at
from otklik.channels.adapters.max import adapter
from otklik.channels.adapters.max.adapter import BLOCKED, EXPELLED, MaxAdapter
from otklik.channels.files import store_file
from otklik.channels.models import Channel, Outgoing
from otklik.channels.services.delivery import deliver_waiting
from tests.fakes.max import TOKEN, Max

pytestmark = pytest.mark.django_db
# Before the clock of the fake: what it posts was posted after the outgoing had been left.
NOW = datetime(2026, 1, 20, 9, tzinfo=UTC)
leave = partial(leave_at, NOW, reply_to="7:mid.1")


@pytest.fixture
def channel(messenger: Max, settings: Settings, tmp_path: Path) -> Channel:
    settings.MEDIA_ROOT = tmp_path / "files"
    channel = connected("max", messenger.url, TOKEN)
    messenger.say(messenger.person(7, "Анна"), "Не горит фонарь")
    return channel


def send(outgoing: Outgoing) -> SendResult:
    return MaxAdapter().send(outgoing)


def test_it_answers_under_the_message_with_five_scores(messenger: Max, channel: Channel) -> None:
    first = messenger.lines_of(7)[0]
    result = send(leave(channel, "Свет <есть> & будет.", reply_to=f"7:{first.number}"))
    posted = messenger.posted[-1]
    assert (posted.place, posted.text) == ("7", "Ответ на № 14\n\nСвет <есть> & будет.")
    assert (posted.answers, posted.more["buttons"]) == (first.number, [["1", "2", "3", "4", "5"]])
    assert result == SendResult("sent", proof=f"7:{posted.identifier}")


def test_it_cuts_a_long_answer_and_sends_files_after_it(messenger: Max, channel: Channel) -> None:
    outgoing = leave(channel, "Работы идут по плану. " * 400)
    outgoing.files.add(store_file(b"%PDF-1.7 act", "акт.pdf", channel.municipality))
    messenger.not_ready = 1
    assert send(outgoing).state == "retry"
    deliver_waiting(channel.municipality, NOW)
    assert [bool(one.more["buttons"]) for one in messenger.posted[-4:]] == [False, False, True, False]
    assert messenger.posted[-1].more["files"] == ["акт.pdf"]


def test_it_asks_for_the_place_by_a_button(messenger: Max, channel: Channel) -> None:
    send(leave(channel, "Где это?", "talk_place", recipient="7", reply_to=""))
    assert messenger.posted[-1].more["buttons"] == [["Отправить точку"], ["Пропустить"], ["Отменить"]]


def test_it_stops_the_pressed_button_from_blinking(messenger: Max, channel: Channel) -> None:
    anna = messenger.person(7, "Анна")
    messenger.post(messenger.private(anna), "?", buttons=[[("Да", "send")]])
    press = messenger.press(anna, "Да")
    send(leave(channel, "Отправлено.", "talk_wait", reply_to=f"press:{press.number}", recipient="7"))
    send(leave(channel, "Отправлено.", "talk_idle", reply_to="press:old", recipient="7"))
    assert messenger.town.acknowledged == [press.number]


def test_it_leaves_to_a_person_what_max_will_never_take(messenger: Max, channel: Channel) -> None:
    group = messenger.group(-500, "Двор")
    messenger.block(messenger.person(7, "Анна"))
    messenger.put_out(group)
    assert send(leave(channel)) == SendResult("by_hand", error=BLOCKED)
    assert send(leave(channel, key="2", way="comment", reply_to="-500:1")) == SendResult(
        "by_hand", error=EXPELLED
    )


@pytest.mark.parametrize("fault", ["half_body", "lose_answer", "wrong_json"])
def test_it_sends_nothing_twice_after_a_broken_line(messenger: Max, channel: Channel, fault: str) -> None:
    outgoing = leave(channel)
    getattr(messenger.faults, fault)(only="/messages")
    assert deliver_waiting(channel.municipality, NOW) == 0
    assert deliver_waiting(channel.municipality, NOW + timedelta(hours=1)) == 1
    outgoing.refresh_from_db()
    assert (outgoing.state, len(messenger.posted)) == ("sent", 1)
    assert outgoing.proof == f"7:{messenger.posted[0].identifier}"


@pytest.mark.parametrize(
    ("pages", "at_once", "state"), [(40, False, "sent"), (1, False, "dead"), (40, True, "dead")]
)
def test_it_looks_through_all_a_lively_chat_has_said_since(
    messenger: Max, channel: Channel, monkeypatch: pytest.MonkeyPatch, pages: int, at_once: bool, state: str
) -> None:
    monkeypatch.setattr(adapter, "PAGES", pages)
    outgoing = leave(channel)
    if at_once:
        now = messenger.moment()
        monkeypatch.setattr(messenger, "moment", lambda: now)
    messenger.faults.lose_answer(only="/messages")
    assert deliver_waiting(channel.municipality, NOW) == 0
    for number in range(150):
        messenger.say(messenger.person(7, "Анна"), f"И у нас, {number}")
    deliver_waiting(channel.municipality, NOW + timedelta(hours=1))
    outgoing.refresh_from_db()
    assert (outgoing.state, len(messenger.posted)) == (state, 1)


def test_it_tries_again_through_an_outage_and_waits_as_asked(messenger: Max, channel: Channel) -> None:
    messenger.faults.outage()
    assert send(leave(channel)).state == "retry"
    messenger.faults.clear()
    messenger.faults.retry_after(40)
    assert send(leave(channel)).wait == timedelta(seconds=40)
    assert send(leave(channel)).state == "sent"
