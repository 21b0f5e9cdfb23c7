"""Every deed of a person on a case, by the names a person would use. One file per group of deeds.

Registration (`intake`) stands apart: its dictionaries and its model have no place in processes that answer pages.
"""

from otklik.cases.services.answers import (
    DraftConflict,
    approve_answer,
    mark_placed,
    return_answer,
    save_draft,
    sign_answer,
    submit_answer,
)
from otklik.cases.services.branches import extend_term, forward_case, leave_case, send_copies
from otklik.cases.services.files import add_file
from otklik.cases.services.releasing import release_cases
from otklik.cases.services.sorting import (
    PlaceChoice,
    join_case,
    mark_outcome,
    refuse_twin,
    set_kind,
    set_place,
    set_topic,
    set_urgency,
)
from otklik.cases.services.undoing import undo_last
from otklik.cases.services.updates import apply_updates
from otklik.cases.services.work import (
    add_note,
    ask_applicant,
    assign_case,
    close_case,
    close_unanswered,
    pass_on,
    reopen_case,
    return_case,
    reveal_personal,
    take_case,
    take_reply,
)

__all__ = [
    "DraftConflict",
    "PlaceChoice",
    "add_file",
    "add_note",
    "apply_updates",
    "approve_answer",
    "ask_applicant",
    "assign_case",
    "close_case",
    "close_unanswered",
    "extend_term",
    "forward_case",
    "join_case",
    "leave_case",
    "mark_outcome",
    "mark_placed",
    "pass_on",
    "refuse_twin",
    "release_cases",
    "reopen_case",
    "return_answer",
    "return_case",
    "reveal_personal",
    "save_draft",
    "send_copies",
    "set_kind",
    "set_place",
    "set_topic",
    "set_urgency",
    "sign_answer",
    "submit_answer",
    "take_case",
    "take_reply",
    "undo_last",
]
