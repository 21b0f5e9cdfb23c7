"""The draft of a plan from a charter, terms on a day, what may be concluded of a change of the work."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.analytics.measures.base import Value
from otklik.charter.files import preset_folders, read_charter, read_clauses
from otklik.common.intervals import wilson
from otklik.common.period import Period
from otklik.common.periods import quarter_of
from otklik.office.coordination.process import conclude
from otklik.office.coordination.rules import (
    ClauseLine,
    Drafted,
    draft_lines,
    parts_of,
    plan_period,
    term_state,
)

WAITS = {"twice_a_month": 3, "monthly": 5, "quarterly": 10, "yearly": 20}
FOURTH = quarter_of(2026, 4)


def drafted(key: str, period: Period = FOURTH) -> list[Drafted]:
    folder = preset_folders()[key]
    clauses = [
        ClauseLine(one.id, one.title, one.cadence, one.evidence)
        for one in read_clauses(folder / "clauses.csv")
    ]
    return draft_lines(read_charter(folder), clauses, WAITS, period)


def test_it_drafts_the_notes_of_a_quarter_twice_a_month_with_their_clause() -> None:
    notes = [one for one in drafted("borovichi") if one.origin.startswith("report:note:")]
    assert len(notes) == 6
    assert {one.clause for one in notes} == {"BOR-3.2.а"} or all(
        one.clause.startswith("BOR-3.2") for one in notes
    )
    assert all(FOURTH.since <= one.due <= FOURTH.until for one in notes)


def test_it_says_a_daily_duty_once_for_the_whole_plan() -> None:
    daily = [one for one in drafted("demyansk") if one.clause == "DEM-RISK-1.1"]
    assert [(one.due, "ежедневно" in one.text) for one in daily] == [(FOURTH.until, True)]


@pytest.mark.parametrize("key", sorted(preset_folders()))
def test_it_drafts_every_line_once_by_its_day_within_the_plan(key: str) -> None:
    lines = drafted(key)
    assert lines == sorted(lines, key=lambda one: (one.due, one.origin))
    assert len({one.origin for one in lines}) == len(lines)
    assert all(one.text and FOURTH.since <= one.due <= FOURTH.until for one in lines)


@pytest.mark.parametrize(
    ("cadence", "count"),
    [("monthly", 3), ("quarterly", 1), ("twice_a_month", 6), ("yearly", 1), ("as_needed", 0), ("", 0)],
)
def test_it_parts_a_quarter_by_the_cadence(cadence: str, count: int) -> None:
    assert len(parts_of(cadence, FOURTH)) == count


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(-8, 8))
def test_it_finds_quarters_that_follow_each_other(day: date, ahead: int) -> None:
    period = plan_period(day, ahead)
    assert plan_period(period.since) == period
    assert plan_period(day, ahead + 1).since > period.until
    assert (plan_period(day).since <= day <= plan_period(day).until) is True


@pytest.mark.parametrize(
    ("due", "done", "off", "state"),
    [
        (20, None, False, "today"),
        (19, None, False, "over"),
        (23, None, False, "soon"),
        (24, None, False, "ok"),
        (19, 19, False, "done"),
        (18, 19, False, "late"),
        (10, None, True, "off"),
    ],
)
def test_it_tells_how_a_term_stands(due: int, done: int | None, off: bool, state: str) -> None:
    ended = date(2026, 10, done) if done else None
    assert term_state(date(2026, 10, due), date(2026, 10, 20), ended, off) == state


def share(good: int, all_: int) -> Value:
    low, high = wilson(good, all_)
    return Value(100 * good / all_, good, all_, low and 100 * low, high and 100 * high)


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        (share(50, 100), share(90, 100), "выше"),
        (share(90, 100), share(50, 100), "ниже"),
        (share(70, 100), share(75, 100), "случайной: сказать"),
        (share(1, 5), share(5, 5), "Недостаточно данных"),
    ],
)
def test_it_concludes_only_what_the_figures_bear(before: Value, after: Value, word: str) -> None:
    assert word in conclude(before, after)
