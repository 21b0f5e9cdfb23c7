"""Rules of the catalogue: what is alike, what goes first and why, what advice must say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.problems.advice.rules import Load, find_alike, rank, refuse_text, say_load, words_of


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def load(**more: int) -> Load:
    values = {"received": 30, "before": 30, "due": 10, "overdue": 0, "whole": 1000}
    found = {**values, **more}
    return Load(found["received"], found["before"], 3.0, found["due"], found["overdue"], found["whole"])


def test_it_keeps_words_that_say_something() -> None:
    assert words_of(["в", "и", "яма", "дорога", "дорога", "2026", "срок"]) == ["дорога", "срок"]


def test_it_finds_what_shares_rare_words_first() -> None:
    known = {
        1: ["карта", "уборка", "снег", "график"],
        2: ["карта", "ответ", "житель"],
        3: ["кружок", "школа", "запись"],
    }
    found = find_alike(["уборка", "снег", "житель"], known)
    assert [one.key for one in found] == [1, 2]
    assert set(found[0].words) == {"уборка", "снег"}
    assert found[0].nearness > found[1].nearness
    assert find_alike(["театр"], known) == []


@given(st.lists(st.sampled_from(["снег", "карта", "школа", "яма"]), min_size=1), st.integers(1, 5))
def test_a_text_is_nearest_to_itself(words: list[str], others: int) -> None:
    known = {0: words, **{key: ["театр", "кружок"] for key in range(1, others + 1)}}
    found = find_alike(words, known)
    assert found[0].key == 0
    assert found[0].nearness == pytest.approx(1)


@pytest.mark.parametrize(
    ("change", "size", "points", "said"),
    [
        ({}, "", (1, 1, 2), "усилия не оценены, считаем 2"),
        ({"whole": 100}, "small", (3, 1, 1), "30 % потока"),
        ({"whole": 500}, "large", (2, 1, 3), "6 % потока"),
        ({"overdue": 2}, "small", (1, 3, 1), "к сроку не ответили на 20 %"),
        ({"overdue": 1}, "small", (1, 2, 1), "просрочено: 1"),
        ({"before": 20}, "small", (1, 2, 1), "рост 50 %"),
    ],
)
def test_it_ranks_by_impact_urgency_and_effort(
    change: dict[str, int], size: str, points: tuple[int, int, int], said: str
) -> None:
    found = rank(load(**change), size)
    assert (found.impact, found.urgency, found.effort) == points
    assert found.score == pytest.approx(points[0] * points[1] / points[2])
    assert said in plain(found.reason)


def test_it_says_a_load_in_words() -> None:
    assert plain(say_load(load(before=24, overdue=2))) == (
        "10 в месяц, всего 30 карточек, рост 25 %, к сроку не ответили: 2"
    )
    assert "спад" in say_load(load(before=60))
    assert "рост" not in say_load(load(before=0))


@pytest.mark.parametrize(
    ("kind", "words", "addressed", "said"),
    [
        ("practice", ("а", "б", "в"), False, ""),
        ("digital", ("а", "б", "в"), False, "кому это адресовано"),
        ("digital", ("а", "б", "в"), True, ""),
        ("digital", ("а", " ", "в"), True, "на чём оно основано"),
        ("other", ("а", "б", "в"), True, "вид"),
    ],
)
def test_it_refuses_advice_without_ground_or_addressee(
    kind: str, words: tuple[str, ...], addressed: bool, said: str
) -> None:
    told = refuse_text(kind, {"practice", "digital"}, words, addressed)
    assert said in told
    assert bool(said) == bool(told)
