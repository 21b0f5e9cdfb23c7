"""Where a message of a known conversation belongs: the decision as a table."""

import pytest

from otklik.cases.states import DONE_STATES, OPEN_STATES
from otklik.cases.threads import Said, Strand, decide

ASKS = Said("question", 8, asks=True, names_place=False)
THANKS = Said("thanks", 5, asks=False, names_place=False)
GOT_IT = Said("statement", 2, asks=False, names_place=False)
AGAIN = Said("complaint", 3, asks=False, names_place=False)
ADDS = Said("statement", 9, asks=False, names_place=False)
WITH_PLACE = Said("statement", 6, asks=False, names_place=True)


def about(said: Said, matter: str) -> Said:
    return Said(said.text_kind, said.words, said.asks, said.names_place, matter)


def own(state: str, case: int = 1, matter: str = "", answers: bool = False) -> Strand:
    return Strand(case, state, is_author=True, answers=answers, matter=matter)


def others(state: str, case: int = 1) -> Strand:
    return Strand(case, state, is_author=False, answers=True)


@pytest.mark.parametrize("state", OPEN_STATES)
@pytest.mark.parametrize("said", [ASKS, THANKS, GOT_IT, AGAIN, ADDS, WITH_PLACE])
def test_the_same_author_continues_a_case_in_work(said: Said, state: str) -> None:
    verdict = decide(said, [own(state)])
    assert (verdict.to, verdict.said_by, verdict.is_repeat) == (own(state), "applicant", False)


@pytest.mark.parametrize("state", [state for state in DONE_STATES if state != "joined"])
@pytest.mark.parametrize(
    ("said", "is_new"),
    [
        (ASKS, True),
        (AGAIN, True),
        (ADDS, True),
        (WITH_PLACE, True),
        (about(GOT_IT, "roads"), True),
        (THANKS, False),
        (GOT_IT, False),
    ],
)
def test_after_the_end_a_question_is_a_repeated_case_and_thanks_are_none(
    said: Said, is_new: bool, state: str
) -> None:
    verdict = decide(said, [own(state)])
    assert (verdict.to is None, verdict.is_repeat) == (is_new, is_new)


def test_a_case_in_work_outweighs_an_ended_one_and_a_waiting_question_outweighs_both() -> None:
    assert decide(ASKS, [own("in_work", 1), own("closed", 2)]).to == own("in_work", 1)
    assert decide(ASKS, [own("asking", 1), own("in_work", 2)]).to == own("asking", 1)
    assert decide(ADDS, [own("in_work", 1), own("assigned", 2)]).to == own("assigned", 2)


@pytest.mark.parametrize(
    ("strand", "said", "is_new"),
    [
        (own("in_work", matter="roads"), about(ASKS, "waste"), True),
        (own("in_work", matter="roads"), about(ASKS, "roads"), False),
        (own("in_work", matter="roads"), ASKS, False),
        (own("in_work"), about(ASKS, "waste"), False),
        (own("in_work", matter="roads"), about(THANKS, "waste"), False),
        (own("in_work", matter="roads"), about(AGAIN, "waste"), False),
        (own("in_work", matter="roads"), about(ADDS, "waste"), True),
        (own("in_work", matter="roads", answers=True), about(ASKS, "waste"), False),
        (own("asking", matter="roads"), about(ASKS, "waste"), False),
    ],
)
def test_another_question_of_the_same_author_is_a_case_of_its_own(
    strand: Strand, said: Said, is_new: bool
) -> None:
    verdict = decide(said, [strand])
    assert (verdict.to is None) == is_new
    assert not verdict.is_repeat


@pytest.mark.parametrize(
    ("said", "state", "joins"),
    [
        (ADDS, "in_work", True),
        (THANKS, "in_work", True),
        (ASKS, "in_work", False),
        (about(AGAIN, "roads"), "in_work", False),
        (AGAIN, "in_work", True),
        (WITH_PLACE, "in_work", False),
        (THANKS, "closed", True),
        (ADDS, "closed", False),
    ],
)
def test_another_resident_joins_the_talk_only_without_an_own_question(
    said: Said, state: str, joins: bool
) -> None:
    verdict = decide(said, [others(state)])
    assert (verdict.to is not None) == joins
    assert verdict.said_by == ("resident" if joins else "applicant")


def test_a_message_that_touches_no_case_is_a_case() -> None:
    assert decide(ASKS, []).to is None
