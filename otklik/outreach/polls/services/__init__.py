"""Deeds of polls: write and approve, open and close, take votes and proposals, sum up, decide.

Called by the desk, the portal, the timers; calls content of official pages, channels, the journal.
"""

from otklik.outreach.polls.services.box import mix
from otklik.outreach.polls.services.codes import check_code, known_as, send_code
from otklik.outreach.polls.services.drafting import (
    PollText,
    QuestionText,
    StratumText,
    approve,
    draft,
    lacks_of,
    rewrite,
    send_back,
    submit,
    withdraw,
)
from otklik.outreach.polls.services.outcome import (
    Counts,
    DecisionText,
    add_step,
    bring_results,
    decide,
    finish_step,
    publish_outside,
    sum_up,
)
from otklik.outreach.polls.services.placing import link_of, place, words_of
from otklik.outreach.polls.services.proposals import (
    ProposalText,
    answer_proposal,
    propose,
    refuse_proposal,
    show_proposal,
    support,
)
from otklik.outreach.polls.services.running import close, open_poll, prolong, run_due
from otklik.outreach.polls.services.signs import find_signs, look_at
from otklik.outreach.polls.services.voting import Vote, cast, was_cast

__all__ = [
    "Counts",
    "DecisionText",
    "PollText",
    "ProposalText",
    "QuestionText",
    "StratumText",
    "Vote",
    "add_step",
    "answer_proposal",
    "approve",
    "bring_results",
    "cast",
    "check_code",
    "close",
    "decide",
    "draft",
    "find_signs",
    "finish_step",
    "known_as",
    "lacks_of",
    "link_of",
    "look_at",
    "mix",
    "open_poll",
    "place",
    "prolong",
    "propose",
    "publish_outside",
    "refuse_proposal",
    "rewrite",
    "run_due",
    "send_back",
    "send_code",
    "show_proposal",
    "submit",
    "sum_up",
    "support",
    "was_cast",
    "withdraw",
    "words_of",
]
