"""Квартальный отчёт in ЦУР: the whole, then every block with its bodies (Михайловка 3.2.9)."""

from otklik.analytics.figures import Sums
from otklik.common.words import NBSP
from otklik.reports.forms.common import sources, summary
from otklik.reports.forms.form import Form
from otklik.reports.indicators import INDICATORS
from otklik.reports.parts import Cell, Writing, count_cell, hours_cell, of_cell, score_cell, text_cell
from otklik.reports.periods import in_short
from otklik.reports.phrases import received, sentence
from otklik.reports.source import Pair, Source

NO_BLOCK = "Блок не\u00a0определён"


def whole(source: Source, page: Writing, typed: str) -> None:
    page.head("Показатели")
    page.table(
        "Показатели работы с обращениями и сообщениями",
        ("Показатель", in_short(source.period).capitalize(), source.previous_words.capitalize()),
        [*_indicator_rows(source.whole), *_speed_rows(source)],
        (2.6, 1.4, 1.4),
    )


def blocks(source: Source, page: Writing, typed: str) -> None:
    pairs = source.pairs("block")
    bodies = source.pairs("block", "body")
    page.head("По блокам")
    for block in source.blocks:
        page.subhead(block.title)
        pair = pairs.get((block.key,), Pair())
        _block(source, page, block.title, pair)
        if pair.now["received"] or pair.was["received"]:
            speeds = _speed_rows(source, [topic.key for topic in block.topics.all()])
            page.table(
                f"«{block.title}»: показатели",
                ("Показатель", "За период", "Было"),
                [*_indicator_rows(pair), *speeds],
                (2.6, 1.4, 1.4),
            )
            own = {body: one for (key, body), one in bodies.items() if key == block.key and body}
            page.table(f"«{block.title}»: организации", BODY_HEAD, _body_rows(source, own), BODY_WIDTHS, True)
    lost = pairs.get(("",), Pair())
    if lost.now["received"]:
        page.subhead(NO_BLOCK)
        _block(source, page, NO_BLOCK, lost)


def practices(source: Source, page: Writing, typed: str) -> None:
    _typed(page, "Лучшие практики", typed)


def polls(source: Source, page: Writing, typed: str) -> None:
    _typed(page, "Опросы и голосования", typed)


def next_quarter(source: Source, page: Writing, typed: str) -> None:
    _typed(page, "План на следующий квартал", typed)


BODY_HEAD = ("Организация", "Посту\u00adпило", "В\u00a0срок", "Просро\u00adчено", "Решено", "Оценка")
BODY_WIDTHS = (2.6, 0.9, 1.3, 1.0, 1.3, 0.8)


def _typed(page: Writing, title: str, typed: str) -> None:
    page.head(title)
    for line in typed.splitlines() or ["Сведения за период не внесены."]:
        page.say(line.strip())


def _block(source: Source, page: Writing, title: str, pair: Pair) -> None:
    appeals = pair.now["appeals_received"]
    came = received(appeals, pair.now["received"] - appeals, pair.was["received"], source.previous_words)
    page.say(sentence(f"за{NBSP}{in_short(source.period)} {came}"))


def _indicator_rows(pair: Pair) -> list[tuple[Cell, ...]]:
    return [(text_cell(one.title), one.make(pair.now), one.make(pair.was)) for one in INDICATORS]


def _speed_rows(source: Source, topics: list[str] | None = None) -> list[tuple[Cell, ...]]:
    """Hours to the answers, now and before; facts keep hours by topic, and a block is its topics."""
    earlier = Source(source.town, source.previous, source.now, source.channel)
    rows = []
    for what, title in (
        ("first", "Часов до первого ответа, медиана"),
        ("final", "Часов до итогового ответа, медиана"),
    ):
        now, was = source.waited(what, topics), earlier.waited(what, topics)
        rows.append((text_cell(title), hours_cell(now.median), hours_cell(was.median)))
    return rows


def _body_rows(source: Source, bodies: dict[int, Pair]) -> list[tuple[Cell, ...]]:
    present = {body: pair.now for body, pair in bodies.items() if any(pair.now.values())}
    ordered = sorted(present, key=lambda body: (-present[body]["received"], source.body(body)))
    rows = [_body_row(source.body(body), present[body], source.link(body=str(body))) for body in ordered]
    if not rows:
        return []
    whole = Sums({})
    for one in present.values():
        whole = whole + one
    return [*rows, _body_row("Всего", whole, "")]


def _body_row(name: str, now: Sums, link: str) -> tuple[Cell, ...]:
    return (
        text_cell(name),
        count_cell(now["received"], link),
        of_cell(now["answered_legal"], now["answered"]),
        count_cell(now["due_overdue"]),
        of_cell(now["solvable_solved"], now["solvable_answered"]),
        score_cell(now["score_sum"], now["scored"]),
    )


QUARTER = Form(
    key="quarter",
    heading="ОТЧЁТ",
    subject="об эффективности работы с обращениями и сообщениями",
    version=1,
    sections={
        "sources": sources,
        "summary": summary,
        "whole": whole,
        "blocks": blocks,
        "practices": practices,
        "polls": polls,
        "next_quarter": next_quarter,
    },
    typed={
        "practices": "Лучшие практики за квартал",
        "polls": "Опросы, голосования и обсуждения: что проведено, чем кончилось",
        "next_quarter": "План на следующий квартал",
    },
    always=frozenset({"sources", "summary", "whole", "blocks"}),
    by_blocks=True,
)
