"""Does the flow come back after the measure: ninety days of looking at the last four weeks. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp

WATCH_DAYS = 90
WINDOW_WEEKS = 4
LEAST = 3
HALF = 0.5
CHANCE = 0.01


@dataclass(frozen=True)
class Return:
    """The flow of the last weeks beside what it was before the measure, in cases a week."""

    cases: int
    weeks: int
    now: float
    before: float


def watch_ends(done_on: date) -> date:
    """The last day of the watch."""
    return done_on + timedelta(days=WATCH_DAYS)


def returned(before: Sequence[int], after: Sequence[int]) -> Return | None:
    """The return of the flow, when the last four weeks are surely above half of what was before the measure.

    None before four whole weeks have passed, or while the flow stays down.
    """
    if len(after) < WINDOW_WEEKS or not before:
        return None
    cases, usual = sum(after[-WINDOW_WEEKS:]), sum(before) / len(before)
    if cases < LEAST or at_least(cases, usual * HALF * WINDOW_WEEKS) > CHANCE:
        return None
    return Return(cases, WINDOW_WEEKS, cases / WINDOW_WEEKS, usual)


def at_least(cases: int, expected: float) -> float:
    """The chance that at least so many come where so many are expected (Poisson's law)."""
    term = below = exp(-expected)
    for number in range(1, cases):
        term *= expected / number
        below += term
    return max(0.0, 1 - below) if cases > 0 else 1.0
