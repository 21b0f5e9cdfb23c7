"""Аналитическая записка главе (DOMAIN 8: the nine parts) and the summary of a day or a week, its shorter sister."""

from typing import Any

from otklik.common.words import NBSP, count, number, plural, table_day
from otklik.reports.forms.common import by_channel, overdue, sources, summary, top_topics
from otklik.reports.forms.cuts import by_executor, clusters
from otklik.reports.forms.decided import effects_told, errands_kept, problems_kept
from otklik.reports.forms.form import Form
from otklik.reports.forms.rating import annex
from otklik.reports.forms.risked import risks_kept
from otklik.reports.parts import Writing
from otklik.reports.phrases import is_notable, of_whole, sentence
from otklik.reports.source import Pair, Source, most_changed

LATE = ("просроченную карточку", "просроченные карточки", "просроченных карточек")
CLUSTERS = 3
DAYS_TO_ANSWER, DAYS_TO_SEE = 5, 14
ORDERS = 3


def causes(source: Source, page: Writing, typed: str) -> None:
    page.head("Проблемы и первопричины")
    kept = problems_kept(source, page)
    if not clusters(source, page, CLUSTERS) and not kept and not typed:
        page.say(f"Тем, о{NBSP}которых из{NBSP}одного места пришло три карточки и больше, нет.")
    _say_typed(page, typed)


def risks(source: Source, page: Writing, typed: str) -> None:
    page.head("Информационные риски")
    kept = risks_kept(source, page)
    _say_typed(page, typed or ("" if kept else "Сведения об информационных рисках за период не внесены."))


def done(source: Source, page: Writing, typed: str) -> None:
    page.head("Что сделано")
    now = source.whole.now
    outcomes = [
        (now["answered_solved"], "решено"),
        (now["answered_explained"], "разъяснено"),
        (now["answered_forwarded"] + now["forwarded"], "передано по компетенции"),
        (now["answered_refused"], "отказано"),
        (now["closed"], "закрыто карточек"),
    ]
    said = [f"{word} — {number(n)}" for n, word in outcomes if n]
    page.say(
        sentence(", ".join(said)) if said else "Окончательных ответов за период не было.", _promises(source)
    )
    page.say(_speed(source))
    effects_told(source, page)
    page.say(errands_kept(source))
    _say_blocks(source, page)
    _say_typed(page, typed)


def proposals(source: Source, page: Writing, typed: str) -> None:
    orders = [*_late_orders(source), *_growth_orders(source)]
    page.head("Предлагается")
    for order in orders:
        page.say(order)
    if not orders and not typed:
        page.say("Поручений по данным периода не требуется.")
    _say_typed(page, typed)


def _say_typed(page: Writing, typed: str) -> None:
    """What a person has written, a paragraph a line."""
    for line in typed.splitlines():
        page.say(line.strip())


def _say_blocks(source: Source, page: Writing) -> None:
    """What heads of blocks have added to their parts."""
    titles = {one.key: one.title for one in source.blocks}
    for key, text in source.said.items():
        page.say(sentence(f"«{titles.get(key, key)}»: {' '.join(text.split())}"))


def _promises(source: Source) -> str:
    now = source.whole.now
    if not now["promises_due"]:
        return ""
    return sentence(
        f"обещаний с{NBSP}наступившим днём сдержано {of_whole(now['promises_kept'], now['promises_due'])}"
    )


def _speed(source: Source) -> str:
    said = []
    for what, words in (("first", "первого ответа"), ("final", "окончательного ответа")):
        waited = source.waited(what)
        if waited.median is not None and waited.p90 is not None:
            said.append(
                f"до{NBSP}{words} половина карточек ждала не дольше {_genitive(waited.median)}, "
                f"девять из{NBSP}десяти — {_genitive(waited.p90)}"
            )
    return sentence("; ".join(said)) if said else ""


def _genitive(hours: float) -> str:
    """«не дольше 1 часа», «26 часов», «26,5 часа»."""
    forms = ("часа", "часов", "часов") if float(hours).is_integer() else ("часа",) * 3
    return f"{number(hours)}{NBSP}{plural(int(hours), *forms)}"


def _late_orders(source: Source) -> list[str]:
    until = table_day(source.working_day_in(DAYS_TO_ANSWER))
    return [
        sentence(
            f"поручить: {one.body} — ответить на{NBSP}{count(one.cards, *LATE)} и доложить о{NBSP}причинах. "
            f"Срок: до{NBSP}{until}"
        )
        for one in source.overdue[:ORDERS]
        if one.body_id
    ]


def _growth_orders(source: Source) -> list[str]:
    """To whoever has most cases of a topic that has grown; thanks and questions need no measures."""
    pairs = source.by_topic
    grown = [
        (key, pair)
        for key, pair in most_changed(pairs, "received", len(pairs))
        if pair.now["received"] > pair.was["received"]
        and is_notable(pair.now["received"], pair.was["received"])
        and source.is_solvable(key)
    ][:ORDERS]
    if not grown:
        return []
    hands = source.pairs("topic", "body")
    until = table_day(source.working_day_in(DAYS_TO_SEE))
    return [
        sentence(
            f"поручить: {source.body(body)} — разобрать рост по{NBSP}теме {source.topic(key)} "
            f"({number(pair.was['received'])} → {number(pair.now['received'])}) и предложить меры. "
            f"Срок: до{NBSP}{until}"
        )
        for key, pair in grown
        if (body := _busiest(hands, key))
    ]


def _busiest(hands: dict[tuple[Any, ...], Pair], topic: str) -> int:
    own = {body: pair for (key, body), pair in hands.items() if key == topic and body}
    return max(own, key=lambda body: (own[body].now["received"], -body)) if own else 0


NOTE = Form(
    key="note",
    heading="Аналитическая записка",
    subject="о работе с обращениями и сообщениями",
    version=4,
    sections={
        "sources": sources,
        "summary": summary,
        "by_channel": by_channel,
        "top_topics": top_topics,
        "causes": causes,
        "risks": risks,
        "done": done,
        "overdue": overdue,
        "proposals": proposals,
        "rating": annex,
    },
    typed={
        "causes": "Первопричины: что установлено и чем подтверждено",
        "risks": "Информационные риски: что выявлено и как отработано",
        "done": "Что сделано сверх ответов",
        "proposals": "Ваши предложения: кому, что, к какому дню",
    },
    always=frozenset({"sources", "summary"}),
    by_blocks=True,
)

WEEK = Form(
    key="week",
    heading="Сводка",
    subject="о поступлении и исполнении обращений и сообщений",
    version=1,
    sections={
        "summary": summary,
        "by_channel": by_channel,
        "top_topics": top_topics,
        "overdue": overdue,
    },
)

DAY = Form(
    key="day",
    heading="Сводка за день",
    subject="о поступлении и исполнении обращений и сообщений",
    version=1,
    sections={
        "summary": summary,
        "by_channel": by_channel,
        "by_executor": by_executor,
        "overdue": overdue,
    },
)
