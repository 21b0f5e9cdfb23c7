"""docs/recipes/add-a-channel.md followed literally: its code is a channel, and the channel works both ways."""

from datetime import timedelta

import pytest

from otklik.channels.adapters.sources import SOURCES
from otklik.channels.models import Channel, Feed, MediaFetch, RawMessage
from otklik.channels.services import make_outgoing
from otklik.channels.services.delivery import deliver_waiting
from tests.chaos.recipe import FILE, RECIPE, lines
from tests.chaos.worker import NOW, kept, read_on
from tests.fakes.guestbook import TOKEN, Guestbook


def test_it_is_one_folder_and_two_lines() -> None:
    paths = [path for path, _ in FILE.findall(RECIPE.read_text(encoding="utf-8"))]
    assert [path.rpartition("/")[2] for path in paths] == ["client.py", "source.py", "adapter.py"]
    assert set(lines()) == {"SOURCES", "ADAPTERS"}


def test_it_brings_a_note_and_takes_the_answer_back(channel: Channel, feed: Feed, book: Guestbook) -> None:
    number = book.say("У моста яма", "guest-7", at=NOW - timedelta(minutes=3))
    read_on(feed, NOW)
    raw = RawMessage.objects.get(channel=channel)
    assert (raw.outer_id, raw.payload["text"], raw.payload["thread"]) == (str(number), "У моста яма", "1")
    assert feed.cursor == {"after": number}
    make_outgoing(
        channel,
        "answer",
        "2026-1",
        raw.payload["thread"],
        "",
        "Засыпали.",
        "1:answer",
        reply_to=raw.outer_id,
        now=NOW,
    )
    assert deliver_waiting(channel.municipality, NOW) == 1
    assert [(one.place, one.text) for one in book.posted] == [("1", "Засыпали.")]


def test_it_puts_an_unreadable_note_into_the_tray_and_reads_on(feed: Feed, book: Guestbook) -> None:
    book.say("Первая")
    book.say("Без времени")
    book.notes[1]["at"] = "вчера"
    book.say("Третья")
    read_on(feed, NOW)
    assert kept(feed) == ["Первая", "Третья"]
    tray = RawMessage.objects.get(channel=feed.channel, state="failed")
    assert "нет текста или времени" in tray.error
    assert tray.payload["unread"]["text"] == "Без времени"


def test_it_lets_no_unkeepable_note_stop_the_channel(feed: Feed, book: Guestbook) -> None:
    book.say("Первая")
    book.say("Год наоборот", author="\ud800", link="x\x00y")
    book.say("С датой до начала времён")
    book.notes[2]["at"] = "0001-01-01T00:00:00+14:00"
    book.say("Последняя")
    read_on(feed, NOW)
    assert {"Первая", "Последняя"} <= set(kept(feed))
    assert feed.cursor == {"after": 4}


def test_it_reads_many_pages_in_one_go(feed: Feed, book: Guestbook) -> None:
    texts = [f"Запись {number}" for number in range(120)]
    for number, text in enumerate(texts):
        book.say(text, at=NOW - timedelta(minutes=200 - number))
    read_on(feed, NOW)
    assert kept(feed) == texts


def test_it_leaves_pictures_to_be_fetched_after(feed: Feed, book: Guestbook) -> None:
    book.say("Смотрите", pictures=[f"{book.url}/1.jpg", f"{book.url}/2.jpg"])
    read_on(feed, NOW)
    read_on(feed, NOW + timedelta(minutes=1))
    assert [row.position for row in MediaFetch.objects.order_by("position")] == [0, 1]


def test_it_says_in_words_that_the_key_is_not_good(channel: Channel, feed: Feed, book: Guestbook) -> None:
    channel.secrets.update(sealed="broken")
    read_on(feed, NOW, hours=0.01)
    assert "секрет" in feed.error.lower()
    assert TOKEN not in feed.error


def test_it_says_that_a_kind_without_a_source_cannot_be_read(
    feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(SOURCES, "guestbook")
    read_on(feed, NOW, hours=0.01)
    assert "читать нечем" in feed.error
