"""One document in every medium: the same words and figures, text is never a field or a formula."""

import json
import re
from io import BytesIO
from zipfile import ZipFile

import docx
import openpyxl
import pytest

from otklik.reports.parts import (
    Bar,
    Document,
    Writing,
    change_cell,
    count_cell,
    document_from,
    of_cell,
    text_cell,
)
from otklik.reports.render import RENDERERS, to_docx, to_html, to_pdf, to_xlsx


def paper() -> Document:
    page = Writing()
    page.head("Коротко")
    page.say("Поступило 412 обращений и сообщений.", "", "Отвечено 368 из 396.")
    page.say("")
    page.table(
        "Каналы",
        ("Канал", "Поступило", "В срок", "К прошлому"),
        [
            (
                text_cell("=ПОС {{ title }} <b>"),
                count_cell(1412, "/cases/?channel=pos"),
                of_cell(368, 396),
                change_cell(9, 11),
            ),
            (text_cell("Всего"), count_cell(1412), of_cell(0, 0), change_cell(3, 1)),
        ],
        (2, 1, 1, 1),
        has_total=True,
    )
    page.bars("Темы", [Bar("Вывоз ТКО & <мусора>", 31, 64), Bar("Ямы", 0, 0)])
    page.table("Пустая", ("А",), [], (1,))
    return Document(
        heading="Аналитическая записка",
        subject="о работе с обращениями",
        period="за октябрь 2026 года",
        centre="Муниципальный центр управления",
        addressee="Главе района",
        signer="Руководитель МЦУ",
        parts=tuple(page.parts),
        number="19",
        day="03.11.2026",
        confirmed=("Данные подтвердили блоки: «ЖКХ».",),
        signature=("Подписано в системе",),
        foot="Личных данных нет.",
    )


def empty() -> Document:
    return Document("Сводка", "о поступлении", "за май", "МЦУ", "Главе", "Руководитель", ())


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00ad", ""))


def test_it_numbers_what_it_writes_and_leaves_out_the_empty() -> None:
    parts = paper().parts
    assert [getattr(part, "title", getattr(part, "text", "")).replace("\u00a0", " ") for part in parts] == [
        "1. Коротко",
        "Поступило 412 обращений и сообщений. Отвечено 368 из 396.",
        "Таблица 1 — Каналы",
        "Диаграмма 1 — Темы",
    ]


def test_it_reads_back_equal_from_plain_data() -> None:
    for one in (paper(), empty()):
        assert document_from(json.loads(json.dumps(one.to_data()))) == one


def test_it_writes_docx_with_every_word_and_figure() -> None:
    read = docx.Document(BytesIO(to_docx(paper())))
    text = squeezed("\n".join(one.text for one in read.paragraphs))
    for words in ("ЗАПИСКА № 19", "Главе района", "Поступило 412", "Таблица 1", "Личных данных нет", "«ЖКХ»"):
        assert words in text, words
    cells = [[squeezed(cell.text) for cell in row.cells] for row in read.tables[0].rows]
    assert cells[0] == ["Канал", "Поступило", "В срок", "К прошлому"]
    assert cells[1] == ["=ПОС {{ title }} <b>", "1 412", "368 из 396", "−2"]
    assert cells[2][2] == "—"
    assert len(read.inline_shapes) == 1


def test_it_writes_numbers_of_xlsx_as_numbers_and_text_as_text() -> None:
    book = openpyxl.load_workbook(BytesIO(to_xlsx(paper())))
    assert book.sheetnames == ["Документ", "Таблица 1", "Диаграмма 1"]
    rows = [[cell.value for cell in row] for row in book["Таблица 1"].iter_rows(min_row=4)]
    assert rows[0] == ["=ПОС {{ title }} <b>", 1412, pytest.approx(368 / 396), -2]
    assert book["Таблица 1"]["A4"].data_type == "s"
    assert "Поступило 412" in squeezed("\n".join(str(row[0].value) for row in book["Документ"].iter_rows()))


def test_it_writes_html_escaped_without_links_outside_the_desk() -> None:
    page = to_html(paper()).decode()
    assert "&lt;b&gt;" in page and "<b>" not in page
    assert "Вывоз ТКО &amp; &lt;мусора&gt;" in page
    assert "/cases/" not in page and "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_it_writes_pdf_with_its_face_inside() -> None:
    made = to_pdf(paper())
    assert made.startswith(b"%PDF")
    assert b"FontFile" in made


@pytest.mark.parametrize("form", sorted(RENDERERS))
def test_it_writes_a_paper_without_parts(form: str) -> None:
    assert len(RENDERERS[form](empty())) > 500


def test_it_gives_the_same_bytes_of_words_each_time() -> None:
    assert to_html(paper()) == to_html(paper())
    first, second = (ZipFile(BytesIO(to_docx(paper()))).read("word/document.xml") for _ in range(2))
    assert first == second
