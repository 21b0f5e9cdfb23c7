"""Отчёт об исполнении Положения: every duty with its state over the period, gaps first."""

from otklik.charter.clauses import CAPABILITIES
from otklik.charter.state import STATES
from otklik.common.words import count, table_day
from otklik.reports.execution import (
    DutyState,
    counts_of,
    gaps_first,
    role_title,
    section_title,
)
from otklik.reports.forms.form import Form
from otklik.reports.parts import Cell, Writing, count_cell, text_cell
from otklik.reports.phrases import sentence
from otklik.reports.source import Source

DUTIES = ("пункт", "пункта", "пунктов")
WIDTHS = (0.8, 2.5, 1.5, 0.8, 0.9)
HEAD = ("Пункт", "Обязанность", "Состояние", "Записей", "Последняя")


def whole(source: Source, page: Writing, typed: str) -> None:
    page.head("Общий итог")
    rows = source.duties
    if not rows:
        page.say("Положение не загружено: пунктов нет.")
        return
    counts = counts_of(rows)
    told = ", ".join(f"{words}: {counts[state]}" for state, words in STATES.items() if counts[state])
    page.say(sentence(f"в положении {count(len(rows), *DUTIES)}: {told}"))
    page.table(
        "Исполнение по способностям",
        ("Способность", "Пунктов", *(words.capitalize() for words in STATES.values())),
        [
            _of_capability(title, [row for row in rows if row.clause.capability == key])
            for key, title in _named(rows)
        ],
        (2.4, 0.8, 1.0, 1.1, 1.0, 1.2),
    )


def gaps(source: Source, page: Writing, typed: str) -> None:
    page.head("Что не исполнено")
    rows = gaps_first(source.duties)
    if not rows:
        page.say("Пробелов нет: каждый пункт подтверждён записями.")
    today = source.period.until
    page.table(
        "Пробелы",
        ("Пункт", "Обязанность", "Чья", "Состояние"),
        [
            (
                text_cell(row.number),
                text_cell(row.clause.title),
                text_cell(role_title(source.town, row.clause.actor, today)),
                text_cell(row.words),
            )
            for row in rows
        ],
        (0.8, 2.5, 1.4, 1.6),
    )
    for line in typed.splitlines():
        page.say(line.strip())


def duties(source: Source, page: Writing, typed: str) -> None:
    page.head("По пунктам")
    rows = source.duties
    for section in dict.fromkeys(row.section for row in rows):
        page.table(
            section_title(section),
            HEAD,
            [_cells(row, source) for row in rows if row.section == section],
            WIDTHS,
        )


def _cells(row: DutyState, source: Source) -> tuple[Cell, ...]:
    found = row.evidence
    last = table_day(found.last_at.astimezone(source.zone).date()) if found and found.last_at else "—"
    link = found.link if found and found.count else ""
    return (
        text_cell(row.number),
        text_cell(row.clause.title),
        text_cell(row.words),
        count_cell(found.count if found else 0, link),
        text_cell(last),
    )


def _named(rows: list[DutyState]) -> list[tuple[str, str]]:
    present = {row.clause.capability for row in rows}
    return [(key, title.capitalize()) for key, title in CAPABILITIES.items() if key in present]


def _of_capability(title: str, rows: list[DutyState]) -> tuple[Cell, ...]:
    counts = counts_of(rows)
    return (text_cell(title), count_cell(len(rows)), *(count_cell(counts[state]) for state in STATES))


EXECUTION = Form(
    key="execution",
    heading="Отчёт об исполнении Положения",
    subject="о центре управления",
    version=1,
    sections={"whole": whole, "gaps": gaps, "duties": duties},
    typed={"gaps": "Почему есть пробелы и что для этого делается"},
)
