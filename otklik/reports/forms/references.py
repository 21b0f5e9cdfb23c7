"""Справки about one thing — a topic, a place, a body — and the picture of a branch: a block with its problems."""

from collections.abc import Sequence

from otklik.common.words import NBSP, capitalised
from otklik.reports.behind import Behind
from otklik.reports.forms.branch import causes_of_block, problems_of_block
from otklik.reports.forms.common import brief, overdue, sources
from otklik.reports.forms.cuts import (
    by_executor,
    by_month,
    by_place,
    by_topic,
    clusters,
    streets,
)
from otklik.reports.forms.form import Form
from otklik.reports.indicators import KEYS, QUALITY, SATISFACTION, TERMS, rows_of
from otklik.reports.parts import Writing
from otklik.reports.periods import in_short
from otklik.reports.source import Source

CLUSTERS = 7


def indicators(source: Source, page: Writing, typed: str) -> None:
    _figures(source, page, "Показатели", KEYS)


def terms(source: Source, page: Writing, typed: str) -> None:
    _figures(source, page, "Сроки", TERMS)


def quality(source: Source, page: Writing, typed: str) -> None:
    _figures(source, page, "Качество", QUALITY)


def satisfaction(source: Source, page: Writing, typed: str) -> None:
    _figures(source, page, "Удовлетворённость", SATISFACTION)


def problems(source: Source, page: Writing, typed: str) -> None:
    """The block's problems on the list, then where letters gather."""
    page.head("Проблемы")
    if not problems_of_block(source, page):
        page.say("Подтверждённых проблем на перечне у направления нет.")
    if not clusters(source, page, CLUSTERS):
        page.say(f"Тем, о{NBSP}которых из{NBSP}одного места пришло три карточки и больше, нет.")
    streets(source, page, "")


def causes(source: Source, page: Writing, typed: str) -> None:
    page.head("Первопричины")
    is_named = causes_of_block(source, page)
    own = source.said.get(source.about.key, "")
    for line in [*own.splitlines(), *typed.splitlines()] or ["" if is_named else "Первопричины не названы."]:
        page.say(line.strip())


def _figures(source: Source, page: Writing, heading: str, keys: Sequence[str]) -> None:
    page.head(heading)
    page.table(
        heading,
        ("Показатель", capitalised(in_short(source.period)), capitalised(source.previous_words)),
        rows_of(source.whole, source.waits(), source.earlier.waits(), _ways(source), keys),
        (2.6, 1.4, 1.4),
    )


def _ways(source: Source) -> tuple[Behind, Behind]:
    return source.behind(), source.earlier.behind()


TOPIC = Form(
    key="topic",
    heading="Справка",
    subject="по теме",
    version=1,
    sections={
        "sources": sources,
        "summary": brief,
        "indicators": indicators,
        "by_month": by_month,
        "by_place": by_place,
        "streets": streets,
        "by_executor": by_executor,
        "overdue": overdue,
    },
    about="topic",
)
PLACE = Form(
    key="place",
    heading="Справка",
    subject="по месту:",
    version=1,
    sections={
        "sources": sources,
        "summary": brief,
        "by_month": by_month,
        "by_topic": by_topic,
        "streets": streets,
        "by_executor": by_executor,
        "overdue": overdue,
    },
    about="settlement",
)
BODY = Form(
    key="body",
    heading="Справка",
    subject="о работе с обращениями и сообщениями:",
    version=1,
    sections={
        "sources": sources,
        "summary": brief,
        "indicators": indicators,
        "by_month": by_month,
        "by_topic": by_topic,
        "by_place": by_place,
        "overdue": overdue,
    },
    about="body",
)
BRANCH = Form(
    key="branch",
    heading="Картина проблем",
    subject="по направлению",
    version=2,
    sections={
        "sources": sources,
        "summary": brief,
        "by_topic": by_topic,
        "problems": problems,
        "causes": causes,
        "terms": terms,
        "quality": quality,
        "satisfaction": satisfaction,
        "by_executor": by_executor,
        "by_month": by_month,
        "overdue": overdue,
    },
    typed={"causes": "Первопричины: что установлено и чем подтверждено"},
    always=frozenset({"sources", "summary", "by_topic", "by_executor"}),
    about="block",
)
