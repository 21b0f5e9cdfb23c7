"""Cell values as text: what a person would see in the cell, safe to store in PostgreSQL."""

import re
from datetime import date, datetime, time, timedelta

Value = str | int | float | bool | datetime | date | time | timedelta | None

APOSTROPHES = ("'", "’", "ʼ", "`")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ODD_SPACE = re.compile("[\u00a0\u202f\u2007\ufeff\u200b]")
_TO_SPACE = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\ufeff": "", "\u200b": ""})


def to_text(value: Value) -> str:
    """The cell as it came, as text: whole numbers without a tail, dates as dd.mm.yyyy, truth as Да/Нет."""
    if value is None:
        return ""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, bool):
        return "Да" if value else "Нет"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y}" if value.time() == time() else f"{value:%d.%m.%Y %H:%M:%S}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return str(value)


def storable(text: str) -> str:
    """Text without what PostgreSQL cannot keep; Excel's `_x000D_` becomes its character."""
    if "_x" in text:
        text = _ESCAPED.sub(_unescaped, text)
    return text.replace("\0", "") if "\0" in text else text


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    # A lone half of a surrogate pair is no character.
    return "" if 0xD800 <= code <= 0xDFFF else chr(code)


def clean(text: str) -> str:
    """Text of a cell for reading: the apostrophe that marks a cell as text is dropped, odd spaces are plain."""
    if _ODD_SPACE.search(text):
        text = text.translate(_TO_SPACE)
    text = text.strip()
    # An even number of them is a pair of quotes of the text itself.
    if text.startswith(APOSTROPHES) and text.count(text[0]) % 2:
        return text[1:].strip()
    return text
