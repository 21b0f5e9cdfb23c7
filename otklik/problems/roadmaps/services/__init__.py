"""Deeds of roadmaps: the draft and its measures, the route of approval, the control of what is done, the effect."""

from otklik.problems.roadmaps.services.approval import cancel, decide, reopen, send
from otklik.problems.roadmaps.services.drafting import (
    MeasureText,
    RoadmapText,
    add_measure,
    change_measure,
    change_roadmap,
    draft_roadmap,
    drop_measure,
)
from otklik.problems.roadmaps.services.effects import (
    choose_control,
    count_effect,
    return_problems,
    watch_flows,
)
from otklik.problems.roadmaps.services.moving import move_measure
from otklik.problems.roadmaps.services.work import begin, finish, remind, report_done, return_measure

__all__ = [
    "MeasureText",
    "RoadmapText",
    "add_measure",
    "begin",
    "cancel",
    "change_measure",
    "change_roadmap",
    "choose_control",
    "count_effect",
    "decide",
    "draft_roadmap",
    "drop_measure",
    "finish",
    "move_measure",
    "remind",
    "reopen",
    "report_done",
    "return_measure",
    "return_problems",
    "send",
    "watch_flows",
]
