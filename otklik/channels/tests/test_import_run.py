"""Stories of a file: in once, in again, a newer one, cut half-way, with bad rows."""

import io
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from otklik.channels.importing.errors_table import errors_xlsx
from otklik.channels.importing.faults import FileFault
from otklik.channels.importing.layout import mapped
from otklik.channels.importing.preview import upload, uploaded
from otklik.channels.importing.run import _take_portion, start_run, take_in
from otklik.channels.importing.tables import lines_of
from otklik.channels.importing.tests.making import MAPPING, as_csv, as_xls, as_xlsx, as_zip, table
from otklik.channels.incoming import Incoming
from otklik.channels.models import Channel, ImportRun, RawMessage, RawUpdate
from otklik.channels.services import channel_of_kind, fail_raw, keep_many, save_mapping
from otklik.common.errors import Refused
from otklik.common.models import Municipality

INCIDENT = (
    "ID",
    "Номер инцидента",
    "Дата создания",
    "Текст инцидента",
    "Текущий шаг инцидента",
    "Итог",
    "1ый ответ ПИ",
)


def take(
    channel: Channel, content: bytes, columns: dict[str, str] | None = MAPPING, preset: str = ""
) -> ImportRun:
    run = start_run(io.BytesIO(content), "выгрузка.xlsx", channel, preset=preset, columns=columns)
    return take_in(run)


def counts(run: ImportRun) -> tuple[int, int, int, int, int]:
    return run.done, run.new, run.updated, run.unchanged, run.failed


@pytest.mark.parametrize("make", [as_csv, as_xlsx, as_xls, lambda rows: as_zip(a_csv=as_csv(rows, "cp1251"))])
def test_it_keeps_every_row_once_whatever_the_format(make: Any, file_channel: Channel) -> None:
    assert counts(take(file_channel, as_csv(table(30)))) == (30, 30, 0, 0, 0)
    assert counts(take(file_channel, make(table(32)))) == (32, 2, 0, 30, 0)
    raw = RawMessage.objects.get(outer_id="Т-1")
    assert raw.state == "new"
    assert raw.came_at.isoformat() == "2026-10-02T02:30:00+00:00"  # 9:30 in Krasnoyarsk
    assert Incoming.from_payload(raw.payload).text == "У дома 1 не горит фонарь; «ждём»"
    assert raw.payload["columns"]["Статус"] == "новое"


def test_it_changes_nothing_when_the_same_file_comes_again(file_channel: Channel) -> None:
    take(file_channel, as_csv(table(10)))
    before = list(RawMessage.objects.order_by("id").values())
    again = take(file_channel, as_csv(table(10)))
    assert counts(again) == (10, 0, 0, 10, 0)
    after = list(RawMessage.objects.order_by("id").values())
    for old, new in zip(before, after, strict=True):
        # A message that waits for its card follows the newer run; its content stays.
        assert {**old, "run_id": None} == {**new, "run_id": None}


def test_it_keeps_a_newer_outer_state_as_an_update_once(file_channel: Channel) -> None:
    take(file_channel, as_csv(table(10)))
    newer = [*table(4, "закрыто"), *table(6, first=5)[1:]]
    assert counts(take(file_channel, as_csv(newer))) == (10, 0, 4, 6, 0)
    assert counts(take(file_channel, as_xlsx(newer))) == (10, 0, 0, 10, 0)
    update = RawUpdate.objects.order_by("id")[0]
    assert Incoming.from_payload(update.payload).outside.status == "закрыто"
    assert RawMessage.objects.get(outer_id="Т-1").payload["outside"]["status"] == "новое"
    # An older export of the same items brings nothing new.
    assert counts(take(file_channel, as_xlsx(table(10)))) == (10, 0, 0, 10, 0)


def test_it_takes_the_export_of_incidents_by_its_headings(place: Municipality) -> None:
    rows: list[Sequence[Any]] = [
        INCIDENT,
        (1, 10, "2026-10-20 20:06:02", "'Не чистят дорогу", "В работе", "", "'"),
    ]
    channel = channel_of_kind(place, "incident")
    assert counts(take(channel, as_xlsx(rows), columns=None)) == (1, 1, 0, 0, 0)
    rows[1] = (1, 10, "2026-10-20 20:06:02", "'Не чистят дорогу", "Готово", "Решено", "'Почистили")
    assert counts(take(channel, as_xlsx(rows), columns=None)) == (1, 0, 1, 0, 0)
    assert RawUpdate.objects.get().payload["outside"]["answer"] == "Почистили"


def test_it_counts_rows_that_repeat_inside_one_file(file_channel: Channel) -> None:
    rows = [*table(3), *table(3)[1:], ("Т-3", "01.10.2026", "Другой текст", "закрыто")]
    assert counts(take(file_channel, as_csv(rows))) == (7, 3, 1, 3, 0)


def test_it_goes_on_after_an_interruption_and_loses_and_doubles_nothing(
    file_channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = as_csv([*table(24), ("Т-25", "не дата", "Яма", "новое"), *table(5, first=26)[1:]])
    run = start_run(io.BytesIO(content), "т.csv", file_channel, columns=MAPPING)
    calls = []

    def cut(*args: Any) -> Any:
        calls.append(args)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return keep_many(*args)

    monkeypatch.setattr("otklik.channels.importing.run.keep_many", cut)
    with pytest.raises(KeyboardInterrupt):
        take_in(run, portion=10)
    monkeypatch.undo()
    assert (RawMessage.objects.count(), ImportRun.objects.get().done) == (20, 20)
    same = start_run(io.BytesIO(content), "т.csv", file_channel, columns=MAPPING)
    assert same.pk == run.pk
    assert counts(take_in(same, portion=10)) == (30, 29, 0, 0, 1)
    assert RawMessage.objects.count() == 29


def test_it_refuses_a_second_reader_whose_mark_is_old(file_channel: Channel) -> None:
    run = start_run(io.BytesIO(as_csv(table(5))), "т.csv", file_channel, columns=MAPPING)
    lines = list(lines_of(uploaded(run.file_path.rpartition("/")[2], run.municipality), mapped(MAPPING)))
    take_in(ImportRun.objects.get(pk=run.pk))
    with pytest.raises(Refused, match="другой процесс"):
        _take_portion(run, lines, mapped(MAPPING), ZoneInfo("UTC"))
    assert ImportRun.objects.get().done == 5


def test_it_lays_unread_rows_into_a_table_that_can_be_mended_and_loaded(file_channel: Channel) -> None:
    rows = [*table(3), ("Т-4", "32.10.2026", "Яма", "=новое"), ("Т-5", "01.10.2026", "", "новое")]
    run = take(file_channel, as_csv(rows))
    assert counts(run) == (5, 3, 0, 0, 2)
    page = openpyxl.load_workbook(io.BytesIO(errors_xlsx(run))).active
    assert page is not None
    head, *errors = [list(row) for row in page.iter_rows(values_only=True)]
    assert head == ["Строка", "Что не так", "Номер", "Дата", "Текст", "Статус"]
    assert [row[0] for row in errors] == [5, 6]
    assert errors[0][2:] == ["Т-4", "32.10.2026", "Яма", "=новое"]
    mended = [
        head,
        [*errors[0][:3], "31.10.2026", *errors[0][4:]],
        [*errors[1][:4], "Нет света", errors[1][5]],
    ]
    assert counts(take(file_channel, as_xlsx(mended))) == (2, 2, 0, 0, 0)


def test_it_keeps_good_rows_when_the_file_breaks_off_half_way(file_channel: Channel) -> None:
    far = "x" * 2_000_000
    content = as_csv(table(20)) + f'Т-21;01.10.2026;"{far}'.encode()
    with pytest.raises(FileFault, match="кавычка"):
        take(file_channel, content)
    assert RawMessage.objects.count() == 0  # seen before anything was kept
    whole = take(file_channel, as_csv(table(20)))
    assert (whole.state, whole.error) == ("done", "")


def test_it_answers_for_messages_a_cut_run_left_unregistered(file_channel: Channel) -> None:
    take(file_channel, as_csv(table(3)))
    RawMessage.objects.filter(outer_id="Т-1").update(state="registered")
    fail_raw(RawMessage.objects.get(outer_id="Т-2"), "не читается")
    second = take(file_channel, as_csv(table(3), "utf-16"))
    assert list(RawMessage.objects.filter(run=second).values_list("outer_id", flat=True)) == ["Т-3"]


def test_it_asks_for_columns_of_an_unknown_table(file_channel: Channel) -> None:
    with pytest.raises(FileFault, match="укажите, что в каком столбце"):
        take(file_channel, as_csv(table(1)), columns=None)
    with pytest.raises(FileFault, match="нет столбца «Суть»"):
        take(file_channel, as_csv(table(1)), columns={"text": "Суть"})


def test_it_remembers_a_mapping_for_the_next_table_of_the_same_shape(place: Municipality) -> None:
    first = upload(io.BytesIO(as_csv(table(8))), "жалобы.csv", place)
    assert (first.preset, first.is_saved, first.rows) == ("", False, 8)
    assert first.columns == MAPPING
    save_mapping(place, "Жалобы", {"text": "Текст"}, first.headings)
    second = upload(io.BytesIO(as_xlsx([row[::-1] for row in table(2)])), "жалобы.xlsx", place)
    assert (second.is_saved, second.columns) == (True, {"text": "Текст"})
    assert uploaded(second.token, place).exists()
    with pytest.raises(FileFault, match="загрузите его снова"):
        uploaded("../../etc/passwd", place)
