"""Who stands where and why: points of each criterion, the score with its interval, shared places. Pure.

score = Σ weight · part, part is linear between the criterion's zero and its full. The value is pulled to the
group (see `priors`), the interval of 90 % comes from what is left uncertain. A criterion without enough data
gives its weight to the others in proportion. Places go by whole points; equal points share a place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, sqrt

from otklik.analytics.rating.figures import CRITERIA, BodyFigures, Figure, Key
from otklik.analytics.rating.formula import WHOLE, Formula, Weighed
from otklik.analytics.rating.priors import Prior

SIDE_90 = 1.645
FINENESS = 9
TOO_FEW, NO_DATA = "too_few", "no_data"


@dataclass(frozen=True)
class Scheme:
    """By what one sheet is counted: the formula, what small counts are pulled to, the least of items."""

    formula: Formula
    priors: Mapping[Key, Prior]
    min_items: int


@dataclass(frozen=True)
class Cell:
    """One criterion of one body: the figure, the pulled value, the weight it got and the points it gave."""

    key: Key
    figure: Figure
    pulled: float
    weight: float
    points: float


@dataclass(frozen=True)
class RatedRow:
    """A body with a place; `place_to` differs from `place` when the place is shared."""

    body: BodyFigures
    place: int
    place_to: int
    score: float
    low: float
    high: float
    cells: tuple[Cell, ...]
    before: int | None

    @property
    def points(self) -> int:
        """The score as it is printed and as places are given by it."""
        return whole(self.score)


@dataclass(frozen=True)
class UnratedRow:
    """«Не рейтингуется», and why: too few items, or nothing to judge by."""

    body: BodyFigures
    why: str


@dataclass(frozen=True)
class RatingSheet:
    """A finished sheet: rated bodies from the best, then those without a place."""

    rows: tuple[RatedRow, ...]
    unrated: tuple[UnratedRow, ...]


@dataclass(frozen=True)
class _Counted:
    body: BodyFigures
    score: float
    low: float
    high: float
    cells: tuple[Cell, ...]


def rate(bodies: Sequence[BodyFigures], scheme: Scheme, before: Mapping[int, int]) -> RatingSheet:
    """Places of the bodies; `before` are places of the period before by body id."""
    counted, unrated = [], []
    for body in bodies:
        why = _why_not(body, scheme)
        if why:
            unrated.append(UnratedRow(body, why))
        else:
            counted.append(_count(body, scheme))
    # Ids break ties of order inside a shared place: a name must not matter.
    counted.sort(key=lambda one: (-whole(one.score), -one.score, one.body.body_id))
    unrated.sort(key=lambda one: (-one.body.received, one.body.body_id))
    points = [whole(one.score) for one in counted]
    rows = (
        RatedRow(
            body=one.body,
            place=points.index(points[at]) + 1,
            place_to=points.index(points[at]) + points.count(points[at]),
            score=one.score,
            low=one.low,
            high=one.high,
            cells=one.cells,
            before=before.get(one.body.body_id),
        )
        for at, one in enumerate(counted)
    )
    return RatingSheet(tuple(rows), tuple(unrated))


def score_of(body: BodyFigures, scheme: Scheme) -> float:
    """The score of one body alone, 0…100."""
    return _count(body, scheme).score


def whole(score: float) -> int:
    """Halves go up; the dust of floating point is swept first."""
    return floor(round(score, FINENESS) + 0.5)


def pull(figure: Figure, prior: Prior) -> tuple[float, float]:
    """The value pulled to the group's mean and the deviation of what is left uncertain."""
    worth = figure.denominator + prior.strength
    value = (figure.value * figure.denominator + prior.mean * prior.strength) / worth
    spread = prior.spread or sqrt(max(value * (1 - value), 0.0))
    return value, spread / sqrt(worth + 1)


def part_of(value: float, weighed: Weighed) -> float:
    """0…1, linear between the criterion's zero and full."""
    return min(max((value - weighed.zero) / (weighed.full - weighed.zero), 0.0), 1.0)


def enough(body: BodyFigures, weighed: Weighed) -> bool:
    """Whether the body has data for the criterion."""
    figure = body.figures.get(weighed.key)
    return figure is not None and figure.denominator >= weighed.least


def _why_not(body: BodyFigures, scheme: Scheme) -> str:
    if body.received < scheme.min_items:
        return TOO_FEW
    return "" if any(enough(body, one) for one in scheme.formula.criteria) else NO_DATA


def _count(body: BodyFigures, scheme: Scheme) -> _Counted:
    used = [one for one in scheme.formula.criteria if enough(body, one)]
    weights = sum(one.weight for one in used)
    cells, down, up = [], 0.0, 0.0
    for one in used:
        weight = one.weight * WHOLE / weights
        figure = body.figures[one.key]
        value, deviation = pull(figure, scheme.priors[one.key])
        part = part_of(value, one)
        worse, better = _edges(value, deviation * SIDE_90, one)
        down += (weight * (part - worse)) ** 2
        up += (weight * (better - part)) ** 2
        cells.append(Cell(one.key, figure, value, weight, weight * part))
    score = sum(cell.points for cell in cells)
    return _Counted(body, score, max(score - sqrt(down), 0.0), min(score + sqrt(up), WHOLE), tuple(cells))


def _edges(value: float, reach: float, weighed: Weighed) -> tuple[float, float]:
    """Parts at the unlucky and the lucky end of the interval of one criterion."""
    sign = 1 if CRITERIA[weighed.key].up_is_good else -1
    return part_of(value - sign * reach, weighed), part_of(value + sign * reach, weighed)
