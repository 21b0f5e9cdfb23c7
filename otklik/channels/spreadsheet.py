"""Tables for people and programs outside: XLSX with every text as text, CSV for offices, JSON for programs. Pure."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date

Cell = str | int | date | None
# A spreadsheet takes a cell that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
LONG = 60


def to_file(form: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]], sheet: str) -> bytes:
    """The table as `xlsx`, `csv` or `json`; `sheet` names the page of a book."""
    if form == "json":
        return to_json(headings, rows)
    return to_csv(headings, rows) if form == "csv" else to_xlsx(headings, rows, sheet)


def to_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a BOM and semicolons, as office programs of this country expect."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(headings)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(headings: Sequence[str], rows: Iterable[Sequence[Cell]], sheet: str) -> bytes:
    """One page with bold headings."""
    # Loaded with the first table: a process of pages is seldom asked for one.
    import xlsxwriter

    out, kept = io.BytesIO(), list(rows)
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet(sheet[:31])
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd.mm.yyyy", "align": "left"})
    for place, heading in enumerate(headings):
        page.write_string(0, place, heading, bold)
        is_long = any(isinstance(row[place], str) and len(str(row[place])) > LONG for row in kept)
        page.set_column(place, place, LONG if is_long else 18)
    for line, row in enumerate(kept, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(line, place, cell, day)
            elif isinstance(cell, int):
                page.write_number(line, place, cell)
            elif cell:
                page.write_string(line, place, cell, wrapped)
    page.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def to_json(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A list of objects by headings; days in ISO 8601, nothing is null."""
    items = [dict(zip(headings, map(_of_json, row), strict=True)) for row in rows]
    return json.dumps(items, ensure_ascii=False, indent=1).encode()


def _plain(cell: Cell) -> str:
    text = _text(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(FORMULA) else text


def _text(cell: Cell) -> str:
    return f"{cell:%d.%m.%Y}" if isinstance(cell, date) else "" if cell is None else str(cell)


def _of_json(cell: Cell) -> str | int:
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else cell
