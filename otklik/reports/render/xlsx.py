"""XLSX: a sheet with the words, then a sheet for every table and chart; numbers stay numbers."""

from io import BytesIO
from typing import Any

import xlsxwriter

from otklik.reports.parts import Bars, Cell, Document, Heading, Paragraph, Table

WORDS_WIDTH, COLUMN_WIDTH = 110, 13
FORMATS = {
    "count": "#,##0",
    "share": "0%",
    "score": "0.0",
    "hours": "#,##0.0",
    "change": "+#,##0;-#,##0;0",
    "text": "General",
}


def to_xlsx(document: Document) -> bytes:
    """Every text goes in as text, never as a formula."""
    memory = BytesIO()
    book = xlsxwriter.Workbook(
        memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": f"{document.title} {document.subject}"})
    _words(book, document)
    charts = [part for part in document.parts if isinstance(part, Bars)]
    for number, table in enumerate(document.tables, 1):
        _table(book, f"Таблица {number}", table)
    for number, bars in enumerate(charts, 1):
        _table(book, f"Диаграмма {number}", _as_table(bars))
    book.close()
    return memory.getvalue()


def _words(book: Any, document: Document) -> None:
    sheet = book.add_worksheet("Документ")
    sheet.set_column(0, 0, WORDS_WIDTH)
    plain, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
    top = [
        document.centre,
        document.title,
        document.subject,
        document.period,
        document.day,
        document.addressee,
    ]
    lines: list[tuple[str, Any]] = [(line, bold if line == document.title else plain) for line in top if line]
    for part in document.parts:
        match part:
            case Heading():
                lines.append((part.text, bold))
            case Paragraph():
                lines.append((part.text, plain))
            case Table() | Bars():
                lines.append((part.title, plain))
    lines += [
        (line, plain) for line in (*document.confirmed, document.signer, *document.signature, document.foot)
    ]
    for place, (text, look) in enumerate(lines):
        sheet.write_string(place, 0, text, look)


def _table(book: Any, name: str, table: Table) -> None:
    sheet = book.add_worksheet(name)
    wrap = {"text_wrap": True, "valign": "top", "border": 1}
    sheet.write_string(0, 0, table.title, book.add_format({"bold": True}))
    head = book.add_format({**wrap, "bold": True, "align": "center"})
    looks = {
        (kind, total): book.add_format({**wrap, "num_format": shown, "bold": total})
        for kind, shown in FORMATS.items()
        for total in (False, True)
    }
    for column, (title, width) in enumerate(zip(table.head, table.widths, strict=True)):
        sheet.set_column(column, column, COLUMN_WIDTH * max(width, 1))
        sheet.write_string(2, column, title.replace("\u00ad", ""), head)
    sheet.freeze_panes(3, 0)
    for line, row in enumerate(table.rows):
        is_total = table.has_total and line == len(table.rows) - 1
        for column, cell in enumerate(row):
            _cell(sheet, line + 3, column, cell, looks[(cell.kind, is_total)])


def _cell(sheet: Any, line: int, column: int, cell: Cell, look: Any) -> None:
    """A share keeps «368 из 396» as a note: the number alone would lose it."""
    if cell.value is None:
        sheet.write_string(line, column, cell.text, look)
        return
    sheet.write_number(line, column, cell.value, look)
    if cell.kind == "share":
        sheet.write_comment(line, column, cell.text, {"author": ""})


def _as_table(bars: Bars) -> Table:
    rows = tuple(
        (Cell(one.label), Cell("", one.before, "count"), Cell("", one.now, "count")) for one in bars.items
    )
    return Table(bars.title, ("Тема", "Было", "Стало"), rows, (3.0, 1.0, 1.0))
