"""Files of messages come after their messages: kept once, refused in words, tried again, asked of the network."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import pytest

from otklik.channels.adapters.source import Account, Attached, Change, Fetched, Unreachable
from otklik.channels.forget import erase_old
from otklik.channels.incoming import Incoming, Media
from otklik.channels.models import Channel, EarlyChange, MediaFetch, RawChange, RawMessage, StoredFile
from otklik.channels.rules import MAX_TRIES
from otklik.channels.services import channel_of_kind
from otklik.channels.services import media as media_service
from otklik.channels.services.changes import keep_changes
from otklik.channels.services.keeping import keep_brought
from otklik.channels.services.media import fetch_again, fetch_one
from otklik.common.errors import Refused
from otklik.common.models import Municipality

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PDF = b"%PDF-1.7 a paper"
HOUR = timedelta(hours=1)


@pytest.fixture
def channel(place: Municipality) -> Channel:
    return channel_of_kind(place, "api")


def keep(channel: Channel, *urls: str, files: Mapping[str, list[Attached]] | None = None) -> RawMessage:
    media = tuple(Media(url, name="снимок.jpg") for url in urls)
    incoming = Incoming(outer_id="1", text="Яма", came_at=NOW, media=media)
    keep_brought(Fetched([incoming], files=files or {}), channel, NOW)
    keep_brought(Fetched([incoming], files=files or {}), channel, NOW)
    return RawMessage.objects.get(channel=channel)


def answer(monkeypatch: pytest.MonkeyPatch, *answers: bytes | Exception) -> None:
    """What the outer network says to each request in turn."""
    left = list(answers)

    def say(url: str) -> tuple[bytes, str]:
        one = left.pop(0)
        if isinstance(one, Exception):
            raise one
        return one, "application/octet-stream"

    monkeypatch.setattr(media_service, "fetch_media", say)


def test_it_keeps_a_file_under_the_type_of_its_content(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, PDF)
    raw = keep(channel, "https://example.org/photo.jpg?size=big")
    row = raw.media.get()
    assert fetch_one(channel.municipality, row.pk, NOW)
    file = raw.files.get()
    assert (file.name, file.content_type, file.size) == ("снимок.pdf", "application/pdf", len(PDF))
    row.refresh_from_db()
    assert (row.state, row.file) == ("kept", file)


def test_it_says_why_a_file_will_not_come(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(
        monkeypatch, Refused("Ссылка на файл ведёт во внутреннюю сеть, по ней не ходим."), b"MZ\x90\x00binary"
    )
    raw = keep(channel, "https://example.org/1", "https://example.org/2")
    first, second = raw.media.order_by("position")
    assert not fetch_one(channel.municipality, first.pk, NOW)
    assert not fetch_one(channel.municipality, second.pk, NOW)
    errors = list(raw.media.order_by("position").values_list("state", "error"))
    assert [state for state, _ in errors] == ["failed", "failed"]
    assert "внутреннюю" in errors[0][1]
    assert "не принимаем" in errors[1][1]


def test_it_tries_again_and_then_gives_up_in_words(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, *[Unreachable("Сервер занят.", HOUR)] * MAX_TRIES, PDF)
    row = keep(channel, "https://example.org/1").media.get()
    now = NOW
    for tries in range(1, MAX_TRIES + 1):
        assert not fetch_one(channel.municipality, row.pk, now)
        row.refresh_from_db()
        assert row.tries == tries
        assert row.next_try_at is not None
        assert tries == MAX_TRIES or row.next_try_at >= now + HOUR
        now = max(now, row.next_try_at)
    assert (row.state, "Сервер занят" in row.error) == ("failed", True)
    fetch_again(row, None, now)
    assert fetch_one(channel.municipality, row.pk, now)
    with pytest.raises(Refused):
        fetch_again(row, None, now)


class Network:
    """A source that opens addresses of its own."""

    def fetch(self, account: Account, cursor: Mapping[str, Any]) -> Fetched:
        return Fetched()

    def open_media(self, account: Account, media: Media) -> bytes:
        assert media.url == "telegram:file-7"
        return PDF


def test_it_asks_the_channel_itself_for_an_address_of_the_network(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = keep(channel, "telegram:file-7").media.get()
    assert not fetch_one(channel.municipality, row.pk, NOW)
    row.refresh_from_db()
    assert "не отдаёт" in row.error
    fetch_again(row, None, NOW)
    monkeypatch.setattr(media_service, "source_for", lambda channel: Network())
    assert fetch_one(channel.municipality, row.pk, NOW)


def test_it_stores_files_that_came_inside_once_and_names_those_it_may_not_keep(channel: Channel) -> None:
    inside = [Attached("акт.pdf", PDF), Attached("вирус.exe", b"MZ\x90\x00binary")]
    raw = keep(channel, files={"1": inside})
    assert [file.name for file in raw.files.all()] == ["акт.pdf"]
    refused = raw.media.get()
    assert (refused.name, refused.state) == ("вирус.exe", "failed")
    assert StoredFile.objects.count() == 1
    assert not MediaFetch.objects.filter(state="waiting").exists()


def test_it_follows_edits_and_removals_once_and_keeps_the_latest_reach_of_an_hour(channel: Channel) -> None:
    raw = keep(channel)
    edited = Change("1", "edited", NOW, "Яма на Лесной")
    removed = Change("1", "removed", NOW + HOUR)
    reach = [Change("1", "reach", NOW + timedelta(minutes=m), reach={"views": m}) for m in (1, 5, 9)]
    nobody = Change("404", "edited", NOW, "Чужое")
    for _ in range(2):
        keep_changes([edited, removed, *reach, nobody], channel, NOW + 2 * HOUR)
    rows = RawChange.objects.filter(raw=raw).order_by("at", "kind")
    assert [(row.kind, row.text, row.reach) for row in rows] == [
        ("edited", "Яма на Лесной", {}),
        ("reach", "", {"views": 9}),
        ("removed", "", {}),
    ]
    raw.refresh_from_db()
    assert raw.payload["text"] == "Яма"


def test_it_takes_one_edit_told_twice_for_one(channel: Channel) -> None:
    raw = keep(channel)
    told: list[tuple[Literal["edited", "removed"], str]] = [
        ("edited", "Яма"),
        ("edited", "Люк"),
        ("edited", "Люк"),
        ("edited", "Яма"),
        ("removed", ""),
        ("removed", ""),
    ]
    for hour, (kind, text) in enumerate(told):
        keep_changes([Change("1", kind, NOW + hour * HOUR, text)], channel, NOW + 9 * HOUR)
    rows = RawChange.objects.filter(raw=raw).order_by("at")
    assert [(row.kind, row.text) for row in rows] == [("edited", "Люк"), ("edited", "Яма"), ("removed", "")]


def test_it_keeps_a_removal_that_overtook_its_message_and_an_edit_too(channel: Channel) -> None:
    early = [Change("1", "edited", NOW - HOUR, "Люк"), Change("1", "removed", NOW)]
    for _ in range(2):
        keep_changes([*early, Change("1", "reach", NOW, reach={"views": 5})], channel, NOW)
    assert EarlyChange.objects.count() == 2
    raw = keep(channel)
    rows = RawChange.objects.filter(raw=raw).order_by("at")
    assert [(row.kind, row.text) for row in rows] == [("edited", "Люк"), ("removed", "")]
    assert not EarlyChange.objects.exists()


def test_it_forgets_after_a_day_what_changed_in_posts_that_never_came(channel: Channel) -> None:
    keep_changes([Change("404", "edited", NOW, "Чужое")], channel, NOW)
    assert erase_old(channel.municipality, NOW + 23 * HOUR) == 0
    assert EarlyChange.objects.exists()
    erase_old(channel.municipality, NOW + 25 * HOUR)
    assert not EarlyChange.objects.exists()
