"""Deeds with risks: found, told, verified, answered, watched, closed. Each locks its card, asks the rules, leaves a
row of history and a journal line; what must leave the building stands in rows a timer of its own delivers."""

from otklik.risks.services.answering import (
    Place,
    answer,
    compensate,
    control,
    no_answer,
    place,
    placed,
    take_posts,
    write_effect,
)
from otklik.risks.services.chatting import report, report_lacks, report_parts, tell_chat, tell_progress
from otklik.risks.services.checking import check, learn, note_unknown, verify
from otklik.risks.services.deciding import begin_roadmap, note_decision
from otklik.risks.services.ending import Observed, close, learn_lesson, observe, repeat, return_to_work
from otklik.risks.services.finding import Figures, Level, Seen, change, found, set_level
from otklik.risks.services.watching import (
    PageText,
    dismiss,
    leave_page,
    list_prone,
    log_look,
    log_nothing,
    strike_prone,
    watch_page,
)
from otklik.risks.services.working import add_measure, add_reach, link, measure_done, tell

__all__ = [
    "Figures",
    "Level",
    "Observed",
    "PageText",
    "Place",
    "Seen",
    "add_measure",
    "add_reach",
    "answer",
    "begin_roadmap",
    "change",
    "check",
    "close",
    "compensate",
    "control",
    "dismiss",
    "found",
    "learn",
    "learn_lesson",
    "leave_page",
    "link",
    "list_prone",
    "log_look",
    "log_nothing",
    "measure_done",
    "no_answer",
    "note_decision",
    "note_unknown",
    "observe",
    "place",
    "placed",
    "repeat",
    "report",
    "report_lacks",
    "report_parts",
    "return_to_work",
    "set_level",
    "strike_prone",
    "take_posts",
    "tell",
    "tell_chat",
    "tell_progress",
    "verify",
    "watch_page",
    "write_effect",
]
