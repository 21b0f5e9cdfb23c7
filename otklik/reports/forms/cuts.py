"""Sections that cut the figures one way: by topics, places, bodies, blocks, months; where cases gather."""

from collections.abc import Callable
from datetime import date
from typing import Any

from otklik.common.period import Period
from otklik.common.periods import MONTH_NAMES, month_of
from otklik.common.words import NBSP, capitalised, count, number
from otklik.reports.forms.common import line_of, lines_table, work_cells
from otklik.reports.parts import Cell, Writing, count_cell, text_cell
from otklik.reports.phrases import CARDS, difference, sentence
from otklik.reports.source import Pair, Source, sum_of

MOST_ROWS = 15
MONTHS_BACK = 12
LEAST_CLUSTER = 3
UNKNOWN_TOPIC, UNKNOWN_PLACE = "Тема не\u00a0определена", "Место не\u00a0известно"


def by_topic(source: Source, page: Writing, typed: str) -> None:
    def name(key: Any) -> str:
        return source.topics[key].title if key in source.topics else UNKNOWN_TOPIC

    _cut(source, page, "По темам", "topic", "Тема", name)


def by_place(source: Source, page: Writing, typed: str) -> None:
    def name(key: Any) -> str:
        return source.settlements.get(key, UNKNOWN_PLACE)

    _cut(source, page, "По населённым пунктам", "settlement", "Место", name)


def by_executor(source: Source, page: Writing, typed: str) -> None:
    def name(key: Any) -> str:
        return capitalised(source.body(key))

    _cut(source, page, "По исполнителям", "body", "Орган", name)


def by_block(source: Source, page: Writing, typed: str) -> None:
    titles = {one.key: one.title for one in source.blocks}
    if titles:
        _cut(
            source,
            page,
            "По направлениям",
            "block",
            "Направление",
            lambda key: titles.get(key, "Не\u00a0определено"),
        )


def by_month(source: Source, page: Writing, typed: str) -> None:
    """A year by months up to the end of the period; the last month may be a part of one."""
    months = source.months(MONTHS_BACK)
    if not any(one["received"] for one in months.values()):
        return
    page.head("По месяцам")
    rows = [
        (
            text_cell(f"{MONTH_NAMES[day.month - 1]} {day.year}"),
            *work_cells(one, source.over(_till(day, source.period.until)).behind())[:4],
        )
        for day, one in months.items()
    ]
    page.table(
        "Поступление и исполнение по месяцам",
        ("Месяц", "Поступило", "Отвечено в\u00a0срок", "Просрочено", "Повторных"),
        rows,
        (2.0, 1.0, 1.4, 1.0, 1.0),
    )


def _till(first: date, until: date) -> Period:
    """The month of its first day, no further than the end of the paper's days."""
    return Period(first, min(month_of(first.year, first.month).until, until))


def clusters(source: Source, page: Writing, limit: int) -> bool:
    """One paragraph for each topic that gathers in one settlement; whether there was any."""
    found = source.clusters(LEAST_CLUSTER, limit)
    for place, topic, pair in found:
        now, repeated = pair.now["received"], pair.now["received_repeated"]
        again = f", повторных — {number(repeated)}" if repeated else ""
        change = difference(now, pair.was["received"], source.previous_words)
        page.say(sentence(f"{topic}, {place}: {count(now, *CARDS)}{again}, {change}"))
    return bool(found)


def streets(source: Source, page: Writing, typed: str) -> None:
    spots = source.spots(MOST_ROWS)
    page.table(
        "Где пишут чаще",
        ("Место", "Поступило", "Было"),
        [(text_cell(one.name), count_cell(one.cards), count_cell(one.was)) for one in spots],
        (3.4, 1.0, 1.0),
    )


def _cut(
    source: Source, page: Writing, heading: str, dimension: str, first: str, name: Callable[[Any], str]
) -> None:
    """The busiest rows, all others in one, the sum."""
    found = sorted(
        ((key, pair) for (key,), pair in source.pairs(dimension).items() if _is_alive(pair)),
        key=lambda one: (-one[1].now["received"], name(one[0])),
    )
    if not found:
        return
    page.head(heading)
    shown, rest = found[:MOST_ROWS], found[MOST_ROWS:]
    lines: list[tuple[Cell, ...]] = [
        line_of(name(key), pair, source.behind(dimension, key)) for key, pair in shown
    ]
    if rest:
        lines.append(line_of(f"Остальные,{NBSP}{number(len(rest))}", sum_of(pair for _, pair in rest), None))
    if len(found) > 1:
        lines.append(line_of("Всего", sum_of(pair for _, pair in found), source.behind()))
    lines_table(page, f"{heading}: поступление и{NBSP}исполнение", first, lines, has_total=len(found) > 1)


def _is_alive(pair: Pair) -> bool:
    return any(pair.now[name] or pair.was[name] for name in ("received", "answered", "due"))
