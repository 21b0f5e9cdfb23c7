"""When a criterion fires: limits, least numbers, windows, and how a finding reads."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.analytics.criteria.rules import (
    Terms,
    Track,
    change_of,
    days_needed,
    is_told,
    look,
    replay,
    terms,
    windows,
)
from otklik.analytics.criteria.words import say_finding, say_formula, say_mass
from otklik.analytics.figures import Histogram, Sums
from otklik.analytics.measures import Value, measure
from otklik.common.period import Period

DAY = date(2026, 10, 21)
REPEATS, REPEATED = measure("repeated_count"), measure("repeated")


def track(column: str, now: int, past: int, **more: tuple[int, int]) -> Track:
    """Counts on the last day of the window and on the last day of the one before."""
    columns = {column: (now, past), **more}
    days = {DAY: 0, DAY - timedelta(days=7): 1}
    return Track(
        {day: Sums({name: counts[place] for name, counts in columns.items()}) for day, place in days.items()},
        {},
    )


@pytest.mark.parametrize(
    ("comparison", "limit", "least", "now", "past", "fires"),
    [
        ("growth", 30, 3, 13, 10, True),
        ("growth", 30, 3, 12, 10, False),
        ("growth", 30, 3, 3, 0, True),
        ("growth", 30, 3, 2, 0, False),
        ("growth", 30, 20, 13, 10, False),
        ("fall", 30, 3, 7, 10, True),
        ("fall", 30, 3, 8, 10, False),
        ("more", 3, 1, 13, 10, True),
        ("more", 4, 1, 13, 10, False),
        ("above", 13, 1, 13, 0, True),
        ("above", 14, 1, 13, 0, False),
        ("below", 13, 1, 13, 0, True),
        ("below", 12, 1, 13, 0, False),
    ],
)
def test_it_fires_at_the_limit_and_not_before(
    comparison: str, limit: float, least: int, now: int, past: int, fires: bool
) -> None:
    rule = terms(comparison, limit, 7, least)
    fired = look(rule, REPEATS, track("received_repeated", now, past), DAY)
    assert (fired is not None) is fires


def test_it_compares_shares_only_on_enough_cases_of_both_windows() -> None:
    rule = terms("growth", 50, 7, 10)
    grown = track("received_repeated", 6, 2, received=(20, 20))
    few_before = track("received_repeated", 6, 2, received=(20, 5))
    nobody = track("received_repeated", 0, 0, received=(0, 0))
    assert look(rule, REPEATED, grown, DAY) is not None
    assert look(rule, REPEATED, few_before, DAY) is None
    assert look(rule, REPEATED, nobody, DAY) is None


def test_it_counts_shares_that_grew_in_percentage_points() -> None:
    fired = look(terms("more", 10, 7, 10), REPEATED, track("received_repeated", 6, 2, received=(20, 20)), DAY)
    assert fired is not None
    assert fired.change == pytest.approx(20)


def test_it_takes_the_median_of_waits_over_the_window() -> None:
    waits = Track({}, {DAY: Histogram({30: 3}), DAY - timedelta(days=1): Histogram({10: 2})})
    fired = look(terms("above", 24, 7, 5), measure("first_median"), waits, DAY)
    assert fired is not None
    assert (fired.now.number, fired.now.denominator) == (30, 5)


def test_it_fires_on_a_day_above_its_band_only() -> None:
    rule = terms("spike", 0, 1, 5)
    calm = {DAY - timedelta(weeks=week): Sums({"received": 4}) for week in range(1, 9)}
    assert look(rule, measure("received"), Track({**calm, DAY: Sums({"received": 20})}, {}), DAY) is not None
    assert look(rule, measure("received"), Track({**calm, DAY: Sums({"received": 6})}, {}), DAY) is None


def test_it_does_not_repeat_a_finding_while_its_window_lasts() -> None:
    days = [DAY + timedelta(days=step) for step in range(10)]
    steady = {day: Sums({"received_repeated": 5}) for day in days}
    found = list(replay(terms("above", 5, 7, 1), REPEATS, {"": Track(steady, {})}, days))
    assert [one.window.until for _, one in found] == [DAY, DAY + timedelta(days=7)]


@given(
    st.lists(st.integers(0, 9), min_size=30, max_size=60),
    st.integers(1, 10),
    st.floats(0, 200),
    st.integers(1, 9),
)
def test_it_never_tells_one_key_twice_within_its_window(
    counts: list[int], window: int, limit: float, least: int
) -> None:
    days = [DAY + timedelta(days=step) for step in range(len(counts))]
    history = {
        day: Sums({"received_repeated": count}) for day, count in zip(days, counts, strict=True) if count
    }
    told = [
        one.window.until
        for _, one in replay(terms("growth", limit, window, least), REPEATS, {"a": Track(history, {})}, days)
    ]
    assert all((after - before).days >= window for before, after in pairwise(told))


def test_it_needs_as_much_of_the_past_as_it_compares() -> None:
    assert days_needed(terms("growth", 1, 14, 1)) == 14
    assert days_needed(terms("above", 1, 14, 1)) == 0
    assert days_needed(terms("spike", 0, 1, 1)) == 56
    assert windows(DAY, 7) == (
        Period(date(2026, 10, 15), DAY),
        Period(date(2026, 10, 8), date(2026, 10, 14)),
    )
    assert is_told(DAY, DAY + timedelta(days=6), 7) and not is_told(DAY, DAY + timedelta(days=7), 7)


def test_it_refuses_a_comparison_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="no comparison"):
        terms("better", 1, 1, 1)


def test_it_cannot_tell_a_change_of_nothing() -> None:
    rule = terms("growth", 1, 7, 1)
    assert change_of(rule, REPEATS, Value(0, 0, 1), Value(0, 0, 1)) is None
    assert change_of(terms("above", 1, 7, 1), REPEATS, Value(5, 5, 1), Value(1, 1, 1)) is None


@pytest.mark.parametrize(
    ("rule", "key", "now", "past", "said"),
    [
        (
            terms("growth", 30, 7, 3),
            "repeated_count",
            (13, 0),
            (10, 0),
            "Повторных, «Ямы»: 13 за 15–21 октября 2026, было 10 за 8–14 октября 2026, рост на 30 %.",
        ),
        (
            terms("growth", 30, 7, 3),
            "repeated_count",
            (3, 0),
            (0, 0),
            "Повторных, «Ямы»: 3 за 15–21 октября 2026, было 0 за 8–14 октября 2026.",
        ),
        (
            terms("more", 10, 7, 3),
            "repeated",
            (6, 20),
            (2, 20),
            "Повторные, «Ямы»: 30 % (6 из 20) за 15–21 октября 2026, было 10 % (2 из 20) за 8–14 октября 2026, "
            "больше на 20 п. п.",
        ),
        (
            terms("above", 20, 7, 3),
            "overdue",
            (9, 40),
            (0, 1),
            "Просрочка, «Ямы»: 22,5 % (9 из 40) за 15–21 октября 2026, порог — не ниже 20 %.",
        ),
    ],
)
def test_it_reads_as_a_sentence_with_its_figures(
    rule: Terms, key: str, now: tuple[int, int], past: tuple[int, int], said: str
) -> None:
    one = measure(key)
    above, below = next(iter(one.above)), next(iter(one.below), "received")
    fired = look(
        rule, one, track(above, now[0], past[0], **({below: (now[1], past[1])} if one.below else {})), DAY
    )
    assert fired is not None
    assert plain(say_finding(rule, one, fired, "Ямы")) == said


def test_it_says_what_is_wrong_in_many_words_at_once() -> None:
    window = Period(date(2026, 10, 8), DAY)
    assert plain(say_mass(5, "Ямы", "г. Боровичи", window)) == (
        "Об одном и том же пишут 5 раз: «Ямы», г. Боровичи, 8–21 октября 2026."
    )
    assert plain(say_formula(terms("growth", 30, 7, 3), REPEATS, ["ПОС"])).endswith(
        "за 7 дней против 7 дней перед ними: рост от 30 %; не меньше 3 карточек; каналы: ПОС"
    )


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")
