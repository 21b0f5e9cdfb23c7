"""Messages that never became cases, their files and the tables they came from end by their term."""

from datetime import datetime, timedelta

from otklik.audit.models import JournalEntry
from otklik.channels.adapters.source import CallTold
from otklik.channels.files import store_file
from otklik.channels.forget import ERASED, erase_files, erase_old
from otklik.channels.models import Channel, ImportRun, PhoneCall, RawMessage, RowError, StoredFile
from otklik.channels.services import channel_of_kind
from otklik.channels.services.calls import keep_calls
from otklik.common.models import Municipality

NOW = datetime.fromisoformat("2026-10-20T09:00:00+03:00")


def kept(place: Municipality, outer_id: str, state: str) -> RawMessage:
    channel, _ = Channel.objects.get_or_create(
        municipality=place, key="phone", defaults={"kind": "phone", "title": "телефон"}
    )
    return RawMessage.objects.create(
        municipality=place, channel=channel, outer_id=outer_id, came_at=NOW, payload={"text": "Я, Сидорова"},
        state=state, error="не читается",
    )  # fmt: skip


def test_it_empties_old_unread_messages_and_keeps_the_rows(place: Municipality) -> None:
    failed, registered = kept(place, "1", "failed"), kept(place, "2", "registered")
    assert erase_old(place, NOW + timedelta(days=365 * 4)) == 0
    late = NOW + timedelta(days=365 * 5 + 2)
    assert (erase_old(place, late), erase_old(place, late)) == (1, 0)
    failed.refresh_from_db()
    registered.refresh_from_db()
    assert failed.payload == ERASED
    assert registered.payload != ERASED, "it is erased with its case"
    assert JournalEntry.objects.filter(code="channels.erased").count() == 1


def test_it_empties_rows_of_an_old_table(place: Municipality) -> None:
    raw = kept(place, "1", "registered")
    run = ImportRun.objects.create(
        municipality=place, channel=raw.channel, file_name="t.csv", file_path="imports/t.csv", finished_at=NOW
    )
    RowError.objects.create(municipality=place, run=run, row_number=2, cells={"ФИО": "Сидорова"}, message="x")
    erase_old(place, NOW + timedelta(days=365 * 5 + 2))
    run.refresh_from_db()
    assert (run.file_path, RowError.objects.get().cells) == ("", {})


def test_it_keeps_a_content_that_another_row_needs(place: Municipality) -> None:
    first, second = (store_file(b"one content", name, place) for name in ("a.txt", "b.txt"))
    path = second.path
    erase_files([first.pk])
    assert StoredFile.objects.get(pk=first.pk).path == ""
    assert StoredFile.objects.get(pk=second.pk).path == path


def test_a_call_of_long_ago_is_nobodys(place: Municipality) -> None:
    channel = channel_of_kind(place, "phone")
    long_ago = NOW - timedelta(days=6 * 365)
    keep_calls([CallTold("1", "+79000000001", long_ago, "talk", 10, "Оператор", "https://x.org/1")], channel)
    keep_calls([CallTold("2", "+79000000002", NOW, "missed")], channel)
    PhoneCall.objects.filter(outer_id="1").update(why="просила Анна", state="done")
    erase_old(place, NOW)
    old, fresh = PhoneCall.objects.order_by("outer_id")
    assert (old.number, old.operator, old.recording, old.seconds) == ("", "", "", 10)
    assert "Анна" not in old.why
    assert fresh.number == "+79000000002"
