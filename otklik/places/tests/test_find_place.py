"""The main place of a message: an exact table of our own texts for five municipalities."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.places.files import read_folder
from otklik.places.gazetteer import Gazetteer, SettlementFact, StreetFact, gazetteer
from otklik.places.rules import find_place, find_places
from otklik.places.spelling import fold

ROWS = list(csv.DictReader((Path(__file__).parent / "places.csv").open(encoding="utf-8"), delimiter="|"))
GAZETTEERS = {row["municipality"]: read_folder(row["municipality"]) for row in ROWS}
ADDRESS_WORDS = (
    *["ул.", "улица", "пер.", "д.", "дом", "5", "12А", "27-16", "Ленина", "Садовой", "на", "в", "деревне"],
    *["с.", "х.", "Дальний", "2-й", "9", "Января", ",", ".", "«", "»", "М.", "лет"],
    "\n",
)
TOWN = gazetteer(
    "town",
    [SettlementFact("Светлый Ключ", "с", lat=58.1, lon=33.2, is_centre=True), SettlementFact("Дальний", "х")],
    [StreetFact("Светлый Ключ", "Садовая", lat=58.11, lon=33.21)],
)


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:50] for row in ROWS])
def test_it_finds_the_place_of_the_trouble(row: dict[str, str]) -> None:
    found = find_place(row["text"], GAZETTEERS[row["municipality"]])
    assert [fold(found.settlement), fold(found.street), fold(found.house)] == [
        fold(row["settlement"] or ""),
        fold(row["street"] or ""),
        fold(row["house"] or ""),
    ]


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:50] for row in ROWS])
def test_it_reads_streets_without_a_street_list(row: dict[str, str]) -> None:
    known = GAZETTEERS[row["municipality"]]
    found = find_place(row["text"], Gazetteer(known.municipality, known.settlements))
    assert [fold(found.street), fold(found.house)] == [fold(row["street"] or ""), fold(row["house"] or "")]


def test_it_takes_the_point_of_the_street_before_that_of_the_settlement() -> None:
    on_street = find_place("Светлый Ключ, ул. Садовая, 5, нет воды", TOWN)
    in_village = find_place("В Светлом Ключе нет воды", TOWN)
    assert (on_street.lat, on_street.lon) == (58.11, 33.21)
    assert (in_village.lat, in_village.lon) == (58.1, 33.2)
    assert on_street.h3 and on_street.h3 != in_village.h3


def test_it_is_less_sure_of_a_bare_name_than_of_a_full_address() -> None:
    full = find_place("с. Светлый Ключ, ул. Садовая, д. 5", TOWN)
    bare = find_place("на Гагарина темно", TOWN)
    assert full.sureness > 0.9 > 0.6 > bare.sureness > 0


def test_it_names_the_words_that_decided() -> None:
    text = "В Светлом Ключе возле школы № 3 на ул. Садовой, 5 яма"
    found = find_place(text, TOWN)
    assert found.words == ("Светлом Ключе", "ул. Садовой, 5", "школы № 3")
    assert all(text[reason.start : reason.end] == reason.text for reason in found.reasons)
    assert found.landmark == "школы № 3"


def test_it_says_nothing_of_a_text_without_a_place() -> None:
    found = find_place("Спасибо за праздник", TOWN)
    assert (found.settlement, found.street, found.house, found.h3, found.sureness) == ("", "", "", "", 0.0)


@given(st.text(max_size=300))
def test_it_reads_any_text(text: str) -> None:
    found = find_place(text, TOWN)
    assert 0 <= found.sureness <= 1
    assert all(0 <= reason.start <= reason.end <= len(text) for reason in found.reasons)


@given(
    st.lists(
        st.sampled_from(ADDRESS_WORDS),
        max_size=25,
    )
)
def test_it_reads_any_heap_of_address_words(words: list[str]) -> None:
    text = " ".join(words)
    assert all(text[r.start : r.end] == r.text for r in find_place(text, TOWN).reasons)


def test_it_offers_what_else_the_text_may_mean_the_main_place_first() -> None:
    town = gazetteer(
        "town",
        TOWN.settlements,
        [*TOWN.streets, StreetFact("Дальний", "Садовая"), StreetFact("Светлый Ключ", "Луговая")],
    )
    found = find_places("Яма на улице Садовой, 5, и ещё одна на улице Луговой, 3.", town)
    assert found[0] == find_place("Яма на улице Садовой, 5, и ещё одна на улице Луговой, 3.", town)
    assert [(one.settlement, one.street, one.house) for one in found[1:]] == [
        ("Светлый Ключ", "Луговая", "3"),
        ("Светлый Ключ", "Садовая", "5"),
    ]
    assert find_places("Спасибо за работу.", town) == []
