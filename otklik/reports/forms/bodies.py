"""Отчёт о работе органов и организаций главе: every body's figures and where each of them is weakest."""

from collections.abc import Sequence

from otklik.analytics.figures import Sums
from otklik.common.words import NBSP, capitalised, number
from otklik.reports.behind import Behind
from otklik.reports.forms.common import summary, work_cells
from otklik.reports.forms.form import Form
from otklik.reports.parts import Cell, Writing, text_cell
from otklik.reports.phrases import listed, of_whole, sentence
from otklik.reports.source import Source, sum_of

HEAD = ("Орган", "Посту\u00adпило", "В\u00a0срок", "Просро\u00adчено", "Повтор\u00adных", "Решено", "Оценка")
WIDTHS = (2.6, 0.9, 1.3, 1.0, 0.9, 1.3, 0.8)
WORST = 3
LEAST = 5
"""A share of fewer than this is nobody's weak side."""

SIDES = (
    ("больше всего просрочек", "due_overdue", "due", True),
    ("чаще пишут повторно", "received_repeated", "received", True),
    ("реже решают решаемое", "solvable_solved", "solvable_answered", False),
    ("чаще возвращают проекты ответов", "first_pass", "checked", False),
)


def by_body(source: Source, page: Writing, typed: str) -> None:
    found = _bodies(source)
    if not found:
        return
    page.head("По органам")
    rows = [body_row(capitalised(source.body(body)), now, source.behind("body", body)) for body, now in found]
    rows.append(body_row("Всего", sum_of(source.pairs("body").values()).now, source.behind()))
    page.table("Работа органов и организаций", HEAD, rows, WIDTHS, True)


def weak_sides(source: Source, page: Writing, typed: str) -> None:
    said = [_side(source, *one) for one in SIDES]
    if not any(said):
        return
    page.head("Слабые стороны")
    for one in said:
        page.say(one)


def body_row(name: str, now: Sums, way: Behind) -> tuple[Cell, ...]:
    """A body's line under `HEAD`; every form shows a body the same way, every number opens its cases."""
    return text_cell(name), *work_cells(now, way)


def _bodies(source: Source) -> Sequence[tuple[int, Sums]]:
    """Bodies that had anything in the period, the busiest first; cases without a body come last."""
    found = [(body, pair.now) for (body,), pair in source.pairs("body").items() if any(pair.now.values())]
    return sorted(found, key=lambda one: (not one[0], -one[1]["received"], source.body(one[0])))


def _side(source: Source, title: str, part: str, whole: str, is_more_worse: bool) -> str:
    """The worst bodies on one side, those that have something to show."""
    known = [(body, now) for body, now in _bodies(source) if body and now[whole] >= LEAST]
    bad = [(body, now) for body, now in known if (now[part] > 0 if is_more_worse else now[part] < now[whole])]
    sign = -1 if is_more_worse else 1
    bad.sort(key=lambda one: (sign * one[1][part] / one[1][whole], one[0]))
    if not bad:
        return ""
    named = [f"{source.body(body)} — {of_whole(now[part], now[whole])}" for body, now in bad[:WORST]]
    more = f"; всего таких органов {number(len(bad))}" if len(bad) > WORST else ""
    return sentence(f"{title}:{NBSP}{listed(named)}{more}")


BODIES = Form(
    key="bodies",
    heading="Отчёт о работе органов",
    subject="с обращениями и сообщениями",
    version=1,
    sections={"summary": summary, "by_body": by_body, "weak_sides": weak_sides},
    always=frozenset({"summary"}),
)
