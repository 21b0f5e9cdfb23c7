"""Bars of a small chart as numbers for SVG attributes: no script, no styles. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from otklik.common.words import SHORT_MONTHS

WIDTH, HEIGHT, STEP, BAR = 624, 160, 52, 20


@dataclass(frozen=True)
class Pair:
    """Two bars of one month: what came and what was answered; all in the units of the picture."""

    label: str
    x: int
    first_y: int
    first_height: int
    second_x: int
    second_y: int
    second_height: int


def bars_of(rows: Sequence[tuple[date, int, int]]) -> list[Pair]:
    """A pair a month, the tallest bar as high as the picture; nothing when nothing happened."""
    top = max((max(first, second) for _, first, second in rows), default=0)
    if not top:
        return []
    made = []
    for place, (month, first, second) in enumerate(rows):
        one, two = round(first / top * HEIGHT), round(second / top * HEIGHT)
        x = place * STEP + 5
        made.append(Pair(SHORT_MONTHS[month.month - 1], x, HEIGHT - one, one, x + BAR + 1, HEIGHT - two, two))
    return made
