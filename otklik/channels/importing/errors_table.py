"""The table of unread rows: mended and loaded again by itself, for its columns are those of the file."""

import io
from pathlib import Path

from otklik.channels.models import ImportRun

NUMBER, REASON = "Строка", "Что не так"


def errors_xlsx(run: ImportRun) -> bytes:
    """XLSX: number of the row, what is wrong, then the row's own cells under the file's headings, all as text."""
    # Loaded with the first table: a process of pages is seldom asked for one.
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("Ошибки")
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    titles = [title for title in run.headings if title not in {NUMBER, REASON}]
    for place, title in enumerate([NUMBER, REASON, *titles]):
        page.write_string(0, place, title, bold)
    for line, error in enumerate(run.errors.order_by("row_number", "id").iterator(), 1):
        page.write_number(line, 0, error.row_number)
        page.write_string(line, 1, error.message)
        for place, title in enumerate(titles, 2):
            if error.cells.get(title):
                page.write_string(line, place, error.cells[title])
    page.freeze_panes(1, 2)
    page.set_column(1, 1, 50)
    page.autofilter(0, 0, 0, len(titles) + 1)
    book.close()
    return out.getvalue()


def errors_name(run: ImportRun) -> str:
    """A name for the download."""
    return f"Ошибки {Path(run.file_name).stem}.xlsx"
