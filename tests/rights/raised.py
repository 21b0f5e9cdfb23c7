"""A problem with a proved cause and an error of communication: what addresses of problems name."""

from datetime import datetime, timedelta
from typing import Any

from otklik.cases.models import Case
from otklik.channels.files import store_file
from otklik.problems.services import (
    CauseText,
    Proof,
    Proposal,
    add_cause,
    note_talk_error,
    prove,
    raise_problem,
)
from otklik.problems.services.talk import TalkText
from tests.town import Town


def raised(town: Town, case: Case, now: datetime) -> dict[str, list[Any]]:
    """A problem of the case's block, so that the head of this block keeps it."""
    whose, day = town.municipality, now.date() - timedelta(days=3)
    keeper = town.user_with("problems", ["problems.manage", "cases.view"])
    proposal = Proposal("cases", "Ямы", "заведена вручную", day, block_key=case.block_key)
    problem = raise_problem(whose, proposal, keeper, now)
    cause = add_cause(problem, CauseText("Нет асфальта"), keeper, now)
    file = store_file(b"akt", "akt-problem.txt", whose)
    proof = prove(cause, Proof("file", "акт осмотра", file=file), keeper, now)
    error = note_talk_error(whose, TalkText("formal", "Ответили отпиской", day, case), keeper, now)
    assert error is not None
    return {
        "problem": [problem.number],
        "problem_deed": [problem.number, "told"],
        "problem_block": [case.block_key],
        "cause": [cause.pk],
        "cause_deed": [cause.pk, "root"],
        "cause_file": [proof.pk],
        "talk_error": [error.pk],
    }
