"""Case forms by endings, distance of spellings, cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.places.cells import cell_of, centre_of, distance, near
from otklik.places.gazetteer import SettlementFact, gazetteer
from otklik.places.spelling import distance as letters_apart
from otklik.places.spelling import word_forms


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Боровичи", "боровичах боровичей боровичам"),
        ("Перёдки", "передках передок передков"),
        ("Волок", "волоке волока волоком"),
        ("Ёгла", "егле егле еглу еглой"),
        ("Полново", "полнове полнова"),
        ("Косуль", "косули косулью"),
        ("Тюхтет", "тюхтете тюхтета"),
        ("Арчединская", "арчединской арчединскую"),
        ("Ручей", "ручья ручье"),
        ("Фролов", "фролова фролову фроловом фроловым фролове"),
        ("Юрьево", "юрьева юрьеву юрьевом юрьевым юрьеве"),
        ("Глинище", "глинища глинищу глинищем"),
        ("2-й", "2-го 2-м 2"),
    ],
)
def test_it_makes_case_forms_of_village_names(name: str, forms: str) -> None:
    assert set(forms.split()) <= word_forms(name)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("ревда", "ревда", 0), ("ревда", "рведа", 1), ("волок", "валок", 1), ("бор", "борт", 1)],
)
def test_it_counts_letters_apart(one: str, other: str, apart: int) -> None:
    assert letters_apart(one, other, 2) == apart


@given(st.text("абвгд", max_size=8), st.text("абвгд", max_size=8))
def test_letters_apart_do_not_depend_on_order(one: str, other: str) -> None:
    assert letters_apart(one, other, 8) == letters_apart(other, one, 8)


def test_it_guesses_a_misspelt_name_but_not_an_unclear_one() -> None:
    known = gazetteer(
        "town", [SettlementFact("Михайловка"), SettlementFact("Ивановка"), SettlementFact("Ивановна")]
    )
    guessed = known.guess("Михаловка")
    assert guessed is not None and guessed.name == "Михайловка"
    assert known.guess("Ивановта") is None
    assert known.guess("Петербург") is None


def test_it_measures_metres_and_finds_neighbours() -> None:
    assert distance(58.39, 33.92, 58.39, 33.92) == 0
    assert distance(58.0, 33.0, 59.0, 33.0) == pytest.approx(111_195, rel=0.001)
    cell = cell_of(58.39, 33.92)
    assert cell in near(cell) and len(near(cell)) == 7
    assert distance(58.39, 33.92, *centre_of(cell)) < 250
