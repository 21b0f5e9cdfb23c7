"""The next weeks from the weeks that were: a level that follows the latest weeks, bent as it bent a year ago. Pure.

The method is tried on the past first: each of the last weeks is foretold from those before it, and the error of
these trials is shown and widens the bounds. A forecast that cannot be tried is not made.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

AHEAD = 4
TRIALS = 12
LEAST_WEEKS = 8
LEAST_TRIALS = 4
"""Fewer trials of a stretch of weeks say nothing of its error."""

FOLLOW = 0.4
"""How much a week moves the level."""

YEAR = 52
CALM = 10
"""Cases that stand on both sides of a yearly ratio, so that a few cases do not bend it."""

BENT_AT_MOST = 2.0
SURE = 1.96
SURE_OF_SUMS = 2.4
"""Trials of a stretch overlap, so they are worth fewer than their number; on made-up flows bounds held in 92–100 %."""


@dataclass(frozen=True)
class Week:
    """One week ahead: what to expect and its bounds."""

    expected: float
    low: float
    high: float


@dataclass(frozen=True)
class Forecast:
    """The weeks ahead and the error of the same method on the past: missed cases against those that came."""

    weeks: tuple[Week, ...]
    error: float | None


def forecast(weeks: Sequence[int], ahead: int = AHEAD) -> Forecast | None:
    """Foretell the weeks after these full ones, oldest first; None while fewer than eight are known."""
    if len(weeks) < LEAST_WEEKS:
        return None
    misses, came = _trials(weeks, ahead)
    told = [_told(weeks, step) for step in range(1, ahead + 1)]
    bounds = [_spread(misses[step], told[step]) for step in range(ahead)]
    return Forecast(
        tuple(
            Week(number, max(0.0, number - spread), number + spread)
            for number, spread in zip(told, bounds, strict=True)
        ),
        sum(abs(miss) for step in misses for miss in step) / came if came else None,
    )


def forecast_sum(weeks: Sequence[int], since: int, until: int) -> Week | None:
    """Foretell what the weeks from `since` to `until` ahead (the first is 1) bring together.

    Bounds come from the same stretch foretold at earlier times; None while fewer than four of them can be tried.
    """
    if not 1 <= since <= until <= YEAR:
        raise ValueError(f"no stretch of weeks from {since} to {until}")
    first = max(LEAST_WEEKS // 2, len(weeks) - until - TRIALS + 1)
    misses = [
        sum(weeks[origin + since - 1 : origin + until]) - _told_sum(weeks[:origin], since, until)
        for origin in range(first, len(weeks) - until + 1)
    ]
    if len(misses) < LEAST_TRIALS:
        return None
    expected = _told_sum(weeks, since, until)
    spread = _spread(misses, expected) * SURE_OF_SUMS / SURE
    return Week(expected, max(0.0, expected - spread), expected + spread)


def _told_sum(weeks: Sequence[int], since: int, until: int) -> float:
    return sum(_told(weeks, step) for step in range(since, until + 1))


def _trials(weeks: Sequence[int], ahead: int) -> tuple[list[list[float]], int]:
    """Misses by step ahead over the last weeks, and how many cases came in the weeks foretold."""
    misses: list[list[float]] = [[] for _ in range(ahead)]
    came = 0
    for origin in range(max(LEAST_WEEKS // 2, len(weeks) - TRIALS), len(weeks)):
        for step in range(1, min(ahead, len(weeks) - origin) + 1):
            actual = weeks[origin + step - 1]
            misses[step - 1].append(actual - _told(weeks[:origin], step))
            came += actual
    return misses, came


def _told(weeks: Sequence[int], step: int) -> float:
    """What the week `step` ahead brings."""
    level = _level(weeks)
    place = len(weeks) + step - 1 - YEAR
    # Far ahead the bend is known sooner than the level it bent from.
    if place < LEAST_WEEKS or len(weeks) - YEAR <= LEAST_WEEKS - AHEAD:
        return level
    then = _level(weeks[: len(weeks) - YEAR])
    bent = (weeks[place] + CALM) / (then + CALM)
    return level * min(BENT_AT_MOST, max(1 / BENT_AT_MOST, bent))


def _level(weeks: Sequence[int]) -> float:
    level = float(weeks[0])
    for count in weeks[1:]:
        level += FOLLOW * (count - level)
    return level


def _spread(misses: Sequence[float], expected: float) -> float:
    """Half of the bounds: by the misses of the trials, never narrower than chance itself."""
    by_trials = sqrt(sum(miss * miss for miss in misses) / len(misses)) if misses else 0.0
    return SURE * max(by_trials, sqrt(expected))
