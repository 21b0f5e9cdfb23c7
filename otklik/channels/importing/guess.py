"""Guesses which column means what, by its heading and by what stands in it; the clerk confirms on the mapping screen.

Pure: rows in, proposals out.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from otklik.channels.importing.dates import read_moment
from otklik.channels.importing.faults import RowFault
from otklik.channels.importing.headings import Headings, Record, key
from otklik.channels.importing.values import Value, clean, to_text

# Words of headings by field, the telling ones first; a heading equal to one is surer than one that contains it.
WORDS: dict[str, tuple[str, ...]] = {
    "text": ("текст", "текст обращения", "текст сообщения", "содержание", "суть", "сообщение", "обращение", "text"),
    "outer_id": ("id", "номер обращения", "номер сообщения", "регистрационный номер", "№", "номер", "number"),
    "received_at": ("дата поступления", "дата регистрации", "дата создания", "поступило", "дата", "created", "date"),
    "sent_at": ("дата отправки", "отправлено"),
    "subject": ("заголовок", "тема письма", "subject", "title"),
    "author": ("фио", "заявитель", "автор", "фио заявителя", "author"),
    "outer_author": ("страница автора", "url автора", "профиль"),
    "phone": ("телефон", "тел", "phone"),
    "email": ("email", "e mail", "электронная почта", "почта"),
    "address": ("почтовый адрес", "адрес заявителя", "адрес"),
    "settlement": ("населенный пункт", "город", "село"),
    "street": ("улица", "street"),
    "house": ("дом", "номер дома", "house"),
    "lat": ("широта", "lat", "latitude"),
    "lon": ("долгота", "lon", "lng", "longitude"),
    "topic": ("тема", "тематика", "рубрика", "категория", "topic"),
    "link": ("ссылка", "url", "урл", "link"),
    "status": ("статус", "состояние", "стадия", "status"),
    "body": ("исполнитель", "организация", "ведомство", "орган"),
    "answer": ("ответ", "текст ответа", "answer"),
    "answered_at": ("дата ответа",),
    "plan_at": ("срок", "плановый срок", "план", "срок исполнения"),
    "score": ("оценка", "оценка заявителя", "score"),
    "fast_track": ("фаст трек",),
    "is_repeat": ("повторное", "повторно"),
}  # fmt: skip
_PHONE = re.compile(r"\+?[78]?[\s(-]*\d{3}[\s)-]*\d{3}[\s-]?\d{2}[\s-]?\d{2}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LINK = re.compile(r"https?://\S+")
_NAME = re.compile(r"[А-ЯЁ][а-яё-]+ (?:[А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+|[А-ЯЁ]\. ?[А-ЯЁ]\.)")
_UTC = ZoneInfo("UTC")
THRESHOLD = 0.45


@dataclass(frozen=True)
class ColumnGuess:
    """A proposal for one column: field or empty, sureness 0..1, why, and its first cells."""

    heading: str
    target: str
    sureness: float
    reason: str
    preview: tuple[str, ...]


def guess_columns(headings: Headings, rows: Sequence[Record]) -> list[ColumnGuess]:
    """One proposal a column in the table's order; a field is proposed for its surest column only."""
    offers = []
    for place, heading in enumerate(headings.titles):
        cells = [
            row.cells[place] for row in rows if place < len(row.cells) and row.cells[place] not in (None, "")
        ]
        for target in WORDS:
            sureness, reason = _sureness(target, heading, cells)
            offers.append((sureness, place, target, reason))
    chosen: dict[int, tuple[str, float, str]] = {}
    for sureness, place, target, reason in sorted(offers, key=lambda one: -one[0]):
        taken = {field for field, _, _ in chosen.values()}
        if sureness >= THRESHOLD and place not in chosen and target not in taken:
            chosen[place] = (target, round(sureness, 2), reason)
    return [
        ColumnGuess(heading, *chosen.get(place, ("", 0.0, "")), _preview(rows, place))
        for place, heading in enumerate(headings.titles)
    ]


def _sureness(target: str, heading: str, cells: Sequence[Value]) -> tuple[float, str]:
    named = _by_heading(target, heading)
    test = CONTENT.get(target)
    texts = [clean(to_text(cell)) for cell in cells]
    shown = test(cells, texts) if test and cells else None
    if shown is None:
        return named, "по названию столбца"
    if named:
        # A heading that its content gainsays is a worse sign than a plain heading.
        return named * (0.55 + 0.45 * shown), "по названию и содержимому"
    return 0.75 * shown if target in TELLING else 0.0, "по содержимому"


def _by_heading(target: str, heading: str) -> float:
    name = key(heading)
    words = [key(word) for word in WORDS[target]]
    if name in words:
        return 1.0 - 0.02 * words.index(name)
    parts = f" {name} "
    inside = [word for word in words if f" {word} " in parts]
    if not inside:
        return 0.0
    longest = max(inside, key=len)
    return 0.5 + 0.4 * len(longest) / len(name)


def _share(texts: Sequence[str], fits: Callable[[str], object]) -> float:
    return sum(bool(fits(text)) for text in texts) / len(texts)


def _dates(cells: Sequence[Value], texts: Sequence[str]) -> float:
    def is_date(cell: Value) -> bool:
        try:
            return not isinstance(cell, int | float) and read_moment(cell, _UTC) is not None
        except RowFault:
            return False

    return sum(map(is_date, cells)) / len(cells)


def _long_texts(cells: Sequence[Value], texts: Sequence[str]) -> float:
    return min(sum(map(len, texts)) / len(texts) / 60, 1.0) * _share(texts, lambda text: " " in text)


def _numbers(cells: Sequence[Value], texts: Sequence[str]) -> float:
    short = _share(texts, lambda text: len(text) <= 40 and any(char.isdigit() for char in text))
    return short * (1.0 if len(set(texts)) == len(texts) else 0.3)


def _scores(cells: Sequence[Value], texts: Sequence[str]) -> float:
    return _share(texts, lambda text: text in {"1", "2", "3", "4", "5", "-"})


def _matching(pattern: re.Pattern[str]) -> Callable[[Sequence[Value], Sequence[str]], float]:
    return lambda cells, texts: _share(texts, pattern.fullmatch)


CONTENT: dict[str, Callable[[Sequence[Value], Sequence[str]], float]] = {
    "text": _long_texts,
    "outer_id": _numbers,
    "received_at": _dates,
    "sent_at": _dates,
    "answered_at": _dates,
    "plan_at": _dates,
    "phone": _matching(_PHONE),
    "email": _matching(_EMAIL),
    "link": _matching(_LINK),
    "author": _matching(_NAME),
    "score": _scores,
}
# Content alone is enough for these.
TELLING = frozenset({"text", "received_at", "phone", "email", "link", "author"})


def _preview(rows: Sequence[Record], place: int) -> tuple[str, ...]:
    cells = (to_text(row.cells[place]) if place < len(row.cells) else "" for row in rows[:5])
    return tuple(clean(cell)[:120] for cell in cells)
