"""Papers of coordination in DOCX and PDF: the plan, the map of competence, the result of a request."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from otklik.common.words import tie

if TYPE_CHECKING:
    from docx.document import Document

TEMPLATE = Path(__file__).parent / "print" / "table.typ"
FACE, SIZE, TABLE_SIZE = "PT Serif", 13, 11
TALL_MM, WIDE_MM = 180, 267
"""Room for a table between the margins of a page that stands and of one that lies."""


@dataclass(frozen=True)
class TablePart:
    """One table: names of columns with their relative widths, rows of plain text."""

    columns: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[str]]
    title: str = ""


@dataclass(frozen=True)
class TablePaper:
    """What stands on the paper; `stamp` is the approval at its top, `signature` the post that signs."""

    title: str
    parts: Sequence[TablePart]
    lines: Sequence[str] = ()
    stamp: Sequence[str] = ()
    signature: str = ""
    foot: str = ""
    wide: bool = False


def paper_pdf(paper: TablePaper) -> bytes:
    """PDF with its face embedded."""
    import typst  # heavy and seldom asked: a process of pages loads it with its first paper

    return bytes(
        typst.compile(
            TEMPLATE, format="pdf", sys_inputs={"sheet": json.dumps(asdict(paper), ensure_ascii=False)}
        )
    )


def paper_docx(paper: TablePaper) -> bytes:
    """DOCX that may still be corrected."""
    # A writer of documents is heavy for a web process: it is loaded by the first file somebody asks for.
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    made = Document()
    _set_page(made, paper.wide)
    for line in paper.stamp:
        made.add_paragraph(tie(line)).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    head = made.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.add_run(tie(paper.title.upper())).bold = True
    for line in paper.lines:
        made.add_paragraph(tie(line)).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in paper.parts:
        _add_table(made, part, WIDE_MM if paper.wide else TALL_MM)
    if paper.signature:
        made.add_paragraph()
        made.add_paragraph(f"{tie(paper.signature)}\t\t{'_' * 20}")
    if paper.foot:
        made.add_paragraph(tie(paper.foot))
    memory = BytesIO()
    made.save(memory)
    return memory.getvalue()


def _set_page(made: "Document", wide: bool) -> None:
    from docx.shared import Mm, Pt

    page = made.sections[0]
    page.page_width, page.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
    page.left_margin, page.right_margin = Mm(20), Mm(10)
    page.top_margin, page.bottom_margin = Mm(20), Mm(20)
    style = made.styles["Normal"]
    style.font.name, style.font.size = FACE, Pt(SIZE)
    style.paragraph_format.space_after = Pt(0)


def _add_table(made: "Document", part: TablePart, room: int) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Mm, Pt

    title = made.add_paragraph()
    title.paragraph_format.space_before = Pt(12)
    title.paragraph_format.keep_with_next = True
    title.add_run(tie(part.title)).bold = True
    table = made.add_table(rows=1, cols=len(part.columns), style="Table Grid")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    widths = [Mm(room * width / sum(part.widths)) for width in part.widths]
    for place, row in enumerate([part.columns, *part.rows]):
        cells = table.rows[0].cells if place == 0 else table.add_row().cells
        for cell, text, width in zip(cells, row, widths, strict=True):
            cell.width = width
            run = cell.paragraphs[0].add_run(tie(text))
            run.font.size, run.bold = Pt(TABLE_SIZE), place == 0
