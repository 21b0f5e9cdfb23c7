"""Decisions of delivery and of reading; pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

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


# Reading of sources. The pause grows by doubling; after OPENS_AFTER failures in a row the breaker is open and one
# trial turn is made when the pause is over.
OPENS_AFTER = 5
FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=5)
LONGEST_ASKED = timedelta(hours=6)
TURN_LEASE = timedelta(minutes=2)
EVERY = timedelta(seconds=2)
# A mail service takes a sign-in every two seconds for an attack; a folder is looked through whole each time.
EVERY_OF = {
    "email": timedelta(minutes=1),
    "edms": timedelta(seconds=30),
    "pos": timedelta(minutes=1),
    "incident": timedelta(minutes=1),
    "file": timedelta(minutes=1),
    "ecpur": timedelta(minutes=1),
    "heat_map": timedelta(minutes=10),
}
FAILS_TOO_LONG = timedelta(minutes=15)

Breaker = Literal["closed", "open", "half_open"]


def breaker(failures: int, shut_until: datetime | None, now: datetime) -> Breaker:
    """`closed`: go on; `open`: leave it alone till the moment; `half_open`: one trial decides."""
    if shut_until and now < shut_until:
        return "open"
    return "half_open" if failures >= OPENS_AFTER else "closed"


def pause_after(failures: int, asked: timedelta | None, chance: float) -> timedelta:
    """How long to leave a source alone after so many failures in a row, spread by ±20 % by `chance` of 0..1.

    What the source itself asked for (Retry-After) is never cut short, within LONGEST_ASKED.
    """
    plain: timedelta = min(FIRST_PAUSE * (1 << min(max(failures - 1, 0), 20)), LONGEST_PAUSE)
    spread = plain * (0.8 + 0.4 * chance)
    return max(spread, min(asked, LONGEST_ASKED)) if asked else spread


def trips(failures: int, asked: timedelta | None) -> bool:
    """Whether the breaker opens: after many failures in a row, or at once when the network asks to be left alone."""
    return asked is not None or failures >= OPENS_AFTER


def is_failing_long(failing_since: datetime | None, now: datetime) -> bool:
    """Whether somebody must be told that the channel is not read."""
    return failing_since is not None and now - failing_since >= FAILS_TOO_LONG


def pause_of(settings: Mapping[str, Any], kind: str = "") -> timedelta:
    """How often the channel is asked: its setting `every_seconds`, from half a second to a day, else by its kind."""
    given = settings.get("every_seconds")
    if isinstance(given, bool) or not isinstance(given, int | float):
        return EVERY_OF.get(kind, EVERY)
    return timedelta(seconds=min(max(float(given), 0.5), 86400.0))


MOST_CALL_TRIES = 3
CALL_PAUSES = (timedelta(minutes=30), timedelta(hours=3))


def call_pause(vain: int) -> timedelta:
    """How long to wait before the next try to call back after so many vain ones."""
    return CALL_PAUSES[min(vain, len(CALL_PAUSES)) - 1]


def state_of_call(outcome: str) -> str:
    """A talk waits for its card; whoever was not answered is called back."""
    return "new" if outcome == "talk" else "to_call"
