from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from otklik.channels.importing.faults import FileFault, RowFault
from otklik.channels.importing.guess import guess_columns
from otklik.channels.importing.headings import Headings
from otklik.channels.importing.layout import Layout, build, mapped
from otklik.channels.importing.presets import PRESETS
from otklik.channels.importing.values import Value
from otklik.channels.incoming import Incoming

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 10, 22, 9, tzinfo=UTC)


def read(layout: Layout, **cells: Value) -> Incoming:
    return read_row(layout, dict(cells))


def read_row(layout: Layout, cells: dict[str, Value]) -> Incoming:
    return build(Headings.of(list(cells)).record(list(cells.values())), layout, MOSCOW, NOW)


INCIDENT: dict[str, Value] = {
    "ID": 501, "Номер инцидента": 77, "Отдел": "Отдел ЖКХ", "Исполнитель": "", "Дата создания": "2026-10-20 20:06:02",
    "Дата окончания": "2026-10-22 10:00:00", "Тема": "Уборка снега", "Населенный пункт": "с. Ключи", "Улица": "Лесная",
    "Дом": 4, "Итог": "Решено", "Урл поста": "https://example.org/1", "Текст инцидента": "'Не чистят дорогу",
    "1ый ответ ПИ": "Почистили", "2ой ответ ПИ": "'", "Причина закрытия": "5", "Текущий шаг инцидента": "Готово",
}  # fmt: skip
POS: dict[str, Value] = {
    "Номер": 3201, "Номер ЕПГУ": "66001", "Категория": "Дороги", "Подкатегория": "Ямы", "Факт": "Ямы",
    "Организация, в которой находится сообщение": "Отдел дорог", "Дата поступления": "06.10.2026",
    "Дата планируемого завершения работ": "16.10.2026", "Дата фактического завершения работ": "-", "Стадия": "В работе",
    "Статус": "Назначен исполнитель", "Фаст-трек": "Да", "ФЗ": "Обычное сообщение",
    "Заявитель выбрал подачу по 59-ФЗ": "Нет", "Тип решения": "", "Оценка ответа заявителем": "-",
}  # fmt: skip
SED: dict[str, Value] = {
    "№ РК": "07-ОГ-10", "Дата рег.": "12.10.2026", "Содержание": "Жалоба на свет", "Корр./Подписал": "(Автор - Ключи)",
    "Факт (РК)": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("preset", "row", "expected", "outside"),
    [
        (
            "incident",
            INCIDENT,
            {"outer_id": "501", "text": "Не чистят дорогу", "house": "4", "link": "https://example.org/1"},
            {"status": "Готово: Решено", "answer": "Почистили", "score": 5, "is_closed": True, "body": "Отдел ЖКХ"},
        ),
        (
            "pos",
            POS,
            {"outer_id": "3201", "text": "Дороги. Ямы", "fast_track": True, "is_identified": True},
            {"status": "Назначен исполнитель", "score": None, "plan_at": "2026-10-16T00:00:00+03:00"},
        ),
        (
            "sed",
            SED,
            {"outer_id": "07-ОГ-10 от 12.10.2026", "wants_appeal": True, "author": "Автор", "address": "Ключи"},
            {"status": "На исполнении", "is_closed": False},
        ),
    ],
)  # fmt: skip
def test_it_reads_a_row_of_each_preset(
    preset: str, row: dict[str, Value], expected: dict[str, Any], outside: dict[str, Any]
) -> None:
    incoming = asdict(read_row(PRESETS[preset], row))
    assert {name: incoming[name] for name in expected} == expected
    assert {name: incoming["outside"][name] for name in outside} == outside
    assert len(incoming["columns"]) == sum(cell not in ("", None) for cell in row.values())


def test_it_gives_a_row_without_a_number_the_same_one_each_time() -> None:
    layout = mapped({"text": "текст", "received_at": "дата", "status": "статус"})
    first = read(layout, текст="Нет воды", дата="01.10.2026", статус="новое")
    later = read(layout, текст="Нет воды", дата="01.10.2026", статус="закрыто")
    other = read(layout, текст="Нет воды", дата="02.10.2026", статус="новое")
    assert first.outer_id == later.outer_id != other.outer_id


def test_it_takes_the_moment_of_import_where_the_table_has_no_date() -> None:
    assert read(mapped({"text": "a"}), a="Нет воды").came_at == NOW


@pytest.mark.parametrize(
    ("columns", "words"),
    [({"txt": "a"}, "Нет поля «txt»"), ({"subject": "a"}, "Не указан столбец с текстом")],
)
def test_it_refuses_a_mapping_that_makes_no_sense(columns: dict[str, str], words: str) -> None:
    with pytest.raises(FileFault, match=words):
        mapped(columns)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"a": "", "b": "01.10.2026"}, "нет текста"),
        ({"a": "Яма", "b": "завтра"}, "не разобрана"),
        ({"a": "Я" * 100_001, "b": ""}, "больше 100 000 знаков"),
    ],
)
def test_it_says_what_is_wrong_with_a_row(cells: dict[str, Value], words: str) -> None:
    with pytest.raises(RowFault) as fault:
        read_row(mapped({"text": "a", "received_at": "b"}), cells)
    assert words in str(fault.value).replace("\u202f", " ")


def test_it_refuses_a_row_wider_than_its_headings() -> None:
    record = Headings.of(["a"]).record(["Яма", "хвост"])
    with pytest.raises(RowFault, match="лишнее «хвост»"):
        build(record, mapped({"text": "a"}), MOSCOW, NOW)


@pytest.mark.parametrize(
    ("lat", "expected"), [("58,4", 58.4), ("58.4", 58.4), ("0", None), ("158", None), ("", None), ("x", None)]
)
def test_it_reads_degrees_or_leaves_them(lat: str, expected: float | None) -> None:
    assert read(mapped({"text": "a", "lat": "b"}), a="Яма", b=lat).lat == expected


def test_it_guesses_columns_by_heading_and_by_content() -> None:
    headings = Headings.of(["Рег. номер", "Когда", "Обращение гражданина", "Контакт", "Оценка"])
    words = "У дома 4 на Лесной улице третий день нет воды"
    rows = [
        headings.record([f"A-{n}", f"0{n}.10.2026", words, f"+7 900 111-22-3{n}", n]) for n in range(1, 6)
    ]
    guesses = guess_columns(headings, rows)
    assert [one.target for one in guesses] == ["outer_id", "received_at", "text", "phone", "score"]
    assert all(0 < one.sureness <= 1 and one.reason and len(one.preview) == 5 for one in guesses)
