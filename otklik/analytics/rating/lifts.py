"""«Что поднимет на одно место»: for each criterion the smallest change of its one figure. Pure.

All else stays as it is, denominators included: the same cases, better dealt with.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil

from otklik.analytics.rating.figures import CRITERIA, BodyFigures, Figure, Key
from otklik.analytics.rating.rules import RatedRow, RatingSheet, Scheme, score_of, whole

BEST_SCORE = 5


@dataclass(frozen=True)
class Lift:
    """A change of one figure: how many units, what it adds, whether it alone is enough.

    `cost` is the changed part of the whole figure, 0…1: what is cheapest is what changes least.
    """

    key: Key
    was: Figure
    becomes: Figure
    steps: int
    gain: float
    reaches: bool
    cost: float


@dataclass(frozen=True)
class Raise:
    """The way up: the place aimed at, points missing to it, changes from the cheapest."""

    place: int
    missing: float
    lifts: tuple[Lift, ...]


def way_up(sheet: RatingSheet, body_id: int, scheme: Scheme) -> Raise | None:
    """What raises the body by one place; None for the first place and for a body without a place."""
    row = next((one for one in sheet.rows if one.body.body_id == body_id), None)
    better = [one for one in sheet.rows if row is not None and one.place < row.place]
    if row is None or not better:
        return None
    above = better[-1]
    needed = above.points - 0.5
    found = (_lift(row, cell.key, scheme, needed) for cell in row.cells)
    lifts = sorted((one for one in found if one), key=lambda one: (not one.reaches, one.cost, -one.gain))
    return Raise(above.place, needed - row.score, tuple(lifts))


def changed(body: BodyFigures, key: Key, steps: int) -> BodyFigures:
    """The body with the one figure better by so many units: cases, points of scores, hours of the median."""
    return replace(body, figures={**body.figures, key: _better(body.figures[key], key, steps)})


def _better(figure: Figure, key: Key, steps: int) -> Figure:
    criterion = CRITERIA[key]
    if criterion.unit == "hours":
        hours = max(figure.numerator - steps, 0.0)
        return Figure(figure.value * hours / figure.numerator, hours, figure.denominator)
    numerator = figure.numerator + (steps if criterion.up_is_good else -steps)
    return Figure(numerator / figure.denominator, numerator, figure.denominator)


def _room(figure: Figure, key: Key) -> tuple[int, float]:
    """How many units the figure can still improve, and what they are a part of."""
    criterion = CRITERIA[key]
    if criterion.unit == "hours":
        return ceil(figure.numerator), figure.numerator
    most = figure.denominator * (BEST_SCORE if criterion.unit == "score" else 1)
    left = most - figure.numerator if criterion.up_is_good else figure.numerator
    return int(left), float(most)


def _lift(row: RatedRow, key: Key, scheme: Scheme, needed: float) -> Lift | None:
    figure = row.body.figures[key]
    room, of = _room(figure, key)
    if room <= 0:
        return None

    def score_after(steps: int) -> float:
        return score_of(changed(row.body, key, steps), scheme)

    reaches = whole(score_after(room)) >= whole(needed)
    goal = needed if reaches else score_after(room)
    steps = _fewest(room, lambda n: round(score_after(n) - goal, 9) >= 0)
    gain = score_after(steps) - row.score
    if gain <= 0:
        return None
    becomes = _better(figure, key, steps)
    return Lift(key, figure, becomes, steps, gain, reaches, steps / of)


def _fewest(room: int, is_enough: Callable[[int], bool]) -> int:
    """The smallest number of steps that is enough; `room` itself is known to be."""
    low, high = 1, room
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle + 1, high)
    return low
