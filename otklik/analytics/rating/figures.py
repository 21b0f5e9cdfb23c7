"""What the rating measures: six criteria and the figures of one body. Pure data.

Read by `formula` and `rules`; `selectors` fills `BodyFigures` from daily facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Key = Literal["overdue", "speed", "repeats", "solved", "satisfaction", "quality"]
Unit = Literal["share", "hours", "score"]


@dataclass(frozen=True)
class Criterion:
    """One indicator: heading of its column, the formula in words, what its value is measured in.

    The value is a share 0…1, for `hours` the median divided by its norm, for `score` a mean of 1…5. `measure` of the
    catalogue counts the same columns of the facts, so its cases stand behind the figure.
    """

    key: Key
    code: str
    title: str
    formula: str
    unit: Unit
    up_is_good: bool
    measure: str


CRITERIA: Mapping[Key, Criterion] = {
    one.key: one
    for one in (
        Criterion(
            "overdue",
            "K1",
            "Просрочка",
            "просроченные, делённые на подошедшие к сроку",
            "share",
            False,
            "overdue",
        ),
        Criterion(
            "speed",
            "K2",
            "Первый ответ",
            "медиана часов до первого ответа, делённая на норму",
            "hours",
            False,
            "first_median",
        ),
        Criterion(
            "repeats", "K3", "Повторы", "повторные, делённые на поступившие", "share", False, "repeated"
        ),
        Criterion(
            "solved",
            "K4",
            "Решено",
            "решённые на деле, делённые на решаемые с ответом",
            "share",
            True,
            "solvable_solved",
        ),
        Criterion(
            "satisfaction",
            "K5",
            "Оценка",
            "сумма оценок, делённая на их число",
            "score",
            True,
            "satisfaction",
        ),
        Criterion(
            "quality",
            "K6",
            "Принято сразу",
            "согласованные без возврата, делённые на все",
            "share",
            True,
            "first_pass",
        ),
    )
}


@dataclass(frozen=True)
class Figure:
    """A cell of the table: how many of how many, and the value the criterion is judged by.

    For `speed` the numerator is the median in hours and the denominator the number of first answers.
    """

    value: float
    numerator: float
    denominator: int


def share(numerator: int, denominator: int) -> Figure | None:
    """A share or a mean by its parts; None when there is nothing to divide by."""
    return Figure(numerator / denominator, numerator, denominator) if denominator else None


@dataclass(frozen=True)
class BodyFigures:
    """Everything one body is judged by in one period and sheet; a missing criterion has no data."""

    body_id: int
    name: str
    received: int
    figures: Mapping[Key, Figure]
