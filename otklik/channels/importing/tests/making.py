"""Tables made for the tests in every format; their words are invented."""

import csv
import gzip
import io
import zipfile
from collections.abc import Sequence
from typing import Any

import xlsxwriter
import xlwt

HEADINGS = ("Номер", "Дата", "Текст", "Статус")
TROUBLES = (
    "нет воды",
    "не горит фонарь",
    "яма на дороге",
    "не вывозят мусор",
    "упало дерево",
    "скользкий тротуар",
)
MAPPING = {"outer_id": "Номер", "received_at": "Дата", "text": "Текст", "status": "Статус"}

Table = Sequence[Sequence[Any]]


def table(rows: int, status: str = "новое", first: int = 1) -> Table:
    """Headings and so many rows."""
    lines = [
        (
            f"Т-{n}",
            f"{n % 28 + 1:02d}.10.2026 09:30",
            f"У дома {n} {TROUBLES[n % len(TROUBLES)]}; «ждём»",
            status,
        )
        for n in range(first, first + rows)
    ]
    return [HEADINGS, *lines]


def as_csv(rows: Table, encoding: str = "utf-8", delimiter: str = ";") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows: Table, sheet: str = "Лист1", formulas: bool = False) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": formulas, "strings_to_urls": False}
    )
    day = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
    page = book.add_worksheet(sheet)
    for line, row in enumerate(rows):
        for place, cell in enumerate(row):
            if hasattr(cell, "year"):
                page.write_datetime(line, place, cell, day)
            else:
                page.write(line, place, cell)
    book.close()
    return out.getvalue()


def as_xls(rows: Table) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("Лист1")
    for line, row in enumerate(rows):
        for place, cell in enumerate(row):
            page.write(line, place, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_page(rows: Table, encoding: str = "cp1251") -> bytes:
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><body><table>{lines}</table></body></html>".encode(encoding)


def as_zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return out.getvalue()


def as_gzip(content: bytes) -> bytes:
    return gzip.compress(content, 1)
