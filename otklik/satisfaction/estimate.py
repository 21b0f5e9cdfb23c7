"""What applicants think when not all have answered: a weighted estimate, and bounds that trust nobody's silence.

Those who rate differ from those who are silent: a solved case is rated more often than a refused one. So every
group of answered cases counts by how many were answered in it, not by how many of them were rated. How far that can
be wrong at most is said by the bounds: all who were silent dissatisfied, or all of them content. Pure.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import erfc, sqrt

from otklik.common.intervals import SURE, mean_interval, wilson

LEAST_IN_GROUP = 3
"""A group with fewer scores is counted together with the other small ones."""

LEAST_BESIDE = 5
"""Fewer scores on a side of a comparison say nothing."""


@dataclass(frozen=True)
class Scores:
    """Scores of a group of cases: how many, their sum and sum of squares, how many are 4 or 5."""

    count: int = 0
    added: int = 0
    squares: int = 0
    good: int = 0

    def __add__(self, other: "Scores") -> "Scores":
        return Scores(
            self.count + other.count,
            self.added + other.added,
            self.squares + other.squares,
            self.good + other.good,
        )

    @property
    def mean(self) -> float | None:
        """The mean score; None without scores."""
        return self.added / self.count if self.count else None

    @property
    def variance(self) -> float:
        """How much one score scatters; 0 while fewer than two are known."""
        if self.count < 2:
            return 0.0
        return max(0.0, (self.squares - self.added**2 / self.count) / (self.count - 1))


@dataclass(frozen=True)
class Group:
    """Answered cases of one kind and the scores they got."""

    answered: int
    scores: Scores


@dataclass(frozen=True)
class Interval:
    """A figure with its 95 % bounds; bounds are None where they cannot be told."""

    number: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Estimate:
    """How satisfied the answered are: as they said, weighted by groups, and within what it must lie."""

    answered: int
    scored: int
    plain: Interval | None
    weighted: Interval | None
    good: Interval | None
    good_at_least: float
    good_at_most: float

    @property
    def response_rate(self) -> float | None:
        """Rated cases against answered ones, percent."""
        return 100 * self.scored / self.answered if self.answered else None


def estimate(groups: Iterable[Group]) -> Estimate:
    """Satisfaction of the answered cases of these groups. A group without answered cases is left out."""
    kept = [one for one in groups if one.answered]
    answered = sum(one.answered for one in kept)
    whole = sum((one.scores for one in kept), Scores())
    rated = min(whole.count, answered)
    silent = answered - rated
    return Estimate(
        answered,
        whole.count,
        _plain(whole),
        _weighted(kept),
        _good(whole),
        100 * whole.good / (rated + silent) if answered else 0.0,
        100 * (whole.good + silent) / (rated + silent) if answered else 100.0,
    )


def _plain(scores: Scores) -> Interval | None:
    if scores.mean is None:
        return None
    return Interval(scores.mean, *_within_scale(mean_interval(scores.count, scores.added, scores.squares)))


def _good(scores: Scores) -> Interval | None:
    if not scores.count:
        return None
    return Interval(100 * scores.good / scores.count, *wilson(scores.good, scores.count))


def _weighted(groups: list[Group]) -> Interval | None:
    """The mean of groups by their answered cases; small groups stand together, unrated ones borrow the whole."""
    large = [one for one in groups if one.scores.count >= LEAST_IN_GROUP]
    small = [one for one in groups if one.scores.count < LEAST_IN_GROUP]
    whole = sum((one.scores for one in groups), Scores())
    if whole.mean is None:
        return None
    if small:
        together = Group(sum(one.answered for one in small), sum((one.scores for one in small), Scores()))
        large.append(together if together.scores.count >= LEAST_IN_GROUP else Group(together.answered, whole))
    answered = sum(one.answered for one in large)
    mean = sum(one.answered * (one.scores.mean or 0) for one in large) / answered
    spread = SURE * sqrt(
        sum((one.answered / answered) ** 2 * _scatter(one.scores, whole) / one.scores.count for one in large)
    )
    bounds = (mean - spread, mean + spread) if whole.count > 1 else (None, None)
    return Interval(mean, *_within_scale(bounds))


def _scatter(own: Scores, whole: Scores) -> float:
    """A group of alike scores scatters as the whole does: three fives do not make it certain."""
    return own.variance or whole.variance


def _within_scale(bounds: tuple[float | None, float | None]) -> tuple[float | None, float | None]:
    low, high = bounds
    return (max(1.0, low) if low is not None else None, min(5.0, high) if high is not None else None)


@dataclass(frozen=True)
class Link:
    """How scores differ with a circumstance and without it: a link, not a cause."""

    key: str
    with_it: Scores
    without: Scores
    difference: float
    low: float
    high: float
    chance: float
    """How often chance alone would give such a difference, 0…1, the number of comparisons allowed for."""

    @property
    def sureness(self) -> str:
        """«уверенно», «похоже», «не видно»: in plain words."""
        return "уверенно" if self.chance < 0.01 else "похоже" if self.chance < 0.05 else "не видно"


def links(pairs: Mapping[str, tuple[Scores, Scores]]) -> list[Link]:
    """Differences by circumstance, the surest first; a side with fewer than five scores is left out.

    Several comparisons find something by chance alone, so each chance is corrected in their order (Holm, 1979).
    """
    found = [
        _link(key, with_it, without)
        for key, (with_it, without) in pairs.items()
        if min(with_it.count, without.count) >= LEAST_BESIDE
    ]
    found.sort(key=lambda one: (one.chance, one.key))
    corrected, worst = [], 0.0
    for place, one in enumerate(found):
        worst = max(worst, min(1.0, one.chance * (len(found) - place)))
        corrected.append(Link(one.key, one.with_it, one.without, one.difference, one.low, one.high, worst))
    return corrected


def _link(key: str, with_it: Scores, without: Scores) -> Link:
    difference = (with_it.mean or 0) - (without.mean or 0)
    error = sqrt(with_it.variance / with_it.count + without.variance / without.count)
    chance = erfc(abs(difference) / error / sqrt(2)) if error else float(not difference)
    return Link(
        key, with_it, without, difference, difference - SURE * error, difference + SURE * error, chance
    )


def summed(parts: Iterable[tuple[Hashable, Scores]]) -> dict[Hashable, Scores]:
    """Scores added by key."""
    found: dict[Hashable, Scores] = {}
    for key, scores in parts:
        found[key] = found.get(key, Scores()) + scores
    return found
