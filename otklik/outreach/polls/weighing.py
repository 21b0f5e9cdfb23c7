"""How results are weighed by age and place (raking), and when that is honestly refused. Pure.

Iterative proportional fitting of Deming and Stephan (1940) over groups whose numbers are known; the design effect of
Kish (1965) tells how many equal answers the weighted ones are worth.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from otklik.common.words import number, percent

LEAST_IN_GROUP = 10
"""Fewer answers speak for nobody but themselves and may be recognised: no weight and no separate figure."""
MOST_WEIGHT = 5.0
LEAST_KNOWN = 0.5
ROUNDS, CLOSE_ENOUGH = 100, 1e-6

Cell = tuple[str, ...]
"""Groups of a ballot in the order of the features weighed by."""


@dataclass(frozen=True)
class Feature:
    """A feature with how many residents each of its groups has; empty where that is not known."""

    name: str
    population: Mapping[str, int]
    titles: Mapping[str, str]


@dataclass(frozen=True)
class Weighing:
    """Weights by cell, with the mean of one; `words` say how it was done or why it was not."""

    words: str
    weights: Mapping[Cell, float] = field(default_factory=dict)
    worth: float = 0.0

    @property
    def is_done(self) -> bool:
        return bool(self.weights)


def weigh(cells: Mapping[Cell, int], features: Sequence[Feature]) -> Weighing:
    """Weights that bring each group to its share of residents; or none, with the reason.

    `cells` counts ballots by their groups; ballots that named none are left out of the weighted figures.
    """
    if not features:
        return Weighing("Итоги не взвешены: возраст и место жительства не спрашивали.")
    if any(not one.population for one in features):
        return Weighing("Итоги не взвешены: численность групп не указана.")
    known = {cell: n for cell, n in cells.items() if n and _is_known(cell, features)}
    total, whole = sum(known.values()), sum(cells.values())
    if not whole:
        return Weighing("Итоги не взвешены: ответов нет.")
    if total / whole < LEAST_KNOWN:
        return Weighing(f"Итоги не взвешены: о себе сообщили только {percent(total / whole)} ответивших.")
    for place, feature in enumerate(features):
        if small := _small_group(known, place, feature):
            return Weighing(small)
    weights = _raked(known, features, total)
    heaviest = max(weights.values())
    if heaviest > MOST_WEIGHT:
        return Weighing(
            f"Итоги не взвешены: чтобы выровнять группы, один голос пришлось бы считать за {number(heaviest, 1)}."
        )
    sums = sum(n * weights[cell] for cell, n in known.items())
    squares = sum(n * weights[cell] ** 2 for cell, n in known.items())
    names = " и ".join(one.name for one in features)
    words = f"Взвешено: {names}; учтены {number(total)} из {number(whole)} ответов."
    return Weighing(words, weights, sums**2 / squares)


def _is_known(cell: Cell, features: Sequence[Feature]) -> bool:
    return all(feature.population.get(group, 0) > 0 for group, feature in zip(cell, features, strict=True))


def _small_group(known: Mapping[Cell, int], place: int, feature: Feature) -> str:
    """Why a feature cannot be weighed by: a group of residents with too few answers."""
    given: Counter[str] = Counter()
    for cell, n in known.items():
        given[cell[place]] += n
    for group, residents in feature.population.items():
        if residents and given[group] < LEAST_IN_GROUP:
            title = feature.titles.get(group, group)
            return f"Итоги не взвешены: в группе «{title}» меньше {LEAST_IN_GROUP} ответов."
    return ""


def _raked(known: Mapping[Cell, int], features: Sequence[Feature], total: int) -> dict[Cell, float]:
    weights = dict.fromkeys(known, 1.0)
    for _ in range(ROUNDS):
        moved = 0.0
        for place, feature in enumerate(features):
            residents = sum(feature.population.values())
            sums: dict[str, float] = {}
            for cell, n in known.items():
                sums[cell[place]] = sums.get(cell[place], 0.0) + n * weights[cell]
            for cell in known:
                share = feature.population[cell[place]] / residents
                factor = share * total / sums[cell[place]]
                weights[cell] *= factor
                moved = max(moved, abs(factor - 1))
        if moved < CLOSE_ENOUGH:
            break
    return weights
