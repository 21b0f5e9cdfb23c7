"""Cells, changes and the formula as they are read."""

import pytest

from otklik.analytics.rating.figures import Figure, Key
from otklik.analytics.rating.formula import Weighed
from otklik.analytics.rating.lifts import Lift
from otklik.analytics.rating.words import (
    before_words,
    edges_words,
    lift_words,
    parts_words,
    place_words,
    value_words,
    weight_words,
)


def plain(text: str) -> str:
    """Spaces of one kind."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("key", "figure", "value", "parts"),
    [
        ("overdue", Figure(1 / 39, 1, 39), "3 %", "1/39"),
        ("speed", Figure(0.5, 6.5, 41), "6,5 ч", "41 отв."),
        ("speed", Figure(0.5, 12, 1), "12 ч", "1 отв."),
        ("satisfaction", Figure(4.6, 64.4, 14), "4,6", "14 оценок"),
        ("solved", Figure(1, 1200, 1200), "100 %", "1 200/1 200"),
    ],
)
def test_a_cell_shows_the_value_and_its_parts(key: Key, figure: Figure, value: str, parts: str) -> None:
    assert (plain(value_words(key, figure)), plain(parts_words(key, figure))) == (value, parts)


@pytest.mark.parametrize(
    ("key", "was", "becomes", "steps", "words"),
    [
        ("overdue", Figure(0.5, 5, 10), Figure(0.2, 2, 10), 3, "Ответить в срок ещё по 3 карточкам из 5 просроченных"),
        ("overdue", Figure(0.1, 1, 10), Figure(0, 0, 10), 1, "Ответить в срок ещё по 1 карточке из 1 просроченной"),
        ("speed", Figure(2, 6.5, 9), Figure(1.5, 5, 9), 2, "Первый ответ за 5 ч вместо 6,5 ч"),
        ("repeats", Figure(0.2, 8, 40), Figure(0.1, 6, 40), 2, "Не допустить 2 повторов из 8 повторных"),
        ("repeats", Figure(0.2, 8, 40), Figure(0.1, 7, 40), 1, "Не допустить 1 повтора из 8 повторных"),
        ("solved", Figure(0.5, 20, 41), Figure(0.8, 32, 41), 12, "Решить на деле ещё 12 карточек из 21 нерешённой"),
        ("satisfaction", Figure(3.8, 38, 10), Figure(4.2, 42, 10), 4, "Средняя оценка 4,2 вместо 3,8"),
        ("quality", Figure(0.5, 5, 10), Figure(0.6, 6, 10), 1,
         "Согласовать с первого раза ещё 1 ответ из 5 возвращённых"),
    ],
)  # fmt: skip
def test_a_change_reads_as_a_deed(key: Key, was: Figure, becomes: Figure, steps: int, words: str) -> None:
    assert plain(lift_words(Lift(key, was, becomes, steps, 1.0, True, 0.1))) == words


def test_places_and_what_was() -> None:
    assert [place_words(5, 5), place_words(3, 4)] == ["5", "3–4"]
    assert [before_words(3, before) for before in (None, 3, 6, 2)] == ["", "было 3", "↑ с 6", "↓ с 2"]


def test_edges_and_weights() -> None:
    assert plain(edges_words(Weighed("overdue", 25, 0.02, 0.2))) == "полный балл до 2 %, ноль от 20 %"
    assert plain(edges_words(Weighed("speed", 25, 1, 3))) == "полный балл до 1 нормы, ноль от 3 норм"
    assert plain(edges_words(Weighed("satisfaction", 25, 4.5, 2.5))) == "полный балл от 4,5, ноль до 2,5"
    assert [weight_words(weight) for weight in (25.0, 41.6666, 18.75)] == ["25", "41,7", "18,8"]
