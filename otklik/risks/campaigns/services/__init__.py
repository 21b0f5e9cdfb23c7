"""Verbs of campaigns: the list of threats, calls, the plan, its steps, approval, running, the effect."""

from otklik.risks.campaigns.services.approval import approve, decide, send, send_back
from otklik.risks.campaigns.services.calendar import (
    ThreatText,
    add_threat,
    adopt_starter,
    change_threat,
    put_back,
    remind_to_revise,
    revise,
    take_off,
)
from otklik.risks.campaigns.services.calling import call_by_hand, propose, refuse_call, tell_chat
from otklik.risks.campaigns.services.effects import count_effect, watch_effects
from otklik.risks.campaigns.services.running import cancel, finish, note_part, settle_posts
from otklik.risks.campaigns.services.starting import change, start, start_from, topic_of_finding
from otklik.risks.campaigns.services.steps import add_step, change_step, drop_step, report_step
from otklik.risks.campaigns.services.texts import CampaignText, Origin, StepText

__all__ = [
    "CampaignText",
    "Origin",
    "StepText",
    "ThreatText",
    "add_step",
    "add_threat",
    "adopt_starter",
    "approve",
    "call_by_hand",
    "cancel",
    "change",
    "change_step",
    "change_threat",
    "count_effect",
    "decide",
    "drop_step",
    "finish",
    "note_part",
    "propose",
    "put_back",
    "refuse_call",
    "remind_to_revise",
    "report_step",
    "revise",
    "send",
    "send_back",
    "settle_posts",
    "start",
    "start_from",
    "take_off",
    "tell_chat",
    "topic_of_finding",
    "watch_effects",
]
