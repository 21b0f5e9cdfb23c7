"""Reads a table of an outer list: CSV or XLSX whose headings name the columns."""

from dataclasses import dataclass
from datetime import date
from math import isfinite, nan
from pathlib import Path
from zoneinfo import ZoneInfo

from otklik.channels.importing.dates import read_moment
from otklik.channels.importing.faults import RowFault
from otklik.channels.importing.headings import Record
from otklik.channels.importing.tables import look_into
from otklik.common.errors import Refused

MOST_ROWS = 2000
COLUMNS = {
    "key": ("Номер", "№", "№ п/п", "Код", "ID"),
    "title": ("Показатель", "Проблема", "Наименование", "Название", "Наименование показателя"),
    "project": ("Национальный проект", "Нацпроект", "Проект"),
    "unit": ("Единица", "Единица измерения", "Ед. изм."),
    "plan": ("План", "Цель", "Плановое значение"),
    "fact": ("Факт", "Значение", "Фактическое значение"),
    "on": ("Дата", "На дату", "Отчётная дата"),
    "lower": ("Лучше меньше",),
}
"""Headings a column is known by; capitals and signs do not matter."""


@dataclass(frozen=True)
class OuterLine:
    """One line of an outer list."""

    key: str
    title: str
    on: date
    project: str = ""
    unit: str = ""
    plan: float | None = None
    fact: float | None = None
    is_lower_better: bool = False
    block_key: str = ""


def read_outer(path: Path, name: str, zone: ZoneInfo, today: date) -> list[OuterLine]:
    """Lines of the table. Raises Refused naming what is missing or which line cannot be read."""
    glance = look_into(path, name, rows=MOST_ROWS + 1)
    if not any(title in glance.headings for title in COLUMNS["title"]):
        raise Refused(
            "В таблице нет столбца «Показатель» или «Проблема». Назовите его так и загрузите снова."
        )
    if len(glance.first) > MOST_ROWS:
        raise Refused(f"В таблице больше {MOST_ROWS} строк. Разделите её на части.")
    lines = [_line(row, number, zone, today) for number, row in enumerate(glance.first, start=1)]
    found = [one for one in lines if one is not None]
    if not found:
        raise Refused("В таблице нет ни одной заполненной строки.")
    return found


def _line(row: Record, number: int, zone: ZoneInfo, today: date) -> OuterLine | None:
    said = {name: row.text(*titles) for name, titles in COLUMNS.items()}
    if not said["title"]:
        return None
    try:
        day = read_moment(row.value(*COLUMNS["on"]), zone)
    except RowFault as fault:
        raise Refused(f"Строка {number}: {fault}") from None
    return OuterLine(
        key=(said["key"] or str(number))[:80],
        title=said["title"][:500],
        on=day.date() if day else today,
        project=said["project"][:200],
        unit=said["unit"][:40],
        plan=_number(said["plan"], number),
        fact=_number(said["fact"], number),
        is_lower_better=said["lower"].lower() in ("да", "1", "меньше"),
    )


def _number(text: str, line: int) -> float | None:
    plain = "".join(text.split()).replace(",", ".").rstrip("%")
    if plain in ("", "-", "—", "–"):
        return None
    try:
        read = float(plain)
    except ValueError:
        read = nan
    if not isfinite(read):
        raise Refused(f"Строка {line}: «{text[:30]}» — не число. Исправьте и загрузите снова.")
    return read
