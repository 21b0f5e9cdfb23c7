"""The schema of `charter.toml`: everything the Положения decide, as strict value objects.

How other packages read it (all tables are dicts by key, each value knows its own `.key`):

    charter = selectors.charter_of(municipality)
    charter.bodies, charter.posts           -> accounts.Body / accounts.Post rows
    charter.roles_on()                      -> accounts.Role rows (title, permissions, requires_totp)
    charter.holders_of("curator")           -> holdings: post, block, acting
    charter.channels                        -> channels.Channel rows (kind picks the adapter)
    charter.blocks[...].groups              -> topics.Block rows; groups are GROUPS of the topic tree
    charter.regime.rules                    -> cases.rules.kind_of tells обращение from сообщение
    charter.answers                         -> the first line that fits: who approves, who signs
    charter.escalation, charter.hours, charter.numbering, charter.parameters
"""

from otklik.charter.schema.charter import Charter, CrossError
from otklik.charter.schema.identity import Act, Form, Identity, Planning, Versions
from otklik.charter.schema.intake import Applicants, Channel, KindRule, Regime
from otklik.charter.schema.office import Goal, Indicator, Meetings, Polls, Problems, Report
from otklik.charter.schema.parameters import Mark, ParameterRow
from otklik.charter.schema.people import Body, Holder, Post, Role
from otklik.charter.schema.risks import AlertChat, RiskLevel, RiskProcedure
from otklik.charter.schema.topics import GROUPS, Block, Group, TopicPlan
from otklik.charter.schema.work import AnswerRoute, EscalationStep, FastTrack, Numbering, Rating, WorkHours

__all__ = [
    "GROUPS",
    "Act",
    "AlertChat",
    "AnswerRoute",
    "Applicants",
    "Block",
    "Body",
    "Channel",
    "Charter",
    "CrossError",
    "EscalationStep",
    "FastTrack",
    "Form",
    "Goal",
    "Group",
    "Holder",
    "Identity",
    "Indicator",
    "KindRule",
    "Mark",
    "Meetings",
    "Numbering",
    "ParameterRow",
    "Planning",
    "Polls",
    "Post",
    "Problems",
    "Rating",
    "Regime",
    "Report",
    "RiskLevel",
    "RiskProcedure",
    "Role",
    "TopicPlan",
    "Versions",
    "WorkHours",
]
