"""Квартальный отчёт in ЦУР: the whole, then every block with its bodies (Михайловка 3.2.9)."""

from otklik.analytics.figures import Sums, total
from otklik.common.words import NBSP, capitalised
from otklik.reports.behind import Behind
from otklik.reports.forms.advised import practices_kept
from otklik.reports.forms.bodies import HEAD, WIDTHS, body_row
from otklik.reports.forms.common import sources, summary
from otklik.reports.forms.decided import plan_ahead, roadmaps_kept
from otklik.reports.forms.form import Form
from otklik.reports.forms.polled import polls_kept
from otklik.reports.forms.risked import risks_kept
from otklik.reports.indicators import rows_of
from otklik.reports.parts import Cell, Writing
from otklik.reports.periods import in_short
from otklik.reports.phrases import received, sentence
from otklik.reports.source import Pair, Source

NO_BLOCK = "Блок не\u00a0определён"


def whole(source: Source, page: Writing, typed: str) -> None:
    page.head("Показатели")
    page.table(
        "Показатели работы с обращениями и сообщениями",
        ("Показатель", capitalised(in_short(source.period)), capitalised(source.previous_words)),
        _indicator_rows(source, source.whole, _ways(source)),
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
        for line in source.said.get(block.key, "").splitlines():
            page.say(line.strip())
        if pair.now["received"] or pair.was["received"]:
            topics = [topic.key for topic in block.topics.all()]
            page.table(
                f"«{block.title}»: показатели",
                ("Показатель", "За период", "Было"),
                _indicator_rows(source, pair, _ways(source, block.key), topics),
                (2.6, 1.4, 1.4),
            )
            own = {body: one.now for (key, body), one in bodies.items() if key == block.key}
            page.table(
                f"«{block.title}»: организации", HEAD, _body_rows(source, block.key, own), WIDTHS, True
            )
    lost = pairs.get(("",), Pair())
    if lost.now["received"]:
        page.subhead(NO_BLOCK)
        _block(source, page, NO_BLOCK, lost)


def roadmaps(source: Source, page: Writing, typed: str) -> None:
    page.head("Дорожные карты")
    _say(page, typed, roadmaps_kept(source, page))


def public_pages(source: Source, page: Writing, typed: str) -> None:
    _typed(page, "Официальные страницы", typed)


def risks(source: Source, page: Writing, typed: str) -> None:
    page.head("Информационные риски")
    _say(page, typed, risks_kept(source, page))


def practices(source: Source, page: Writing, typed: str) -> None:
    page.head("Лучшие практики")
    _say(page, typed, practices_kept(source, page))


def polls(source: Source, page: Writing, typed: str) -> None:
    page.head("Опросы, голосования и обсуждения")
    _say(page, typed, polls_kept(source, page))


def next_quarter(source: Source, page: Writing, typed: str) -> None:
    page.head("План на следующий квартал")
    _say(page, typed, plan_ahead(source, page))


def _typed(page: Writing, title: str, typed: str) -> None:
    page.head(title)
    _say(page, typed)


def _say(page: Writing, typed: str, known: bool = False) -> None:
    """What a person has typed; where neither records nor a person tell anything, that is said."""
    for line in typed.splitlines() or ([] if known else ["Сведения за период не внесены."]):
        page.say(line.strip())


def _block(source: Source, page: Writing, title: str, pair: Pair) -> None:
    appeals = pair.now["appeals_received"]
    came = received(appeals, pair.now["received"] - appeals, pair.was["received"], source.previous_words)
    page.say(sentence(f"за{NBSP}{in_short(source.period)} {came}"))


def _indicator_rows(
    source: Source, pair: Pair, ways: tuple[Behind, Behind], topics: list[str] | None = None
) -> list[tuple[Cell, ...]]:
    """Facts keep hours by topic, and a block is its topics."""
    return rows_of(pair, source.waits(topics), source.earlier.waits(topics), ways)


def _ways(source: Source, block: str = "") -> tuple[Behind, Behind]:
    """To the cases of the period and of the one before, of one block when it is named."""
    by = "block" if block else ""
    return source.behind(by, block), source.earlier.behind(by, block)


def _body_rows(source: Source, block: str, bodies: dict[int, Sums]) -> list[tuple[Cell, ...]]:
    """Every organisation the block's cases were with; what nobody has yet stands last."""
    present = {body: now for body, now in bodies.items() if any(now.values())}
    ordered = sorted(present, key=lambda body: (not body, -present[body]["received"], source.body(body)))
    rows = [
        body_row(capitalised(source.body(body)), present[body], source.behind("body", body, block=block))
        for body in ordered
    ]
    whole = body_row("Всего", total(present.values()), source.behind("block", block))
    return [*rows, whole] if rows else []


QUARTER = Form(
    key="quarter",
    heading="Отчёт",
    subject="об эффективности работы с обращениями и сообщениями",
    version=4,
    sections={
        "sources": sources,
        "summary": summary,
        "whole": whole,
        "blocks": blocks,
        "roadmaps": roadmaps,
        "practices": practices,
        "polls": polls,
        "public_pages": public_pages,
        "risks": risks,
        "next_quarter": next_quarter,
    },
    typed={
        "roadmaps": "Дорожные карты: что сделано, что просрочено",
        "practices": "Лучшие практики за квартал",
        "polls": "Опросы, голосования и обсуждения: что проведено, чем кончилось",
        "public_pages": "Официальные страницы: публикации, охват, что изменилось",
        "risks": "Информационные риски: что выявлено и как отработано",
        "next_quarter": "План на следующий квартал",
    },
    always=frozenset({"sources", "summary", "whole", "blocks", "roadmaps", "public_pages", "risks"}),
    by_blocks=True,
)
