"""Does the flow come back after the measure: ninety days of looking at the last four weeks. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, fsum, lgamma, log, log1p

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

    What was before is itself known by its cases alone: of all cases of both stretches so many came lately by chance
    seldom. None before four whole weeks have passed, while the flow stays down, or where nothing came before.
    """
    if len(after) < WINDOW_WEEKS or not any(before):
        return None
    cases, past = sum(after[-WINDOW_WEEKS:]), sum(before)
    share = HALF * WINDOW_WEEKS / (HALF * WINDOW_WEEKS + len(before))
    if cases < LEAST or at_least(cases, cases + past, share) > CHANCE:
        return None
    return Return(cases, WINDOW_WEEKS, cases / WINDOW_WEEKS, past / len(before))


def at_least(hits: int, tries: int, share: float) -> float:
    """The chance of at least so many hits in these tries, each with this chance (the binomial law)."""
    if hits <= 0:
        return 1.0
    odds, whole = log(share), lgamma(tries + 1)
    return fsum(
        exp(whole - lgamma(one + 1) - lgamma(tries - one + 1) + one * odds + (tries - one) * log1p(-share))
        for one in range(hits, tries + 1)
    )
