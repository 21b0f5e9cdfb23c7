"""The heat map as a workbook: figures, numbers of both periods, cells of the map, and how it was counted."""

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

from otklik.analytics.heatmap.matrix import FEWEST_CASES, FEWEST_RESIDENTS, Cell, Matrix, Row
from otklik.analytics.heatmap.selectors import WHAT, Asked
from otklik.common.models import Municipality
from otklik.common.periods import say_period
from otklik.common.words import percent

if TYPE_CHECKING:
    import xlsxwriter

Figure = Callable[[Cell], float | None]
SHEETS: tuple[tuple[str, Figure], ...] = (
    ("На 1000 жителей", lambda cell: cell.rate),
    ("Число", lambda cell: cell.now),
    ("Было", lambda cell: cell.before),
    ("Изменение", lambda cell: cell.change),
)


def to_workbook(municipality: Municipality, matrix: Matrix, asked: Asked, limits: str = "") -> bytes:
    """Write the workbook; every text goes in as text, never as a formula. `limits`: of what the person sees."""
    import xlsxwriter  # loaded with the first workbook: a process that answers pages is kept small

    memory = BytesIO()
    book = xlsxwriter.Workbook(memory, {"strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
    for title, figure in SHEETS:
        sheet = book.add_worksheet(title)
        sheet.set_column(0, 0, 34)
        sheet.freeze_panes(1, 2)
        names = ["Населённый пункт", "Жителей", *(one.title for one in matrix.columns), "Всего"]
        for place, name in enumerate(names):
            sheet.write_string(0, place, name, head)
        for line, row in enumerate([*matrix.rows, matrix.unknown, matrix.whole], 1):
            _write(sheet, line, row, figure)
    _write_notes(book.add_worksheet("Как считали"), municipality, matrix, asked, limits)
    book.close()
    return memory.getvalue()


def _write(sheet: "xlsxwriter.worksheet.Worksheet", line: int, row: Row, figure: Figure) -> None:
    sheet.write_string(line, 0, row.place.name)
    if row.place.residents is not None:
        sheet.write_number(line, 1, row.place.residents)
    for place, cell in enumerate([*row.cells, row.whole], 2):
        value = figure(cell)
        if value is not None:
            sheet.write_number(line, place, round(value, 2))


def _write_notes(
    sheet: "xlsxwriter.worksheet.Worksheet",
    municipality: Municipality,
    matrix: Matrix,
    asked: Asked,
    limits: str,
) -> None:
    notes = (
        ("Муниципалитет", municipality.name),
        ("Чьи карточки", limits or "весь муниципалитет"),
        ("Что посчитано", WHAT[asked.what]),
        ("Период", say_period(asked.period)),
        ("Сравнение", say_period(asked.past)),
        ("Всего карточек", str(matrix.total)),
        ("Место не определено", percent(matrix.unknown_share)),
        ("Поправка на неизвестное место", "да" if asked.spread else "нет"),
        (
            "Пусто на листе «На 1000 жителей»",
            f"жителей меньше {FEWEST_RESIDENTS} или неизвестно, либо меньше {FEWEST_CASES} карточек из места",
        ),
        ("Тихо 90 дней", ", ".join(place.name for place in matrix.silent) or "нет"),
    )
    sheet.set_column(0, 1, 44)
    for line, (name, value) in enumerate(notes):
        sheet.write_string(line, 0, name)
        sheet.write_string(line, 1, value)
