"""The plan of a roadmap: circles, moved dates, the critical path."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.problems.roadmaps.plan import (
    Step,
    breaches,
    critical,
    in_order,
    loop_of,
    move,
    slack_of,
)

FIRST = date(2026, 11, 2)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def step(key: int, start: int, due: int, *after: int, done: bool = False) -> Step:
    return Step(key, day(start), day(due), frozenset(after), done)


CHAIN = [step(1, 0, 4), step(2, 5, 9, 1), step(3, 10, 12, 2), step(4, 5, 6, 1)]


def test_it_finds_steps_that_wait_in_a_circle() -> None:
    assert loop_of({1: [2], 2: [3], 3: [1]}) == [1, 2, 3]
    assert loop_of({1: [], 2: [1], 3: [1, 2]}) == []
    with pytest.raises(ValueError, match="circle"):
        in_order([step(1, 0, 1, 2), step(2, 2, 3, 1)])


def test_it_moves_what_waits_no_further_than_needed() -> None:
    shifts = move(CHAIN, 1, day(0), day(6))
    assert [(one.key, one.start, one.due, one.by) for one in shifts] == [
        (1, day(0), day(6), 2),
        (2, day(7), day(11), 2),
        (4, day(7), day(8), 2),
        (3, day(12), day(14), 2),
    ]
    assert [one.key for one in move(CHAIN, 4, day(8), day(9))] == [4]


def test_it_leaves_finished_steps_and_slack_alone() -> None:
    steps = [step(1, 0, 4), step(2, 5, 9, 1, done=True), step(3, 20, 22, 1)]
    assert [one.key for one in move(steps, 1, day(0), day(10))] == [1]


def test_it_begins_and_ends_a_pushed_step_on_working_days() -> None:
    steps = [step(1, 0, 1), step(2, 2, 2, 1)]
    shifts = move(steps, 1, day(0), day(4), lambda one: one.weekday() < 5)
    assert (shifts[1].start, shifts[1].due) == (day(7), day(7))
    longer = move([step(1, 0, 1), step(2, 2, 5, 1)], 1, day(0), day(2), lambda one: one.weekday() < 5)
    assert (longer[1].start, longer[1].due) == (day(3), day(7))


def test_it_tells_the_critical_path_and_the_slack() -> None:
    assert critical(CHAIN) == [1, 2, 3]
    assert slack_of(CHAIN) == {1: 0, 2: 0, 3: 0, 4: 6}
    assert slack_of([]) == {}
    assert breaches([step(1, 0, 4), step(2, 4, 6, 1)])[0][0].key == 2


@st.composite
def plans(draw: st.DrawFn) -> list[Step]:
    """Plans without circles whose days respect what is waited for."""
    steps: list[Step] = []
    for key in range(draw(st.integers(1, 7))):
        after = frozenset(draw(st.sets(st.integers(0, key - 1), max_size=3))) if key else frozenset[int]()
        least = max((one.due for one in steps if one.key in after), default=FIRST - timedelta(days=1))
        start = least + timedelta(days=draw(st.integers(1, 10)))
        steps.append(Step(key, start, start + timedelta(days=draw(st.integers(0, 20))), after))
    return steps


@given(plans(), st.integers(0, 6), st.integers(0, 60))
def test_it_keeps_every_dependency_whatever_moves(steps: list[Step], place: int, later: int) -> None:
    moved = steps[place % len(steps)]
    by = timedelta(days=later)
    shifts = {one.key: one for one in move(steps, moved.key, moved.start + by, moved.due + by)}
    after = [
        Step(one.key, shifts[one.key].start, shifts[one.key].due, one.after) if one.key in shifts else one
        for one in steps
    ]
    assert breaches(after) == []
    assert all(new.days == old.days and new.start >= old.start for new, old in zip(after, steps, strict=True))


@given(plans())
def test_it_moves_the_end_exactly_by_what_a_step_has_no_slack_for(steps: list[Step]) -> None:
    end = max(one.due for one in steps)
    slack = slack_of(steps)
    assert all(days >= 0 for days in slack.values())
    for one in steps:
        by = timedelta(days=slack[one.key] + 3)
        shifts = move(steps, one.key, one.start + by, one.due + by)
        assert max(end, *(shift.due for shift in shifts)) == end + timedelta(days=3)
