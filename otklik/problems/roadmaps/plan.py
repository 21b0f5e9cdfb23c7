"""The plan of a roadmap: dependencies without loops, what else moves when a date moves, the critical path. Pure.

A step that waits for another begins after the other's last day.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """Days of a measure, both inside, and what it waits for; a finished one moves no more."""

    key: int
    start: date
    due: date
    after: frozenset[int] = frozenset()
    is_fixed: bool = False

    @property
    def days(self) -> int:
        return (self.due - self.start).days + 1


@dataclass(frozen=True)
class Shift:
    """A step that moves: its new days and by how many days its end moves."""

    key: int
    start: date
    due: date
    by: int


def any_day(day: date) -> bool:
    """Every day is good for an end."""
    return True


def loop_of(waits: Mapping[int, Iterable[int]]) -> list[int]:
    """Keys that wait for one another in a circle, in order; empty when there is none."""
    done: set[int] = set()
    for first in sorted(waits):
        trail = _circle(first, waits, [], done)
        if trail:
            return trail
    return []


def _circle(key: int, waits: Mapping[int, Iterable[int]], trail: list[int], done: set[int]) -> list[int]:
    if key in trail:
        return trail[trail.index(key) :]
    if key in done:
        return []
    for other in sorted(waits.get(key, ())):
        found = _circle(other, waits, [*trail, key], done)
        if found:
            return found
    done.add(key)
    return []


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Steps so that what is waited for stands first. Raises ValueError for a circle."""
    left = {step.key: step for step in steps}
    if loop_of({key: step.after for key, step in left.items()}):
        raise ValueError("steps wait for one another in a circle")
    found: list[Step] = []
    while left:
        ready = [one for one in left.values() if not (one.after & left.keys())]
        for one in sorted(ready, key=lambda step: (step.start, step.key)):
            found.append(left.pop(one.key))
    return found


def breaches(steps: Sequence[Step]) -> list[tuple[Step, Step]]:
    """Pairs (waiting, waited for) whose days do not respect the dependency."""
    known = {step.key: step for step in steps}
    return [
        (one, known[key])
        for one in steps
        for key in sorted(one.after & known.keys())
        if one.start <= known[key].due
    ]


def move(
    steps: Sequence[Step], key: int, start: date, due: date, is_good: Callable[[date], bool] = any_day
) -> list[Shift]:
    """Give a step new days and push on what waits for it, no further than needed; the moved one stands first.

    Lengths are kept; a beginning or an end on a day that is not good goes on to the next good one.
    """
    known = {step.key: step for step in steps}
    moved = {**known, key: replace(known[key], start=start, due=due)}
    for one in in_order(known.values()):
        step = moved[one.key]
        first = max((moved[other].due for other in step.after & moved.keys()), default=None)
        if one.key == key or step.is_fixed or first is None or step.start > first:
            continue
        moved[one.key] = _pushed(step, first + DAY, is_good)
    changed = [one for one in moved.values() if one != known[one.key]]
    changed.sort(key=lambda one: (one.key != key, one.start, one.key))
    return [Shift(one.key, one.start, one.due, (one.due - known[one.key].due).days) for one in changed]


def _pushed(step: Step, start: date, is_good: Callable[[date], bool]) -> Step:
    while not is_good(start):
        start += DAY
    due = start + DAY * (step.days - 1)
    while not is_good(due):
        due += DAY
    return replace(step, start=start, due=due)


def slack_of(steps: Sequence[Step]) -> dict[int, int]:
    """By how many days each step may end later without moving the end of the whole."""
    if not steps:
        return {}
    last = max(step.due for step in steps)
    latest: dict[int, date] = {}
    ordered = in_order(steps)
    for step in reversed(ordered):
        waiting = [one for one in ordered if step.key in one.after]
        latest[step.key] = min(
            (latest[one.key] - DAY * one.days for one in waiting),
            default=last,
        )
    return {step.key: (latest[step.key] - step.due).days for step in steps}


def critical(steps: Sequence[Step]) -> list[int]:
    """Keys of steps whose delay moves the end of the whole, in order."""
    slack = slack_of(steps)
    return [step.key for step in in_order(steps) if slack[step.key] <= 0]
