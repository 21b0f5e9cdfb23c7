"""Did a measure lower the flow: difference in differences of weekly counts against a control. Pure, no libraries.

Given how many cases came in a week to the place of the measure and to the control together, the share of the place
does not feel what touches both: season, weather, a new channel. The measure is judged by how that share moved. Counts
scatter more than chance alone and one week resembles the next; both are measured by the residuals and widen the
interval. Weeks just before the measure are left out: a wave that makes people act falls by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log, sqrt
from statistics import NormalDist

ALARM_WEEKS = 4
"""Weeks before the measure that made people act: nobody knows whether they are the usual flow."""
LEAST_BEFORE_WEEKS = 12
LEAST_AFTER_WEEKS = 4
LEAST_BEFORE = 12
LEAST_CONTROL = 12
"""The fewest weeks and cases an effect may be told from."""
SURE = 0.95
PARALLEL = 0.1
"""A control whose past parted from the place's with less chance than this is not its like."""
MEMORY_SUM = 2 / (1 - 0.7)
"""What a week shares with the last one is taken to fall to seven tenths from week to week: summed both ways it counts
so many times. A trouble of a place that lasts longer still is told from an effect by no statistics of so few weeks."""
MOST_SWELLING = 8.0


@dataclass(frozen=True)
class Flow:
    """Cases by whole weeks, oldest first: before the measure (alarm weeks left out) and after it."""

    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True)
class Candidate:
    """A flow the measure has not touched, which may serve as control."""

    key: str
    title: str
    flow: Flow


@dataclass(frozen=True)
class Likeness:
    """How alike two pasts are: by how many percent they parted within the past, and the chance of that."""

    parted: float
    chance: float

    @property
    def is_parallel(self) -> bool:
        return self.chance >= PARALLEL


@dataclass(frozen=True)
class Effect:
    """The flow of the place against the control, in percent: −34 is a third less; bounds hold 95 %."""

    change: float
    low: float
    high: float

    @property
    def is_proved(self) -> bool:
        """The flow fell, and chance does not explain it."""
        return self.high < 0

    @property
    def is_worse(self) -> bool:
        """The flow grew, and chance does not explain it."""
        return self.low > 0


def cut(counts: Sequence[int], start: int, end: int) -> Flow:
    """The flow around a measure that worked from week `start` to week `end`: places in `counts`, both inside."""
    return Flow(tuple(counts[: max(start - ALARM_WEEKS, 0)]), tuple(counts[end + 1 :]))


def own_lacks(flow: Flow) -> list[str]:
    """What the flow itself lacks, whatever it is compared with, in words; empty when there is enough."""
    return _short_of(
        (len(flow.before), LEAST_BEFORE_WEEKS, "недель до меры"),
        (len(flow.after), LEAST_AFTER_WEEKS, "недель после меры"),
        (sum(flow.before), LEAST_BEFORE, "карточек до меры"),
    )


def lacks(flow: Flow, control: Flow) -> list[str]:
    """What the data lacks to tell an effect, in words; empty when there is enough."""
    return own_lacks(flow) + _short_of(
        (sum(control.before), LEAST_CONTROL, "карточек сравнения до меры"),
        (sum(control.after), LEAST_BEFORE // 2, "карточек сравнения после меры"),
    )


def _short_of(*wants: tuple[int, int, str]) -> list[str]:
    return [f"{name} {has}, нужно {least}" for has, least, name in wants if has < least]


def effect_of(flow: Flow, control: Flow, sure: float = SURE) -> Effect | None:
    """The effect with its interval of this sureness; None when the data is not enough."""
    if lacks(flow, control):
        return None
    difference, error, freedom = _parted(flow, control)
    reach = _student(sure, freedom) * error
    return Effect(_percent(difference), _percent(difference - reach), _percent(difference + reach))


def likeness_of(flow: Flow, control: Flow) -> Likeness | None:
    """How alike the pasts are: the second half of the past judged as if it were an effect."""
    middle = len(flow.before) // 2
    mine = Flow(flow.before[:middle], flow.before[middle:])
    other = Flow(control.before[:middle], control.before[middle:])
    if min(middle, sum(mine.before), sum(other.before), sum(other.after)) < 3:
        return None
    difference, error, freedom = _parted(mine, other)
    return Likeness(_percent(difference), _chance(difference / error, freedom))


def choose_control(flow: Flow, candidates: Sequence[Candidate]) -> tuple[Candidate, Likeness] | None:
    """The control whose past is parallel and has most cases; None when nothing is like.

    Only the past is looked at: a control chosen by what came after would prove whatever is wished. Nor is the one
    taken that seems to scatter least: that is the luckiest one, and its interval would be too narrow.
    """
    alike = []
    for one in candidates:
        found, cases = likeness_of(flow, one.flow), sum(one.flow.before)
        if found is not None and found.is_parallel and cases >= LEAST_CONTROL:
            alike.append((-cases, one.key, one, found))
    return min(alike)[2:] if alike else None


def _parted(flow: Flow, control: Flow) -> tuple[float, float, int]:
    """Logarithm of the ratio of ratios, its error, degrees of freedom (weeks as if each were independent)."""
    cells = [sum(part) + 0.5 for part in (flow.before, flow.after, control.before, control.after)]
    difference = log(cells[1] / cells[3]) - log(cells[0] / cells[2])
    weeks = len(flow.before) + len(flow.after) - 2
    before, after = _residuals(flow.before, control.before), _residuals(flow.after, control.after)
    scatter = max(1.0, sum(one * one for one in (*before, *after)) / weeks)
    swelling = min(MOST_SWELLING, 1 + MEMORY_SUM * max(0.0, _memory(before, after)))
    error = sqrt(sum(1 / one for one in cells) * scatter * swelling)
    return difference, error, int(weeks / swelling)


def _residuals(mine: Sequence[int], other: Sequence[int]) -> list[float]:
    """Pearson's residuals of the weekly shares around their common share; a week without cases says nothing."""
    share = (sum(mine) + 0.5) / (sum(mine) + sum(other) + 1)
    found = []
    for here, there in zip(mine, other, strict=True):
        both = here + there
        found.append((here - both * share) / sqrt(both * share * (1 - share)) if both else 0.0)
    return found


def _memory(*stretches: Sequence[float]) -> float:
    """How much a week resembles the one before it, corrected for the few weeks it is seen by.

    Weeks more even than chance are measured by what chance alone would scatter: the likeness of next to nothing is no
    memory, and would widen the interval most where the weeks are steadiest.
    """
    weeks = sum(len(one) for one in stretches)
    by_chance = float(weeks - len(stretches))
    whole = max(by_chance, sum(one * one for stretch in stretches for one in stretch))
    pairs = sum(a * b for one in stretches for a, b in pairwise(one))
    return pairs / whole + len(stretches) / weeks


def _percent(difference: float) -> float:
    return 100 * (exp(difference) - 1)


def _student(sure: float, freedom: int) -> float:
    """Quantile of Student's law, by its expansion around the normal one: exact to the third digit from 8 on."""
    z = NormalDist().inv_cdf((1 + sure) / 2)
    n = max(freedom, 4)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / n + second / n**2 + third / n**3


def _chance(ratio: float, freedom: int) -> float:
    """The chance of a ratio this far from zero, both sides; by Wallace's normal likeness of Student's law."""
    n = max(freedom, 4)
    z = (8 * n + 1) / (8 * n + 3) * sqrt(n * log(1 + ratio * ratio / n))
    return 2 * (1 - NormalDist().cdf(z))
