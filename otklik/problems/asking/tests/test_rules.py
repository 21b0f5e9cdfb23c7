"""The queue of questions: parts of the priority, sureness, the form that suits, words of the reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.problems.asking.rules import (
    WEIGHTS,
    Signs,
    Thresholds,
    form_for,
    is_worth,
    rank,
    sources_of,
    title_of,
)

USUAL = Thresholds()
LOUD = Signs(
    cases=40,
    past=20,
    weeks=13,
    most=40,
    lift=2.5,
    problem="2026-4",
    is_confirmed=True,
    has_point=True,
    places=(("с. Ключи", 22), ("с. Лесное", 11), ("д. Гора", 7)),
)
counts = st.integers(0, 500)


def test_weights_make_a_hundred() -> None:
    assert sum(WEIGHTS.values()) == 100


def test_it_tells_its_reason_with_figures_and_places() -> None:
    told = rank(LOUD, USUAL)
    assert told.reason.replace("\xa0", " ") == (
        "40 сообщений за 90 дней, за столько же до того — 20; недель с сообщениями 13 из 13;"
        " здесь пишут об этом в 2,5 раза чаще, чем в среднем; больше всего: с. Ключи — 22, с. Лесное — 11,"
        " д. Гора — 7; в перечне проблема 2026-4 с точкой на карте"
    )
    assert told.parts == {"reach": 40, "growth": 12, "steady": 20, "standing": 15}
    assert told.priority == 87
    assert told.sources == ("problem", "heat_map", "growth")


@pytest.mark.parametrize(
    ("signs", "sources"),
    [
        (Signs(cases=9, past=9), ()),
        (Signs(cases=9, past=2), ("growth",)),
        (Signs(cases=9, past=None), ()),
        (Signs(cases=4, past=0), ()),
        (Signs(cases=9, past=9, lift=1.6), ("heat_map",)),
        (Signs(cases=9, past=9, problem="2026-1"), ("problem",)),
    ],
)
def test_it_names_what_speaks_for_the_question(signs: Signs, sources: tuple[str, ...]) -> None:
    assert sources_of(signs, USUAL) == sources
    assert is_worth(signs, USUAL) == bool(sources)


def test_few_letters_are_answered_and_not_put_to_everyone() -> None:
    assert not is_worth(Signs(cases=4, problem="2026-1", is_confirmed=True), USUAL)


def test_another_charter_asks_sooner_and_says_its_own_window() -> None:
    grown, asked = (
        Signs(cases=3, past=2, weeks=4),
        Thresholds(window_days=31, least_cases=3, growth_percent=40),
    )
    assert not is_worth(grown, USUAL)
    assert is_worth(grown, asked)
    assert "3 сообщения за 31 день" in rank(grown, asked).reason.replace("\xa0", " ")
    assert "сообщениями 4 из 5" in rank(grown, asked).reason


@pytest.mark.parametrize(
    ("signs", "forms", "form"),
    [
        (LOUD, ["poll", "vote", "discussion"], "vote"),
        (LOUD, ["poll"], "poll"),
        (Signs(cases=9), ["poll", "vote", "discussion"], "poll"),
        (Signs(cases=9), ["vote"], "vote"),
        (LOUD, [], ""),
    ],
)
def test_the_form_suits_the_matter_and_the_charter(signs: Signs, forms: list[str], form: str) -> None:
    assert form_for(signs, forms) == form


def test_titles_begin_a_draft() -> None:
    assert title_of("Ямы на дорогах", "", "vote") == "С какого места начать: ямы на дорогах"
    assert title_of("Ямы на дорогах", "с. Ключи", "poll") == "Что изменить: ямы на дорогах, с. Ключи"
    assert title_of("ТКО: вывоз", "", "poll") == "Что изменить: ТКО: вывоз"


@given(counts, counts, st.integers(0, 30), st.integers(1, 500), st.none() | st.floats(0, 50))
def test_priority_and_sureness_stay_in_their_bounds(
    cases: int, past: int, weeks: int, most: int, lift: float | None
) -> None:
    told = rank(Signs(cases=cases, past=past, weeks=weeks, most=most, lift=lift), USUAL)
    assert 0 <= told.priority <= 100
    assert 0 <= told.sureness < 1


@given(counts, counts)
def test_more_letters_never_lower_the_sureness(first: int, second: int) -> None:
    few, many = sorted((first, second))
    assert (
        rank(Signs(cases=few, past=few), USUAL).sureness <= rank(Signs(cases=many, past=many), USUAL).sureness
    )
