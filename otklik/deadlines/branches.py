"""The special ways of 59-ФЗ (ст. 8, 10, 11) and what each does to the clocks. Pure data.

Read by `cases.services` when a clerk chooses a way: its clock is started, and the law's clock of the answer
either goes on or gives way to it. Texts of the notices stand with the templates, not here.
"""

from dataclasses import dataclass
from typing import Literal

ReviewEffect = Literal["runs", "replaced", "ends", "extended"]


@dataclass(frozen=True)
class Branch:
    """One way. `clock` is started from registration (or from `starts_on_deed` the deed itself).

    `review` says what becomes of the 30 days: `runs` on, is `replaced` by the branch's own clock and stops
    when its notice is sent, `ends` at once, or is `extended`.
    """

    key: str
    title: str
    clause: str
    review: ReviewEffect
    clock: str = ""
    notice: bool = True
    starts_on_deed: bool = False


_ALL = (
    Branch("forward", "переадресация", "ст. 8 ч. 3", "replaced", "fz59.forward_days"),
    Branch("copies", "копии в несколько органов", "ст. 8 ч. 4", "runs", "fz59.copies_days"),
    Branch("return_complaint", "возврат жалобы", "ст. 8 ч. 7", "replaced", "fz59.return_days"),
    Branch(
        "request_documents",
        "запрос документов",
        "ст. 10 ч. 2",
        "runs",
        "fz59.docs_request_days",
        notice=False,
        starts_on_deed=True,
    ),
    Branch(
        "published", "ответ опубликован на сайте", "ст. 11 ч. 5.1", "replaced", "fz59.site_answer_notice_days"
    ),
    Branch("anonymous", "анонимное", "ст. 11 ч. 1", "ends", notice=False),
    Branch(
        "court_decision",
        "обжалуется решение суда",
        "ст. 11 ч. 2",
        "replaced",
        "fz59.court_decision_return_days",
    ),
    Branch("offensive", "оскорбительное", "ст. 11 ч. 3", "runs"),
    Branch("unreadable", "текст не читается", "ст. 11 ч. 4", "replaced", "fz59.unreadable_notice_days"),
    Branch("no_essence", "суть не определить", "ст. 11 ч. 4.1", "replaced", "fz59.no_essence_notice_days"),
    Branch("repeated", "прекращение переписки", "ст. 11 ч. 5", "runs"),
    Branch("secret", "охраняемая тайна", "ст. 11 ч. 6", "runs"),
    Branch("extend", "продление срока", "ст. 12 ч. 2", "extended", "fz59.extension_days_max"),
)
BRANCHES = {branch.key: branch for branch in _ALL}
