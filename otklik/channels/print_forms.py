"""Letters on paper: an answer or a notice as DOCX and PDF from one sheet of facts (ГОСТ Р 7.0.97).

A4, margins 30/10/20/20 mm, a serif face of 13 points, signature by post. PT Serif is taken where the system has
it; the face that comes with typst stands in otherwise, so a letter prints the same way on a bare server.
"""

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import docx
import typst
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from otklik.common.words import tie

FACE = "PT Serif"
SIZE = 13
TEMPLATE = Path(__file__).parent / "print" / "letter.typ"


@dataclass(frozen=True)
class AnswerSheet:
    """What stands on the paper. `body` is plain text, a blank line or a new line begins a paragraph.

    `signature` is the stamp of the electronic signature: certificate, owner's post, validity, one line each.
    """

    sender: str
    body: str
    signer_post: str
    date: str = ""
    number: str = ""
    sender_lines: Sequence[str] = ()
    addressee: str = ""
    addressee_lines: Sequence[str] = ()
    answers_to: str = ""
    subject: str = ""
    signer_name: str = ""
    signature: Sequence[str] = ()
    attachments: Sequence[str] = ()
    executor: str = ""
    paragraphs: Sequence[str] = field(init=False)

    def __post_init__(self) -> None:
        lines = (line.strip() for line in self.body.splitlines())
        object.__setattr__(self, "paragraphs", tuple(tie(line) for line in lines if line))

    @property
    def mark(self) -> str:
        """Date and number on one line; a form without a number leaves room for it."""
        return f"{self.date or '____________'} № {self.number or '________'}"


def answer_pdf(sheet: AnswerSheet) -> bytes:
    """PDF with its face embedded."""
    facts = json.dumps({**asdict(sheet), "mark": sheet.mark}, ensure_ascii=False)
    return typst.compile(TEMPLATE, format="pdf", sys_inputs={"sheet": facts})


def answer_docx(sheet: AnswerSheet) -> bytes:
    """DOCX that a clerk may still correct."""
    paper = docx.Document()
    _set_page(paper)
    _line(paper, sheet.sender, centre=True, bold=True)
    for line in sheet.sender_lines:
        _line(paper, line, centre=True, size=SIZE - 2)
    _head(paper, sheet)
    if sheet.subject:
        _line(paper, sheet.subject, bold=True, before=12)
    for place, text in enumerate(sheet.paragraphs):
        _text(paper, text, before=12 if place == 0 else 0)
    for place, text in enumerate(sheet.attachments, 1):
        lead = "Приложение: " if len(sheet.attachments) == 1 else f"Приложение {place}: "
        _line(paper, lead + text, before=12 if place == 1 else 0)
    _signature(paper, sheet)
    if sheet.executor:
        _line(paper, sheet.executor, size=SIZE - 3, before=24)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _set_page(paper: Document) -> None:
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(30), Mm(10)
    page.top_margin, page.bottom_margin = Mm(20), Mm(20)
    page.header_distance = Mm(10)
    page.different_first_page_header_footer = True
    _page_number(page.header.paragraphs[0])
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FACE, Pt(SIZE)
    style.element.rPr.rFonts.set(qn("w:cs"), FACE)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.15


def _page_number(paragraph: Paragraph) -> None:
    """From page 2, in the middle of the top margin."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _head(paper: Document, sheet: AnswerSheet) -> None:
    """Date and number on the left, the addressee on the right, without borders."""
    table = paper.add_table(rows=1, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    left.width, right.width = Mm(85), Mm(85)
    left.paragraphs[0].add_run(sheet.mark)
    if sheet.answers_to:
        left.add_paragraph(tie(sheet.answers_to))
    for place, line in enumerate([sheet.addressee, *sheet.addressee_lines]):
        paragraph = right.paragraphs[0] if place == 0 else right.add_paragraph()
        paragraph.add_run(tie(line))
    for cell in (left, right):
        cell.paragraphs[0].paragraph_format.space_before = Pt(18)


def _line(
    paper: Document, text: str, centre: bool = False, bold: bool = False, size: int = SIZE, before: int = 0
) -> None:
    paragraph = paper.add_paragraph()
    run = paragraph.add_run(tie(text))
    run.bold, run.font.size = bold, Pt(size)
    paragraph.paragraph_format.space_before = Pt(before)
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _text(paper: Document, text: str, before: int) -> None:
    paragraph = paper.add_paragraph(text)
    paragraph.paragraph_format.first_line_indent = Mm(12.5)
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def _signature(paper: Document, sheet: AnswerSheet) -> None:
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(30)
    paragraph.paragraph_format.keep_together = True
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(170), WD_TAB_ALIGNMENT.RIGHT)
    room = "" if sheet.signature else "_" * 20
    paragraph.add_run(f"{tie(sheet.signer_post)}\t{tie(sheet.signer_name) or room}")
    if not sheet.signature:
        return
    table = paper.add_table(rows=1, cols=1)
    table.style = "Table Grid"
    cell = table.rows[0].cells[0]
    for place, line in enumerate(["ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ", *sheet.signature]):
        stamp = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        stamp.alignment = WD_ALIGN_PARAGRAPH.CENTER
        stamp.add_run(tie(line)).font.size = Pt(SIZE - 4)
