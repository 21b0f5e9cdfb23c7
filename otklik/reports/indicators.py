"""Rows of a report's table of indicators: a title and how the cell is made of counts. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from otklik.analytics.figures import Sums
from otklik.reports.parts import Cell, count_cell, score_cell, share_cell

Make = Callable[[Sums], Cell]


@dataclass(frozen=True)
class Indicator:
    """`section` is the charter's word for the group the row belongs to."""

    section: str
    title: str
    make: Make


def _count(*columns: str) -> Make:
    return lambda sums: count_cell(sum(sums[name] for name in columns))


def _share(part: str, whole: str) -> Make:
    return lambda sums: share_cell(sums[part], sums[whole])


INDICATORS = (
    Indicator("counts", "Поступило", _count("received")),
    Indicator("counts", "из них обращений", _count("appeals_received")),
    Indicator("counts", "Повторных", _share("received_repeated", "received")),
    Indicator("terms", "Отвечено в срок по закону", _share("answered_legal", "answered")),
    Indicator("terms", "Срок наступил, ответа не было", _share("due_overdue", "due")),
    Indicator("terms", "Сроков продлено", _count("extended")),
    Indicator("completeness", "Решено из решаемых", _share("solvable_solved", "solvable_answered")),
    Indicator("completeness", "Разъяснено", _share("answered_explained", "answered")),
    Indicator("completeness", "Согласовано с первого раза", _share("first_pass", "checked")),
    Indicator("satisfaction", "Средняя оценка заявителей", lambda s: score_cell(s["score_sum"], s["scored"])),
    Indicator("satisfaction", "Оценили из приглашённых", _share("scored_invited", "invited")),
    Indicator("fast_track", "Ускоренное рассмотрение", _share("received_fast_track", "received")),
)
