"""Deeds of the content plan: write, agree, place, hold in calm, count reach. Each ends in the journal."""

from otklik.outreach.content.services.approving import agree, approve, send_back, submit
from otklik.outreach.content.services.calm import end_calm, let_go, start_calm
from otklik.outreach.content.services.headings import (
    close_heading,
    close_template,
    open_headings,
    set_group,
    set_rubric,
    set_template,
)
from otklik.outreach.content.services.library import add_picture, describe, fitted, retire
from otklik.outreach.content.services.placing import launch, place_by_hand, place_due, settle, try_again
from otklik.outreach.content.services.previews import preview_of
from otklik.outreach.content.services.publics import export_publics, mark_publics
from otklik.outreach.content.services.reach import gather_reach, note_reach
from otklik.outreach.content.services.writing import (
    add_page,
    change_material,
    change_post,
    plan,
    withdraw,
    withdraw_post,
    write,
)

__all__ = [
    "add_page",
    "add_picture",
    "agree",
    "approve",
    "change_material",
    "change_post",
    "close_heading",
    "close_template",
    "describe",
    "end_calm",
    "export_publics",
    "fitted",
    "gather_reach",
    "launch",
    "let_go",
    "mark_publics",
    "note_reach",
    "open_headings",
    "place_by_hand",
    "place_due",
    "plan",
    "preview_of",
    "retire",
    "send_back",
    "set_group",
    "set_rubric",
    "set_template",
    "settle",
    "start_calm",
    "submit",
    "try_again",
    "withdraw",
    "withdraw_post",
    "write",
]
