"""Errands and their discipline on paper: the list of a screen as a document any renderer draws."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import say_period
from otklik.common.words import count, full_day, percent, table_day
from otklik.desk.errand_rows import source_words
from otklik.office.errands.discipline import Discipline, Score
from otklik.office.errands.models import Errand
from otklik.reports.parts import Cell, Document, Paragraph, Part, Table

ERRANDS = ("поручение", "поручения", "поручений")
FOOT = "Личных данных нет."
LIST_HEAD = ("№", "Что сделать и чем измерить", "Ответственный", "Срок", "Состояние", "Основание")
LIST_WIDTHS = (5.0, 29.0, 21.0, 14.0, 15.5, 15.5)
SCORE_HEAD = (
    "Орган, должность",
    "Всего",
    "В срок",
    "Позже",
    "Просрочено",
    "Продлено",
    "Возвращено",
    "В срок, %",
)
SCORE_WIDTHS = (34.0, 9.0, 9.0, 9.0, 11.0, 10.0, 11.0, 9.0)


def list_paper(
    municipality: Municipality, rows: Iterable[Errand], view: str, today: date, now: datetime
) -> Document:
    """The list of a view as of today."""
    kept = list(rows)
    cells = tuple(_line(one, today) for one in kept)
    late = sum(one.is_late_on(today) for one in kept)
    opening = f"В перечне {count(len(kept), *ERRANDS)}, просрочено: {late}."
    table = Table("Поручения", LIST_HEAD, cells, LIST_WIDTHS)
    parts: tuple[Part, ...] = (Paragraph(opening), table) if kept else (Paragraph("Поручений нет."),)
    return _paper(municipality, "Перечень поручений", f"«{view}»", f"на {full_day(today)}", parts, now)


def _line(errand: Errand, today: date) -> tuple[Cell, ...]:
    state = "просрочено" if errand.is_late_on(today) else errand.get_state_display()
    moved = f", первый {table_day(errand.first_due_on)}" if errand.extensions else ""
    text = f"{errand.text}. Результат: {errand.result}" if errand.result else errand.text
    return (
        Cell(str(errand.number)),
        Cell(text),
        Cell(f"{errand.post.title} ({errand.body.short_name})"),
        Cell(f"{table_day(errand.due_on)}{moved}"),
        Cell(state),
        Cell(source_words(errand)),
    )


def discipline_paper(
    municipality: Municipality, whole: Score, bodies: Sequence[Discipline], period: Period, now: datetime
) -> Document:
    """Discipline of bodies and posts over a period; the last row sums the bodies."""
    lines = [line for body in bodies for line in (body, *body.posts)]
    cells = [score_cells(("— " if line not in bodies else "") + line.title, line.score) for line in lines]
    table = Table(
        "Исполнение поручений", SCORE_HEAD, (*cells, score_cells("Итого", whole)), SCORE_WIDTHS, True
    )
    how = "В срок — отчёт, который принят, дан не позже срока. Снятые с контроля в долю не входят."
    return _paper(
        municipality,
        "Исполнительская дисциплина",
        "по поручениям",
        say_period(period),
        (Paragraph(how), table),
        now,
    )


def score_cells(title: str, score: Score) -> tuple[Cell, ...]:
    """A row of the table of discipline."""
    numbers = (score.due, score.in_time, score.late, score.overdue, score.extended, score.returned)
    share = Cell("—") if score.share is None else Cell(percent(score.share), score.share, "share")
    return (Cell(title), *(Cell(str(one), one, "count") for one in numbers), share)


def _paper(
    municipality: Municipality,
    heading: str,
    subject: str,
    period: str,
    parts: tuple[Part, ...],
    now: datetime,
) -> Document:
    centre = charter_of(municipality).identity.centre_title
    foot = f"Составлено {table_day(now.date())}, {now:%H:%M}. {FOOT}"
    return Document(heading, subject, period, centre, "", "", parts, day=full_day(now.date()), foot=foot)
