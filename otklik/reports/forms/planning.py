"""Papers for those who plan: materials for plans of development; projects and what came of recommendations."""

from collections.abc import Callable

from otklik.common.words import NBSP, number
from otklik.problems.advice.selectors import adopted_by
from otklik.reports.forms.advised import adoption
from otklik.reports.forms.common import brief, sources
from otklik.reports.forms.cuts import by_block, by_month, by_place, by_topic
from otklik.reports.forms.form import Form, Section
from otklik.reports.forms.references import problems
from otklik.reports.parts import Writing, count_cell, of_cell, text_cell
from otklik.reports.phrases import of_whole, sentence
from otklik.reports.source import Source

NOT_TOLD = "Сведения за период не внесены."
NOTHING = "Принятых рекомендаций на конец периода нет, блоки сведений не внесли."


def written(title: str) -> Section:
    """A part that people write; an empty one says so."""

    def section(source: Source, page: Writing, typed: str) -> None:
        page.head(title)
        for line in typed.splitlines() or [NOT_TOLD]:
            page.say(line.strip())

    return section


def promises(source: Source, page: Writing, typed: str) -> None:
    """What was promised in answers and what was kept: the one part of the adoption that figures know."""
    page.head("Обещания в ответах")
    now = source.whole.now
    if not now["promises_due"]:
        page.say(f"Обещаний, день которых наступил за{NBSP}период, нет.")
        return
    page.say(
        sentence(
            f"обещаний с{NBSP}наступившим днём сдержано {of_whole(now['promises_kept'], now['promises_due'])}"
        )
    )
    cut = source.pairs("block")
    rows = [
        (
            text_cell(block.title),
            count_cell(found.now["promises_due"]),
            of_cell(found.now["promises_kept"], found.now["promises_due"]),
            of_cell(found.was["promises_kept"], found.was["promises_due"]),
        )
        for block in source.blocks
        if (found := cut.get((block.key,))) and found.now["promises_due"]
    ]
    page.table(
        "Обещания по направлениям",
        ("Направление", "Наступил день", "Сдержано", "Было"),
        rows,
        (2.6, 1.0, 1.2, 1.2),
    )


def recommendations(source: Source, page: Writing, typed: str) -> None:
    """The catalogue as it stood on the last day: what was accepted, how blocks adopt it, what it gave; then words."""
    page.head("Внедрение рекомендаций")
    titles = {one.key: one.title for one in source.blocks}
    kept = adopted_by(source.town, source.period.until)
    told = [(titles.get(key, key), text) for key, text in source.said.items() if text]
    if kept:
        adoption(source, page, kept)
    elif not (told or typed):
        page.say(NOTHING)
    for title, text in told:
        page.subhead(title)
        for line in text.splitlines():
            page.say(line.strip())
    for line in typed.splitlines():
        page.say(line.strip())
    if told and len(told) < len(titles):
        silent = len(titles) - len(told)
        page.say(f"Не{NBSP}внесли: {number(silent)} из{NBSP}{number(len(titles))}.")


SECTIONS: dict[str, Callable[[Source, Writing, str], None]] = {
    "sources": sources,
    "summary": brief,
    "projects": written("Проекты и программы"),
    "recommendations": recommendations,
    "promises": promises,
    "by_block": by_block,
    "plan_input": written("Для сводного плана"),
    "other_data": written("Другие отчётные данные"),
}

PROJECTS = Form(
    key="projects",
    heading="Отчёт",
    subject="о внедрении рекомендаций, проектах и программах",
    version=2,
    sections=SECTIONS,
    typed={
        "projects": "Проекты и программы: что сделано за период",
        "recommendations": "Рекомендации: какие внедрены, чем подтверждено",
        "plan_input": "Предложения в сводный план",
        "other_data": "Другие данные",
    },
    always=frozenset({"sources", "promises"}),
    by_blocks=True,
)
PLANNING = Form(
    key="planning",
    heading="Материалы",
    subject="для планирования развития",
    version=1,
    sections={
        "sources": sources,
        "summary": brief,
        "by_block": by_block,
        "by_topic": by_topic,
        "problems": problems,
        "by_place": by_place,
        "trends": by_month,
        "proposals": written("Предложения в планы"),
    },
    typed={"proposals": "Предложения в планы развития: что, где, зачем"},
    always=frozenset({"sources", "summary", "by_block", "by_place"}),
)
