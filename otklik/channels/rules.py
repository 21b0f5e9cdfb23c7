"""Decisions of delivery; pure."""

from datetime import timedelta

MAX_TRIES = 8
FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=6)
LEASE = timedelta(minutes=15)


def next_delay(tries: int, chance: float) -> timedelta:
    """How long to wait after so many failed tries: doubled each time, spread by ±20 % by `chance` of 0..1."""
    plain: timedelta = min(FIRST_DELAY * (1 << min(tries, 20)), LONGEST_DELAY)
    return plain * (0.8 + 0.4 * chance)


def is_hopeless(tries: int) -> bool:
    """Whether a person must look at it now."""
    return tries >= MAX_TRIES
