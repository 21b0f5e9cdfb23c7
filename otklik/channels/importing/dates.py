"""Dates of outer tables: as text of many shapes or as Excel numbers, brought to the municipality's time zone.

Pure: the zone comes in as an argument.
"""

import re
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from otklik.channels.importing.faults import RowFault
from otklik.channels.importing.values import Value, clean

FIRST_YEAR, LAST_YEAR = 1990, 2100
# Day 0 of Excel's count; it holds a 29 February 1900 that never was, so days after it are true from here.
EXCEL_ZERO = datetime.combine(date(1899, 12, 30), time())
EXCEL_DAYS = range(32_874, 73_416)  # from 1990 to the end of 2100
MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")

_TIME = r"(?:[\sT,]+(?:в\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?)?"
_ZONE = r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2}|МСК|MSK)?"
_SHAPES = tuple(
    re.compile(rf"{day}(?:\s*г(?:\.|ода|од)?)?{_TIME}{_ZONE}", re.IGNORECASE)
    for day in (
        r"(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})[-./](?P<month>\d{1,2})[-./](?P<year>\d{4}|\d{2})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        r"(?P<day>\d{1,2})\s+(?P<word>[а-яё]{3,8})\.?\s+(?P<year>\d{4})",
    )
)


def read_moment(value: Value, zone: ZoneInfo) -> datetime | None:
    """An aware moment, None for an empty cell. Raises RowFault for what is not a date of 1990-2100."""
    if isinstance(value, str):
        text = clean(value)
        return None if text in {"", "-", "–", "—"} else _of_text(text, zone)
    if value is None:
        return None
    if isinstance(value, datetime):
        return _checked(value if value.tzinfo else value.replace(tzinfo=zone), str(value))
    if isinstance(value, date):
        return _checked(datetime.combine(value, time(), zone), str(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(float(value), zone)
    raise _fault(str(value))


def _of_text(text: str, zone: ZoneInfo) -> datetime:
    for shape in _SHAPES:
        found = shape.fullmatch(text)
        if found:
            return _of_parts(found, text, zone)
    try:
        return _of_number(float(text.replace(",", ".")), zone)
    except ValueError:
        raise _fault(text) from None


def _of_parts(found: re.Match[str], text: str, zone: ZoneInfo) -> datetime:
    parts = found.groupdict()
    year = int(parts["year"])
    try:
        month = int(parts["month"]) if parts.get("month") else _month(parts["word"])
        day = date(year + 2000 if year < 100 else year, month, int(parts["day"]))
        clock = time(int(parts["hour"] or 0), int(parts["minute"] or 0), int(parts["second"] or 0))
        moment = datetime.combine(day, clock, _zone(parts["zone"], zone))
    except ValueError:
        raise _fault(text) from None
    return _checked(moment, text)


def _month(word: str) -> int:
    for number, start in enumerate(MONTHS, 1):
        # «март» also begins with «ма», but stands before «май» in the list.
        if word.casefold().startswith(start):
            return number
    raise ValueError(word)


def _zone(text: str | None, zone: ZoneInfo) -> tzinfo:
    if not text:
        return zone
    if text.upper() in {"МСК", "MSK"}:
        return ZoneInfo("Europe/Moscow")
    return datetime.strptime(text.upper().replace("Z", "+0000"), "%z").tzinfo or zone


def _of_number(number: float, zone: ZoneInfo) -> datetime:
    if not (EXCEL_DAYS.start <= number < EXCEL_DAYS.stop):
        raise _fault(f"{number:g}")
    seconds = round(number * 86_400)
    return (EXCEL_ZERO + timedelta(seconds=seconds)).replace(tzinfo=zone)


def _checked(moment: datetime, text: str) -> datetime:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise _fault(text)
    return moment


def _fault(text: str) -> RowFault:
    return RowFault(f"Дата «{text[:40]}» не разобрана: напишите её как 22.10.2026 или 22.10.2026 9:30.")
