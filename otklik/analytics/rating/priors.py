"""What small counts are pulled to: the group's mean over the year before the period. Pure.

Empirical Bayes. For shares it is the beta-binomial model, for medians and mean scores its normal likeness: how
strongly a body is pulled follows from how much the bodies truly differ beyond chance. The group is taken BEFORE
the period, never from it: a body's better figure must not lift its rival through the common mean.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from otklik.analytics.rating.figures import CRITERIA, BodyFigures, Figure, Key
from otklik.analytics.rating.formula import Formula, Weighed

# As many observations as the group's word is worth, at least and at most; the usual when history is short.
WEAKEST, STRONGEST, USUAL = 2.0, 50.0, 10.0
NO_HISTORY = 5.0
FEW_BODIES, FEW_COUNTS = 3, 30
SPREADS: Mapping[str, float] = {"hours": 1.0, "score": 1.2}


@dataclass(frozen=True)
class Prior:
    """Mean of the group, how many observations it is worth, spread of one observation (shares have their own)."""

    mean: float
    strength: float
    spread: float = 0.0


def priors_of(formula: Formula, history: Iterable[BodyFigures]) -> dict[Key, Prior]:
    """A prior for each criterion of the formula; without history the middle between all and nothing."""
    bodies = list(history)
    return {
        one.key: _prior(one, [body.figures[one.key] for body in bodies if one.key in body.figures])
        for one in formula.criteria
    }


def _prior(weighed: Weighed, seen: Sequence[Figure]) -> Prior:
    spread = SPREADS.get(CRITERIA[weighed.key].unit, 0.0)
    total = sum(one.denominator for one in seen)
    if not total:
        return Prior((weighed.full + weighed.zero) / 2, NO_HISTORY, spread)
    mean = sum(one.value * one.denominator for one in seen) / total
    if len(seen) < FEW_BODIES or total < FEW_COUNTS:
        return Prior(mean, USUAL, spread)
    return Prior(mean, _strength(seen, mean, spread**2 or mean * (1 - mean), total), spread)


def _strength(seen: Sequence[Figure], mean: float, within: float, total: int) -> float:
    """Variance inside a body over variance between bodies, by the method of moments."""
    scatter = sum(one.denominator * (one.value - mean) ** 2 for one in seen)
    room = total - sum(one.denominator**2 for one in seen) / total
    between = (scatter - (len(seen) - 1) * within) / room if room else 0.0
    return min(max(within / between, WEAKEST), STRONGEST) if between > 0 else STRONGEST
