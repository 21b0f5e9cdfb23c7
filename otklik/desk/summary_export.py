"""Tables of a dashboard as a workbook: a sheet for each, numbers as numbers, and what was counted."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from otklik.analytics.dashboards.figures import FigureTable
from otklik.analytics.dashboards.whose import Whose
from otklik.common.period import Period
from otklik.common.periods import say_period

LONGEST_NAME = 31
FORBIDDEN = str.maketrans("[]:*?/\\", "       ")


def to_workbook(title: str, tables: Sequence[FigureTable], whose: Whose, period: Period) -> bytes:
    """Write the workbook; every text goes in as text, never as a formula."""
    import xlsxwriter  # a web process loads it with the first file asked for, not with its start

    memory = BytesIO()
    book = xlsxwriter.Workbook(memory, {"strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
    for place, table in enumerate(tables, 1):
        _write(book.add_worksheet(_sheet_name(place, table.title)), table, head)
    notes = book.add_worksheet("Что посчитано")
    notes.set_column(0, 1, 44)
    about = (("Сводка", title), ("По чему", whose.title), ("Период", say_period(period)))
    for line, (name, value) in enumerate(about):
        notes.write_string(line, 0, name)
        notes.write_string(line, 1, value)
    book.close()
    return memory.getvalue()


def _sheet_name(place: int, title: str) -> str:
    return f"{place} {title.translate(FORBIDDEN)}"[:LONGEST_NAME].strip()


def _write(sheet: Any, table: FigureTable, head: Any) -> None:
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, len(table.head), 16)
    sheet.freeze_panes(1, 1)
    for place, name in enumerate(table.head):
        sheet.write_string(0, place, name, head)
    rows = [*table.rows, table.whole] if table.whole else table.rows
    for line, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if cell.value is None:
                sheet.write_string(line, place, cell.text)
            else:
                sheet.write_number(line, place, round(cell.value, 2))
    if table.note:
        sheet.write_string(len(rows) + 2, 0, table.note)
