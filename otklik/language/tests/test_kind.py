"""Kind, solvability, urgency and questions: an exact table of our own texts."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.language.kind import KINDS, is_solvable, is_urgent, text_kind
from otklik.language.questions import find_questions
from otklik.language.reading import read, read_many

_TABLE = Path(__file__).parent / "kinds.csv"
ROWS = list(csv.DictReader(_TABLE.open(encoding="utf-8"), delimiter="|", quoting=csv.QUOTE_NONE))
for _row in ROWS:
    _row["text"] = _row["text"].replace("\\n", "\n")
NAMES = [row["text"][:50] for row in ROWS]


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_it_tells_the_kind(row: dict[str, str]) -> None:
    assert text_kind(row["text"]).value == row["kind"]


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_it_tells_what_a_deed_can_solve(row: dict[str, str]) -> None:
    assert is_solvable(row["text"]).value == (row["solvable"] == "yes")


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_it_tells_danger_from_haste(row: dict[str, str]) -> None:
    assert is_urgent(row["text"]).value == (row["urgency"] == "high")


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_it_counts_questions_and_requests(row: dict[str, str]) -> None:
    assert len(find_questions(row["text"])) == int(row["questions"])


def test_it_splits_questions_where_they_stand() -> None:
    text = "Когда починят мост и почему молчит подрядчик?"
    found = find_questions(text)
    assert [(one.number, one.text) for one in found] == [
        (1, "Когда починят мост и"),
        (2, "почему молчит подрядчик?"),
    ]
    assert all(text[one.start : one.end] == one.text for one in found)


def test_a_topic_that_cannot_be_solved_outweighs_the_words() -> None:
    assert not is_solvable("Прошу отремонтировать дорогу на улице Школьной.", topic_solvable=False).value


def test_it_gives_the_words_that_decided() -> None:
    assert text_kind("На Садовой не горят фонари").words == ["не горят"]
    assert is_urgent("В подъезде пахнет газом").words == ["пахнет газом"]


def test_it_reads_a_message_at_once() -> None:
    found = read("Я, Орлова Нина Ивановна, прошу спилить тополь. Тел. 8 911 123-45-67")
    assert found.masked == "Я, [ФИО], прошу спилить тополь. Тел. [телефон]"
    assert (found.kind.value, len(found.questions)) == ("statement", 1)
    assert read_many(["Когда включат отопление?", ""])[1].questions == []


@given(st.text(max_size=300))
def test_it_reads_any_text(text: str) -> None:
    found = read(text)
    assert found.kind.value in KINDS
    assert all(text[one.start : one.end] == one.text for one in found.questions)
    assert [one.number for one in found.questions] == list(range(1, len(found.questions) + 1))
