"""Итог автоматического анализа (Михайловка 4.3): by which criteria it was made, what it has found, what comes first."""

from otklik.analytics.criteria.models import DECISIONS, Finding
from otklik.analytics.criteria.reading import terms_of
from otklik.analytics.criteria.selectors import criteria_of, findings_of
from otklik.analytics.criteria.words import say_rule
from otklik.analytics.measures import MEASURES
from otklik.common.words import NBSP, count, table_day
from otklik.language.personal import find_personal
from otklik.reports.forms.common import sources
from otklik.reports.forms.form import Form
from otklik.reports.parts import Writing, text_cell
from otklik.reports.phrases import sentence
from otklik.reports.source import Source

FINDINGS = ("находка", "находки", "находок")
FIRST = ("weak", "taken")
MOST = 50
UNDECIDED = "не\u00a0решено"


def criteria(source: Source, page: Writing, typed: str) -> None:
    page.head("Критерии")
    rows = [
        (
            text_cell(one.title),
            text_cell(MEASURES[one.measure].title if one.measure in MEASURES else one.measure),
            text_cell(say_rule(terms_of(one), MEASURES.get(one.measure))),
        )
        for one in criteria_of(source.town)
        if one.is_on
    ]
    if not rows:
        page.say("Критерии анализа не включены.")
    page.table("По чему искали", ("Критерий", "Показатель", "Правило"), rows, (2.0, 1.3, 2.3))


def found(source: Source, page: Writing, typed: str) -> None:
    page.head("Что найдено")
    rows = _findings(source)
    if not rows:
        page.say(f"Находок за{NBSP}период нет.")
        return
    page.say(sentence(f"за{NBSP}период — {count(len(rows), *FINDINGS)}"))
    words = dict(DECISIONS)
    page.table(
        "Находки",
        ("День", "Находка", "Решение"),
        [
            (
                text_cell(table_day(one.until)),
                text_cell(one.text, one.link),
                text_cell(words.get(one.decision, UNDECIDED)),
            )
            for one in rows[:MOST]
        ],
        (0.9, 3.6, 1.1),
    )


def priorities(source: Source, page: Writing, typed: str) -> None:
    """What people have called weak or taken up; the rest is for them to write."""
    page.head("Приоритеты")
    chosen = [one for one in _findings(source) if one.decision in FIRST]
    for one in chosen:
        page.say(sentence(f"{one.get_decision_display()}: {one.text}"))
    for line in typed.splitlines():
        page.say(line.strip())
    if not chosen and not typed:
        page.say("По находкам решений не принято.")


def _findings(source: Source) -> list[Finding]:
    """Those without anything personal: a person may have written one by hand."""
    return [one for one in findings_of(source.town, source.period) if not find_personal(one.text)]


ANALYSIS = Form(
    key="analysis",
    heading="Итог автоматического анализа",
    subject="обращений и сообщений",
    version=1,
    sections={"sources": sources, "criteria": criteria, "found": found, "priorities": priorities},
    typed={"priorities": "Приоритеты: что делать сначала и почему"},
    always=frozenset({"sources"}),
)
