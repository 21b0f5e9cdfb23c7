"""Tables of counts are made safe: small rows joined, small counts hidden, nothing found by subtraction."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.reports.open_data.rules import Line, hidden_in, hide_small, join_small
from otklik.reports.open_data.services import months_before, next_day

OTHER = ("2026-10", "прочие темы")


def lines(*counts: int) -> list[Line]:
    return [Line(("2026-10", f"тема {n}"), {"received": n, "answered": n // 2}) for n in counts]


@pytest.mark.parametrize(
    ("counts", "shown", "rest"),
    [
        ((20, 9, 5), [20, 9, 5], None),
        ((20, 9, 3, 2), [20, 9], 5),
        ((20, 9, 3), [20], 12),
        ((20, 4), [], 24),
        ((3, 1), [], None),
        ((), [], None),
        ((8, 0), [8], None),
    ],
)
def test_small_rows_join_and_a_small_rest_takes_the_smallest_shown(
    counts: tuple[int, ...], shown: list[int], rest: int | None
) -> None:
    made = join_small(lines(*counts), "received", 5, OTHER)
    assert [one.of("received") for one in made if one.names != OTHER] == shown
    assert next((one.of("received") for one in made if one.names == OTHER), None) == rest


@given(st.lists(st.integers(0, 60), max_size=14), st.integers(2, 10))
def test_nothing_small_is_ever_shown_or_found_by_subtraction(counts: list[int], least: int) -> None:
    rows = [Line((str(place),), {"received": n}) for place, n in enumerate(counts)]
    made = join_small(rows, "received", least, ("прочие",))
    assert all(one.of("received") >= least for one in made)
    left = sum(counts) - sum(one.of("received") for one in made)
    assert left == 0 or (not made and left < least)
    assert len({one.names for one in made}) == len(made)


def test_small_counts_are_hidden_and_noughts_are_not() -> None:
    (hidden,) = hide_small([Line(("2026-10",), {"received": 9, "answered": 4, "overdue": 0, "solved": 5})], 5)
    assert hidden.counts == {"received": 9, "answered": None, "overdue": 0, "solved": 5}
    assert hidden_in([hidden]) == 1


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((20, 9, 3), [20, None, None]),
        ((20, 9, 1, 2), [20, None, None, None]),
        ((20, 9, 4, 3), [20, 9, None, None]),
        ((20, 0, 3), [None, 0, None]),
        ((20, 9), [20, 9]),
        ((0, 0), [0, 0]),
    ],
)
def test_a_hidden_count_is_not_found_by_taking_the_shown_from_the_whole(
    counts: tuple[int, ...], shown: list[int | None]
) -> None:
    rows = [Line((str(place),), {"answered": n}) for place, n in enumerate(counts)]
    assert [one.counts["answered"] for one in hide_small(rows, 5)] == shown


@given(st.lists(st.integers(0, 60), max_size=14), st.integers(2, 10))
def test_what_is_hidden_together_is_never_few(counts: list[int], least: int) -> None:
    made = hide_small([Line((str(place),), {"solved": n}) for place, n in enumerate(counts)], least)
    hidden = [n for n, one in zip(counts, made, strict=True) if one.counts["solved"] is None]
    assert all(n in hidden or not 0 < n < least for n in counts)
    assert not hidden or (len(hidden) > 1 and sum(hidden) >= least) or sum(hidden) == sum(counts)


@pytest.mark.parametrize(
    ("today", "since", "until"),
    [
        (date(2026, 11, 21), date(2025, 11, 1), date(2026, 10, 31)),
        (date(2026, 1, 1), date(2025, 1, 1), date(2025, 12, 31)),
        (date(2026, 12, 31), date(2025, 12, 1), date(2026, 11, 30)),
    ],
)
def test_an_issue_holds_twelve_whole_months(today: date, since: date, until: date) -> None:
    period = months_before(today)
    assert (period.since, period.until) == (since, until)


def test_the_next_issue_is_expected_after_the_next_month() -> None:
    assert next_day(date(2026, 10, 31)) == date(2026, 12, 1)
    assert next_day(date(2025, 12, 31)) == date(2026, 2, 1)
