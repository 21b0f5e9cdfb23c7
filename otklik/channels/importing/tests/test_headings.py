import pytest

from otklik.channels.importing.headings import Headings, find_headings, is_repeat_of, key, unique
from otklik.channels.importing.presets import PRESETS, recognise
from otklik.channels.importing.values import Value, clean, to_text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Teкcт oбpaщeния", "Текст обращения"),  # Latin e, c, o, p
        ("НОМЕР", "HOMEP"),
        ("Населённый\u00a0пункт ", "населенный пункт"),
        ("'Дата создания'", "Дата создания"),
        ("№ РК", "Номер РК"),
        ("Дата   рег.", "дата рег"),
        ("Фаст-трек", "фаст трек"),
    ],
)
def test_it_reads_one_heading_in_many_spellings(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_it_tells_different_headings_apart() -> None:
    assert len({key(name) for name in ("Дата", "Дата ответа", "Улица", "Дом", "Номер", "ID")}) == 6


def test_it_numbers_repeated_headings_and_names_empty_ones() -> None:
    assert unique(["Вид", "Рубрика", "Вид", "", "Вид"]) == (
        "Вид",
        "Рубрика",
        "Вид (2)",
        "Столбец 4",
        "Вид (3)",
    )


def test_it_takes_the_first_filled_cell_of_repeated_headings() -> None:
    record = Headings.of(["Содержание", "№ РК", "Содержание"]).record(["", "7", "Нет света"])
    assert record.text("Содержание") == "Нет света"
    assert record.text("Содержание (2)") == "Нет света"
    assert record.columns() == {"№ РК": "7", "Содержание (2)": "Нет света"}


MERGED: list[list[Value]] = [
    ["Выгрузка за октябрь"],
    ["Номер", "Адрес", "", "", "Текст"],
    ["", "Населённый пункт", "Улица", "Дом", ""],
    ["1", "с. Ключи", "Лесная", "4", "Нет воды"],
]


def test_it_makes_one_heading_of_two_merged_rows_below_a_title() -> None:
    headings, used = find_headings(MERGED)
    assert headings.titles == ("Номер", "Населённый пункт", "Улица", "Дом", "Текст")
    assert used == 3


def test_it_finds_the_row_that_holds_the_wanted_names() -> None:
    headings, used = find_headings(MERGED, ["Номер", "Текст"])
    assert (headings.titles[-1], used) == ("Текст", 3)


def test_it_does_not_take_the_first_data_row_for_a_heading() -> None:
    rows: list[list[Value]] = [["id", "text"], ["7", "Нет воды"], ["8", "Нет света"]]
    assert find_headings(rows) == (Headings.of(["id", "text"]), 1)


def test_it_adds_the_group_to_parts_that_repeat() -> None:
    rows: list[list[Value]] = [["№", "Заявитель", "", "Место", ""], ["", "Город", "Имя", "Город", "Дом"]]
    headings, _ = find_headings(rows)
    assert headings.titles == ("№", "Заявитель / Город", "Имя", "Место / Город", "Дом")


def test_it_sees_headings_said_again_inside_the_table() -> None:
    headings = Headings.of(["Номер", "Текст", "Дата"])
    assert is_repeat_of(headings, ["НОМЕР", "Tекст", "Дата"])
    assert not is_repeat_of(headings, ["5", "Текст", "Дата"])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (5.0, "5"),
        (5.5, "5.5"),
        (True, "Да"),
        (None, ""),
        ("a\0b_x000D_", "ab\r"),
        ("_xD800_x", "x"),
        (79001112233.0, "79001112233"),
    ],
)
def test_it_shows_a_cell_as_a_person_sees_it(cell: Value, text: str) -> None:
    assert to_text(cell) == text


@pytest.mark.parametrize(
    ("cell", "text"), [("'Яма", "Яма"), ("'Яма' на дороге", "'Яма' на дороге"), ("'", ""), ("", "")]
)
def test_it_drops_the_apostrophe_that_marks_text(cell: str, text: str) -> None:
    assert clean(cell) == text


def test_it_recognises_each_preset_by_its_headings() -> None:
    for name, layout in PRESETS.items():
        found = recognise(Headings.of([*layout.must_have, "Прочее"]))
        assert found is not None
        assert found.key == name
    assert recognise(Headings.of(["Текст", "Дата"])) is None
