"""The sets the product can publish: their words, their columns, the facts they are made of.

Rows are months and topics, months and places, months alone; nothing of a case, an author or a house is read.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from otklik.analytics.selectors import sums
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.outreach.services import Issue
from otklik.places.models import Settlement
from otklik.reports.open_data.rules import Line, hidden_in, hide_small, join_small
from otklik.topics.models import Topic

OTHER_TOPICS, OTHER_PLACES, NO_PLACE = "прочие темы", "прочие места", "место не названо"
Lines = Callable[[Municipality, Period, int], list[Line]]


@dataclass(frozen=True)
class Column:
    """A column of a set: its machine name, what it means in Russian and in English, its kind."""

    name: str
    title: str
    english: str
    kind: str = "целое число"


@dataclass(frozen=True)
class Ready:
    """A set that can be opened; `names` are columns of words, `counts` those of numbers."""

    key: str
    title: str
    description: str
    keywords: str
    names: Sequence[Column]
    counts: Sequence[Column]
    lines: Lines

    @property
    def columns(self) -> list[Column]:
        return [*self.names, *self.counts]


MONTH = Column("month", "месяц", "month, YYYY-MM", "строка")
RECEIVED = Column("received", "пришло обращений и сообщений", "appeals and messages received")
ANSWERED = Column("answered", "дано окончательных ответов", "final answers given")
SOLVED = Column("answered_solved", "из них проблема решена", "of them solved")
EXPLAINED = Column("answered_explained", "из них дано разъяснение", "of them explained")
IN_TERM = Column("answered_legal", "из них в срок по закону", "of them within the legal term")
DUE = Column("due", "наступил срок ответа", "answers due")
OVERDUE = Column("due_overdue", "к сроку ответа не было", "answers overdue")
APPEALS = Column("appeals_received", "из пришедших — обращения по 59-ФЗ", "of them appeals by law 59-FZ")


def _by_topic(town: Municipality, period: Period, least: int) -> list[Line]:
    titles = dict(Topic.objects.values_list("key", "title"))
    columns = [one.name for one in (RECEIVED, ANSWERED, SOLVED, EXPLAINED)]
    found = sums([town.pk], period, ("month", "topic"), None, columns)
    rows: dict[date, list[Line]] = {}
    for (month, topic), figures in found.items():
        line = Line((_month(month), titles.get(topic, topic)), {name: figures[name] for name in columns})
        rows.setdefault(month, []).append(line)
    return _safe(rows, least, OTHER_TOPICS)


def _by_place(town: Municipality, period: Period, least: int) -> list[Line]:
    names = dict(Settlement.objects.filter(municipality=town).values_list("pk", "name"))
    columns = [RECEIVED.name, ANSWERED.name]
    found = sums([town.pk], period, ("month", "settlement"), None, columns)
    rows: dict[date, list[Line]] = {}
    for (month, place), figures in found.items():
        name = names.get(place, NO_PLACE)
        line = Line((_month(month), name), {column: figures[column] for column in columns})
        rows.setdefault(month, []).append(line)
    return _safe(rows, least, OTHER_PLACES)


def _by_month(town: Municipality, period: Period, least: int) -> list[Line]:
    columns = [one.name for one in (RECEIVED, APPEALS, ANSWERED, IN_TERM, DUE, OVERDUE)]
    found = sums([town.pk], period, ("month",), None, columns)
    lines = [
        Line((_month(month),), {name: figures[name] for name in columns})
        for (month,), figures in sorted(found.items())
    ]
    return hide_small(lines, least)


def _safe(rows: Mapping[date, list[Line]], least: int, other: str) -> list[Line]:
    made: list[Line] = []
    for month in sorted(rows):
        made += hide_small(join_small(rows[month], RECEIVED.name, least, (_month(month), other)), least)
    return made


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


READY: dict[str, Ready] = {
    one.key: one
    for one in (
        Ready(
            "topics",
            "Обращения жителей по темам",
            "Сколько обращений и сообщений жителей пришло по каждой теме за месяц, сколько из них получили"
            " окончательный ответ, решены, разъяснены. Данные обезличены.",
            "обращения граждан, темы обращений, решённые проблемы, благоустройство, ЖКХ, дороги",
            (MONTH, Column("topic", "тема", "topic", "строка")),
            (RECEIVED, ANSWERED, SOLVED, EXPLAINED),
            _by_topic,
        ),
        Ready(
            "places",
            "Обращения жителей по населённым пунктам",
            "Сколько обращений и сообщений пришло из каждого населённого пункта за месяц и сколько получили"
            " окончательный ответ. Улицы и дома не называются, данные обезличены.",
            "обращения граждан, населённые пункты, территория",
            (MONTH, Column("place", "населённый пункт", "settlement", "строка")),
            (RECEIVED, ANSWERED),
            _by_place,
        ),
        Ready(
            "terms",
            "Сроки ответов на обращения жителей",
            "Сколько обращений и сообщений пришло за месяц, сколько ответов дано, сколько — в срок и сколько"
            " просрочено. Данные обезличены.",
            "обращения граждан, сроки ответа, 59-ФЗ, просрочка",
            (MONTH,),
            (RECEIVED, APPEALS, ANSWERED, IN_TERM, DUE, OVERDUE),
            _by_month,
        ),
    )
}


def compose(ready: Ready, town: Municipality, period: Period, least: int) -> Issue:
    """The table of the set over the period, safe to publish."""
    lines = ready.lines(town, period, least)
    columns = [(one.name, one.title, one.kind) for one in ready.columns]
    return Issue(
        since=period.since,
        until=period.until,
        columns=columns,
        csv=_as_csv(ready, lines),
        rows=len(lines),
        hidden=hidden_in(lines),
    )


def _as_csv(ready: Ready, lines: Sequence[Line]) -> str:
    """UTF-8, commas, the first line names the columns; a hidden count is an empty cell (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([one.name for one in ready.columns])
    for line in lines:
        counts = [line.counts.get(one.name) for one in ready.counts]
        writer.writerow([*line.names, *("" if value is None else value for value in counts)])
    return out.getvalue()
