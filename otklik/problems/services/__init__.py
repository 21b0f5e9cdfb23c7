"""Deeds on problems: propose and raise, decide and work, causes, official texts, errors of communication.

`propose` is open to packages above: polls, discussions, risks hand their problems in by it.
"""

from otklik.problems.services.causes import (
    CauseText,
    Proof,
    add_cause,
    change_cause,
    decide_cause,
    drop_cause,
    name_root,
    prove,
    remove_cause,
    unprove,
    write_why5,
)
from otklik.problems.services.deciding import join_cases, move, strike_case
from otklik.problems.services.outer import list_outer, write_outer
from otklik.problems.services.raising import ProblemText, Proposal, change, grow, propose, raise_problem
from otklik.problems.services.talk import learn, note_talk_error
from otklik.problems.services.texts import give_text, withdraw_text, write_text
from otklik.problems.services.working import call_body, part_done, set_owner

__all__ = [
    "CauseText",
    "ProblemText",
    "Proof",
    "Proposal",
    "add_cause",
    "call_body",
    "change",
    "change_cause",
    "decide_cause",
    "drop_cause",
    "give_text",
    "grow",
    "join_cases",
    "learn",
    "list_outer",
    "move",
    "name_root",
    "note_talk_error",
    "part_done",
    "propose",
    "prove",
    "raise_problem",
    "remove_cause",
    "set_owner",
    "strike_case",
    "unprove",
    "withdraw_text",
    "write_outer",
    "write_text",
    "write_why5",
]
