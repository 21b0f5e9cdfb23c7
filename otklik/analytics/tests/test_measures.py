"""The catalogue: figures of each record, words of each record, and the page made of them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.analytics.columns import COLUMNS, HOURS
from otklik.analytics.figures import Histogram, Sums
from otklik.analytics.measures import MEASURES, measure
from otklik.analytics.measures.page import page
from otklik.common.intervals import mean_interval, wilson

PAGE = Path(__file__).parents[3] / "docs/measures.md"
SAID = Sums(
    {
        "received": 40,
        "appeals_received": 10,
        "received_repeated": 4,
        "registered_in_time": 9,
        "registered_late": 1,
        "answered": 20,
        "answered_legal": 18,
        "due": 25,
        "due_overdue": 5,
        "auto_topic": 30,
        "auto_corrected": 2,
        "solvable_answered": 10,
        "solvable_solved": 8,
        "checked": 20,
        "first_pass": 17,
        "scored": 4,
        "scored_invited": 3,
        "invited": 12,
        "score_sum": 16,
        "score_squares": 70,
        "low_scores": 1,
    }
)


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("received", 40),
        ("messages", 30),
        ("appeals_share", 25),
        ("repeated", 10),
        ("registered_in_time", 90),
        ("in_time", 90),
        ("late_answers", 2),
        ("overdue", 20),
        ("auto_structured", 75),
        ("auto_error", 6.25),
        ("solvable_solved", 80),
        ("first_pass", 85),
        ("satisfaction", 4),
        ("response_rate", 25),
        ("low_scores", 25),
        ("promises_kept", None),
        ("extended", 0),
    ],
)
def test_it_counts_each_measure_by_its_formula(key: str, number: float | None) -> None:
    assert measure(key).of(SAID).number == number


def test_it_shows_what_a_number_was_counted_from() -> None:
    value = measure("overdue").of(SAID)
    assert (value.numerator, value.denominator) == (5, 25)
    assert value.low is not None
    assert value.high is not None
    assert value.low < 20 < value.high


def test_it_takes_hours_and_population_where_it_needs_them() -> None:
    hours = {"first": Histogram({2: 5, 30: 5}), "final": Histogram({100: 1})}
    assert measure("first_median").of(SAID, hours).number == 16
    assert measure("first_day").of(SAID, hours).number == 50
    assert measure("final_p90").of(SAID, hours).number == 100
    assert measure("final_p90").of(SAID).number is None
    assert measure("per_thousand").of(SAID, population=20_000).number == 2
    assert measure("per_thousand").of(SAID).number is None


@pytest.mark.parametrize("key", MEASURES)
def test_it_gives_no_number_where_there_was_nothing_to_divide_by(key: str) -> None:
    one, empty = measure(key), measure(key).of(Sums())
    assert empty.number == (0 if one.unit == "шт" else None)


@pytest.mark.parametrize("key", MEASURES)
def test_it_speaks_of_every_measure_in_words_and_known_counts(key: str) -> None:
    one = measure(key)
    assert one.key == key
    assert {*one.above, *one.below} <= COLUMNS.keys()
    assert one.waited in ("", *HOURS)
    assert bool(one.above) != bool(one.waited)
    assert one.title[0].isupper()
    assert len(one.formula) > 10
    assert one.source


def test_it_has_forty_measures_and_refuses_an_unknown_one() -> None:
    assert len(MEASURES) >= 40
    with pytest.raises(LookupError):
        measure("happiness")


def test_it_keeps_the_page_of_docs_as_the_catalogue_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: otklik facts measures > docs/measures.md"


@given(st.integers(0, 500), st.integers(1, 500))
def test_it_bounds_a_share_around_itself(hits: int, more: int) -> None:
    low, high = wilson(hits, hits + more)
    assert low is not None
    assert high is not None
    assert 0 <= low <= 100 * hits / (hits + more) + 1e-9
    assert 100 * hits / (hits + more) - 1e-9 <= high <= 100


@given(st.lists(st.integers(1, 5), max_size=50))
def test_it_bounds_a_mean_around_itself(scores: list[int]) -> None:
    low, high = mean_interval(len(scores), sum(scores), sum(one * one for one in scores))
    if len(scores) < 2:
        assert (low, high) == (None, None)
    else:
        assert low is not None
        assert high is not None
        assert low <= sum(scores) / len(scores) + 1e-9
        assert high >= sum(scores) / len(scores) - 1e-9
