"""Results of a poll run elsewhere: read whole, or refused by the row and the column of the first fault."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from otklik.channels.importing.headings import key
from otklik.common.errors import Refused
from otklik.outreach.polls.outer_table import Asked, Tally, read_results

WHERE = Asked(1, "Где начать?", {key("Сквер у школы"): 11, key("Набережная"): 12})
WHAT = Asked(2, "Чего не хватает", {key("Света"): 21, key("Скамеек"): 22}, takes_many=True)
HOW = Asked(3, "Довольны ли вы", scale=range(1, 6))
ASKED = [WHERE, WHAT, HOW]


def read(
    tmp_path: Path, *rows: str, asked: list[Asked] = ASKED, people: int = 100, head: str = ""
) -> list[Tally]:
    path = tmp_path / "itogi.csv"
    path.write_text("\n".join((head or "Вопрос;Ответ;Голосов", *rows)), encoding="utf-8")
    return read_results(path, "itogi.csv", asked, people)


def test_it_reads_options_and_marks_of_a_scale(tmp_path: Path) -> None:
    rows = ("Где начать?;«Сквер у школы»;1 060", "где начать;набережная;40", "Довольны ли вы;4;900", ";;")
    assert read(tmp_path, *rows, people=1100) == [
        Tally(1, 1060, option=11),
        Tally(1, 40, option=12),
        Tally(3, 900, number=4),
    ]


def test_a_table_of_one_question_needs_no_column_of_questions(tmp_path: Path) -> None:
    rows = ("Сквер у школы;60", "Набережная;40")
    found = read(tmp_path, *rows, asked=[WHERE], head="Вариант ответа;Количество голосов")
    assert [one.votes for one in found] == [60, 40]


def test_it_reads_a_workbook(tmp_path: Path) -> None:
    book, content = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("Итоги голосования", None, None),
        ("Вопрос", "Ответ", "Голосов"),
        ("Где начать?", "Набережная", 7),
    ):
        sheet.append(row)
    book.save(content)
    path = tmp_path / "itogi.xlsx"
    path.write_bytes(content.getvalue())
    assert read_results(path, "itogi.xlsx", ASKED, 100) == [Tally(1, 7, option=12)]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("Где начать?;Набережная;много",), "Строка 2, столбец «Голосов»: «много» — не целое число"),
        (("Где начать?;Набережная;-5",), "Строка 2, столбец «Голосов»: «-5» — не целое число"),
        (("Где начать?;Набережная;",), "Строка 2, столбец «Голосов»: число голосов не указано"),
        (("Где начать?;Парк;5",), "Строка 2, столбец «Ответ»: в вопросе «Где начать?» нет ответа «Парк»"),
        (("Кто виноват?;Парк;5",), "Строка 2, столбец «Вопрос»: «Кто виноват?» нет среди вопросов опроса"),
        ((";Набережная;5",), "Строка 2, столбец «Вопрос»: вопрос не назван"),
        (("Довольны ли вы;9;5",), "Строка 2, столбец «Ответ»: «9» — не оценка от 1 до 5"),
        (
            ("Где начать?;Набережная;5", "Где начать?;Набережная;6"),
            "Строка 3, столбец «Ответ»: этот ответ уже есть в строке 2",
        ),
        (("Где начать?;Набережная;60", "Где начать?;Сквер у школы;50"), "голосов 110, а участников 100"),
        ((";;",), "нет ни одной заполненной строки"),
    ],
)
def test_it_names_the_row_and_the_column(tmp_path: Path, rows: tuple[str, ...], said: str) -> None:
    with pytest.raises(Refused) as caught:
        read(tmp_path, *rows)
    assert said in str(caught.value)


def test_many_answers_of_one_person_are_no_fault(tmp_path: Path) -> None:
    found = read(tmp_path, "Чего не хватает;Света;90", "Чего не хватает;Скамеек;80")
    assert sum(one.votes for one in found) == 170
    with pytest.raises(Refused, match="голосов 101, а участников 100"):
        read(tmp_path, "Чего не хватает;Света;101")


def test_a_table_without_the_column_says_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="нет столбца «Голосов»; есть «Вопрос», «Ответ»"):
        read(tmp_path, "Где начать?;Набережная", head="Вопрос;Ответ")
