"""The labelled table of invented answers: each code is found, good answers stay without hints."""

from collections import Counter
from pathlib import Path

import pytest

from otklik.quality.rules import ADVICE, TITLES, find_faults

Pair = tuple[str, str, frozenset[str]]


def _pairs() -> list[Pair]:
    message, pairs = "", []
    for line in Path(__file__).with_name("answers.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("M:"):
            message = line[2:].strip()
        elif line.startswith("A"):
            codes, _, answer = line[1:].partition(":")
            pairs.append((message, answer.strip(), frozenset(codes.split())))
    return pairs


PAIRS = _pairs()


def _codes(message: str, answer: str) -> set[str]:
    return {fault.code for fault in find_faults(message, answer)}


def test_it_finds_labelled_faults_with_micro_f1_above_the_floor() -> None:
    count: Counter[str] = Counter()
    for message, answer, gold in PAIRS:
        found = _codes(message, answer)
        count["hit"] += len(found & gold)
        count["false"] += len(found - gold)
        count["miss"] += len(gold - found)
    f1 = 2 * count["hit"] / (2 * count["hit"] + count["false"] + count["miss"])
    assert f1 >= 0.9, count


def test_it_rarely_troubles_a_good_answer() -> None:
    good = [(message, answer) for message, answer, gold in PAIRS if not gold]
    alarms = [answer for message, answer in good if _codes(message, answer)]
    assert len(alarms) / len(good) <= 0.05, alarms


@pytest.mark.parametrize("code", sorted(TITLES))
def test_it_knows_every_code_from_the_table(code: str) -> None:
    rows = [(message, answer) for message, answer, gold in PAIRS if code in gold]
    assert len(rows) >= 6
    assert any(code in _codes(message, answer) for message, answer in rows)
    assert ADVICE[code]


def test_it_names_the_number_of_the_question_left_out() -> None:
    faults = find_faults("Когда откроют каток и кто его заливает?", "Каток заливает школа № 3.")
    assert [(fault.code, fault.question_number) for fault in faults] == [("unanswered_question", 1)]


def test_it_takes_the_name_on_record_before_the_signature() -> None:
    answer = "Уважаемая Анна Ильинична! Яму на Садовой засыпали 3 мая."
    assert not find_faults("Засыпьте яму на Садовой.", answer, author_name="Котова Анна Ильинична")
    faults = find_faults("Засыпьте яму на Садовой.", answer, author_name="Котова Анна Игоревна")
    assert [fault.code for fault in faults] == ["wrong_name"]


def test_it_says_nothing_of_an_empty_draft() -> None:
    assert find_faults("Засыпьте яму.", "  ") == []
