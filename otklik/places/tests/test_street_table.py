"""Lists of streets as operators have them: columns by any heading, kinds in any place, broken rows told of."""

from pathlib import Path

import pytest

from otklik.common.errors import Refused
from otklik.places.gazetteer import SettlementFact
from otklik.places.street_table import StreetTable, read_table

TOWNS = [
    SettlementFact("Ключи", "г", is_centre=True),
    SettlementFact("Ключи", "д"),
    SettlementFact("Ёлкино", "с"),
]


def read(text: str, encoding: str = "utf-8") -> StreetTable:
    return read_table(text.encode(encoding), TOWNS)


def streets(table: StreetTable) -> list[tuple[str, str, str, str]]:
    return [(row.settlement_kind, row.fact.settlement, row.fact.kind, row.fact.name) for row in table.rows]


@pytest.mark.parametrize(
    "text",
    [
        "Населённый пункт;Тип;Улица;Широта;Долгота\nКлючи;улица;Садовая;58,4;33,9\n",
        "settlement,name,kind,lat,lon\nКлючи,Садовая,ул,58.4,33.9\n",
        "№\tТип улицы\tНаименование улицы\tГород\tlat\tlng\n1\tул.\tСадовая\tКлючи\t58.4\t33.9\n",
        "\ufeffdolgota?;Широта;Долгота;Куда;Что\nx;58.4;33.9;Ключи;ул. Садовая\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1251"])
def test_it_guesses_columns_by_headings_and_contents(text: str, encoding: str) -> None:
    table = read(text.replace("\ufeff", "") if encoding == "cp1251" else text, encoding)
    assert table.bad == []
    [row] = table.rows
    assert (row.fact.settlement, row.fact.kind, row.fact.name) == ("ключи", "ул.", "Садовая")
    assert (row.fact.lat, row.fact.lon) == (58.4, 33.9)


@pytest.mark.parametrize(
    ("cell", "kind", "name"),
    [
        ("ул. Ленина", "ул.", "Ленина"),
        ("ул.Ленина", "ул.", "Ленина"),
        ("Ленина ул", "ул.", "Ленина"),
        ("переулок 1-й Садовый", "пер.", "1-й Садовый"),
        ("Набережная ул.", "ул.", "Набережная"),
        ("Шоссейная ул.", "ул.", "Шоссейная"),
        ("улица Шоссе Победы", "ул.", "Шоссе Победы"),
        ("Набережная реки Быстрой", "наб.", "реки Быстрой"),
        ("Мира", "ул.", "Мира"),
        ("им. Н.И. Иванова", "ул.", "им. Н.И. Иванова"),
    ],
)
def test_it_parts_the_kind_from_the_name(cell: str, kind: str, name: str) -> None:
    assert streets(read(f"нас. пункт;улица\nКлючи;{cell}\n")) == [("", "ключи", kind, name)]


@pytest.mark.parametrize(
    ("cell", "kind"), [("г. Ключи", "г"), ("Ключи д", "д"), ("деревня Ключи", "д"), ("Ключи", "")]
)
def test_it_tells_a_town_from_a_village_of_the_same_name(cell: str, kind: str) -> None:
    assert streets(read(f"город;улица\n{cell};Мира\n")) == [(kind, "ключи", "ул.", "Мира")]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Нигде;Мира;;", "«Нигде» нет в справочнике"),
        ("п. Ключи;Мира;;", "«п. Ключи» нет в справочнике"),
        (";Мира;;", "Не указан населённый пункт"),
        ("Елкино;;;", "Не указана улица"),
        ("Ёлкино;Мира;север;1", "не число"),
        ("Ёлкино;Мира;12;40", "вне России"),
        ("Ёлкино;Мира;58.1;", "только одна координата"),
        (f"Ёлкино;{'о' * 161};;", "длиннее 160"),
    ],
)
def test_it_tells_of_a_broken_row_and_takes_the_others(row: str, words: str) -> None:
    table = read(f"город;улица;широта;долгота\nКлючи;Мира;;\n\n{row}\nЁлкино;Мира;;\n")
    assert len(table.rows) == 2
    [bad] = table.bad
    assert bad.number == 4
    assert words in bad.message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "нет строк"),
        ("город;улица\n".encode(), "нет строк"),
        ("а;б\n1;2\n".encode(), "не нашлось столбца «населённый пункт»"),
        ("город;код\nКлючи;2\n".encode(), "не нашлось столбца «улица»"),
        (b"PK\x03\x04\0\0\0", "не CSV"),
    ],
)
def test_it_refuses_a_file_that_is_no_list_of_streets(content: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=words):
        read_table(content, TOWNS)
