import io
from dataclasses import replace

import docx
from docx.shared import Mm

from otklik.channels.print_forms import AnswerSheet, answer_docx, answer_pdf

SHEET = AnswerSheet(
    sender="Администрация Верхнеозёрского округа",
    body="Ваше сообщение о ямах рассмотрено.\n\nЯмы заделают до 30 октября 2026 года. #let $x$ [a] *b*",
    signer_post="Заместитель главы администрации",
    date="22.10.2026",
    number="С-1874",
    addressee="Жителю дома № 15",
    subject="О ремонте дороги",
    attachments=("фото участка",),
)


def test_it_makes_a_document_by_the_state_standard() -> None:
    paper = docx.Document(io.BytesIO(answer_docx(SHEET)))
    page = paper.sections[0]
    margins = (page.left_margin, page.right_margin, page.top_margin, page.bottom_margin)
    assert [round(margin / Mm(1)) for margin in margins if margin] == [30, 10, 20, 20]
    words = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "Ямы заделают до 30\u00a0октября 2026\u00a0года." in words
    assert "Заместитель главы администрации\t" in words
    assert paper.tables[0].rows[0].cells[0].text == "22.10.2026 № С-1874"


def test_it_prints_plain_text_as_text_and_embeds_its_face() -> None:
    content = answer_pdf(SHEET)
    assert content.startswith(b"%PDF")
    assert b"/FontFile2" in content or b"/FontFile3" in content


def test_it_prints_a_long_answer_on_several_pages() -> None:
    long = replace(
        SHEET,
        body="Работы идут по плану.\n" * 120,
        signature=("Сертификат 00AA", "Действителен до 01.05.2027"),
    )
    assert len(answer_pdf(long)) > len(answer_pdf(SHEET))
    assert (
        "ЭЛЕКТРОННОЙ ПОДПИСЬЮ" in docx.Document(io.BytesIO(answer_docx(long))).tables[1].rows[0].cells[0].text
    )
