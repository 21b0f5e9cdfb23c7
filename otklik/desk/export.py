"""The list as a table to take away: no names, contacts or original texts, formulas never start a cell."""

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from django.utils import timezone

from otklik.cases.models import Case
from otklik.places.words import with_kind

if TYPE_CHECKING:
    import xlsxwriter

HEAD = (
    "Номер",
    "Вид",
    "Канал",
    "Пришло",
    "Суть",
    "Тема",
    "Населённый пункт",
    "Улица",
    "Исполнитель",
    "Состояние",
    "Контрольный срок",
    "Срок по закону",
    "Ответ отправлен",
    "Оценка",
)
WIDTHS = (14, 12, 20, 16, 60, 30, 24, 24, 34, 18, 16, 16, 16, 8)


def to_xlsx(cases: Iterable[Case]) -> bytes:
    """Write the table; every text goes in as text, never as a formula."""
    # Loaded with the first table: a process of pages is seldom asked for one.
    import xlsxwriter

    memory = BytesIO()
    book = xlsxwriter.Workbook(
        memory, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("Обращения")
    bold = book.add_format({"bold": True, "bottom": 1})
    moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm", "align": "left"})
    for place, (title, width) in enumerate(zip(HEAD, WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, bold)
    sheet.freeze_panes(1, 0)
    for line, case in enumerate(cases, 1):
        _write(sheet, line, case, moment)
    book.close()
    return memory.getvalue()


def _write(sheet: "xlsxwriter.worksheet.Worksheet", line: int, case: Case, moment: object) -> None:
    place = case.settlement.name if case.settlement else ""
    words = {
        0: case.number,
        1: case.get_kind_display(),
        2: case.channel.title,
        4: case.gist,
        5: case.topic.title if case.topic else "",
        6: place,
        7: with_kind(case.street_kind, case.street),
        8: case.body.short_name if case.body else "",
        9: case.get_state_display(),
    }
    for column, text in words.items():
        sheet.write_string(line, column, text)
    times = {3: case.came_at, 10: case.next_control_at, 11: case.next_legal_at, 12: case.answered_at}
    for column, at in times.items():
        if at:
            sheet.write_datetime(line, column, timezone.localtime(at).replace(tzinfo=None), moment)
    if case.score is not None:
        sheet.write_number(line, 13, case.score)
