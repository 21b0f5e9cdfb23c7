"""A layout says which columns mean what; by it a row becomes Incoming. Presets and saved mappings are layouts.

Pure: time zone and the moment of the import come in as arguments.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from otklik.channels.importing.dates import read_moment
from otklik.channels.importing.faults import FileFault, RowFault
from otklik.channels.importing.headings import Headings, Record
from otklik.channels.importing.limits import MAX_CELL
from otklik.channels.importing.values import clean, to_text
from otklik.channels.incoming import Incoming, Outside
from otklik.common.words import number

FIELDS = {
    "text": "Текст",
    "outer_id": "Номер в источнике",
    "received_at": "Дата поступления",
    "sent_at": "Дата отправки автором",
    "subject": "Заголовок",
    "author": "Заявитель",
    "outer_author": "Страница автора",
    "phone": "Телефон",
    "email": "Почта",
    "address": "Почтовый адрес заявителя",
    "settlement": "Населённый пункт",
    "street": "Улица",
    "house": "Дом",
    "lat": "Широта",
    "lon": "Долгота",
    "topic": "Тема в источнике",
    "link": "Ссылка",
    "status": "Состояние в источнике",
    "body": "Орган в источнике",
    "answer": "Ответ",
    "answered_at": "Дата ответа",
    "plan_at": "Плановый срок",
    "score": "Оценка заявителя",
    "fast_track": "Фаст-трек",
    "is_repeat": "Повторное",
    "wants_appeal": "Подано по 59-ФЗ",
}
IDENTITY = ("text", "subject", "author", "phone", "email", "address", "settlement", "street", "house")
MAX_OUTER_ID = 200
_SCORE = re.compile(r"([1-5])(?:[.,]0+)?(?:\s*(?:из 5|балл\w*))?")
_YES = {"да", "yes", "true", "1", "+", "истина"}


@dataclass(frozen=True)
class Layout:
    """Columns of a table by our field; several names of a column are tried in their order.

    `must_have` are names that tell this table from others; `finish` adds what only this table knows.
    """

    key: str
    title: str
    channel_kind: str
    columns: Mapping[str, tuple[str, ...]]
    must_have: tuple[str, ...] = ()
    finish: Callable[[Record, Incoming], Incoming] | None = field(default=None, compare=False)

    def names(self) -> tuple[str, ...]:
        """Every heading the layout may ask for."""
        return tuple(dict.fromkeys(name for names in self.columns.values() for name in names))

    def missing(self, headings: Headings) -> list[str]:
        """Names of `must_have` that the table lacks."""
        return [name for name in self.must_have if name not in headings]


def mapped(columns: Mapping[str, str]) -> Layout:
    """The layout of a mapping field -> heading. Raises FileFault for an unknown field or a mapping without text."""
    unknown = [name for name in columns if name not in FIELDS]
    if unknown:
        raise FileFault(f"Нет поля «{unknown[0]}»; есть {', '.join(FIELDS)}.")
    if not columns.get("text"):
        raise FileFault("Не указан столбец с текстом: добавьте text=название столбца.")
    chosen = {name: (heading,) for name, heading in columns.items() if heading}
    return Layout("columns", "Своя таблица", "file", chosen, tuple(dict.fromkeys(columns.values())))


def build(record: Record, layout: Layout, zone: ZoneInfo, now: datetime) -> Incoming:
    """The message of one row. `now` stands for a date the table does not give. Raises RowFault."""

    def text(name: str) -> str:
        return record.text(*layout.columns.get(name, ()))

    def moment(name: str) -> datetime | None:
        return read_moment(record.value(*layout.columns.get(name, ())), zone)

    def is_yes(name: str) -> bool:
        return text(name).casefold() in _YES

    _check_size(record)
    incoming = Incoming(
        outer_id=text("outer_id"),
        text=text("text"),
        came_at=moment("received_at") or now,
        subject=text("subject"),
        sent_at=moment("sent_at"),
        author=text("author"),
        outer_author=text("outer_author"),
        phone=text("phone"),
        email=text("email"),
        address=text("address"),
        settlement=text("settlement"),
        street=text("street"),
        house=text("house"),
        lat=_degrees(text("lat"), 90),
        lon=_degrees(text("lon"), 180),
        outer_topic=text("topic"),
        link=text("link"),
        fast_track=is_yes("fast_track"),
        is_repeat=is_yes("is_repeat"),
        wants_appeal=is_yes("wants_appeal"),
        outside=Outside(
            status=text("status"),
            body=text("body"),
            answer=text("answer"),
            answered_at=_when(record, layout, "answered_at", zone),
            score=_score(text("score")),
            plan_at=_when(record, layout, "plan_at", zone),
        ),
        columns=record.columns(),
    )
    if layout.finish:
        incoming = layout.finish(record, incoming)
    if not incoming.text:
        raise RowFault("В строке нет текста сообщения: заполните его.")
    received = moment("received_at")
    identity = {name: text(name) for name in IDENTITY} | {"at": received.isoformat() if received else ""}
    return _with_number(incoming, identity)


def _check_size(record: Record) -> None:
    cells, titles = record.cells, record.headings.titles
    for place, cell in enumerate(cells):
        if isinstance(cell, str) and len(cell) > MAX_CELL:
            raise RowFault(f"В столбце {place + 1} больше {number(MAX_CELL)} знаков: сократите текст.")
    if len(cells) > len(titles):
        extra = clean(to_text(cells[len(titles)]))[:40]
        raise RowFault(
            f"Ячеек больше, чем столбцов в шапке, лишнее «{extra}»: проверьте кавычки и разделитель."
        )


def _with_number(incoming: Incoming, identity: Mapping[str, str]) -> Incoming:
    """A message without a number of its own gets one from its content, the same at every import."""
    outer_id = incoming.outer_id
    if not outer_id:
        line = json.dumps(identity, ensure_ascii=False, sort_keys=True)
        outer_id = "row-" + hashlib.sha256(line.encode()).hexdigest()[:32]
    elif len(outer_id) > MAX_OUTER_ID:
        outer_id = outer_id[:150] + "-" + hashlib.sha256(outer_id.encode()).hexdigest()[:32]
    return replace(incoming, outer_id=outer_id)


def _when(record: Record, layout: Layout, name: str, zone: ZoneInfo) -> str:
    """A moment of the outer system in ISO form; what is not a date stays as its text, for it decides nothing."""
    value = record.value(*layout.columns.get(name, ()))
    try:
        moment = read_moment(value, zone)
    except RowFault:
        return clean(to_text(value))
    return moment.isoformat() if moment else ""


def _score(text: str) -> int | None:
    found = _SCORE.fullmatch(text.casefold())
    return int(found[1]) if found else None


def _degrees(text: str, most: int) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if -most <= value <= most and value else None
