"""Tables of polls. Who has been admitted and what was chosen stand apart: no key or moment joins them (see `box`)."""

from otklik.outreach.polls.models.box import Admission, Ballot, Choice, CodeSent, Envelope, Pulse
from otklik.outreach.polls.models.outcome import Decision, DecisionStep, OuterResult, Sign
from otklik.outreach.polls.models.poll import Option, Poll, Question, Stratum
from otklik.outreach.polls.models.proposal import Proposal

__all__ = [
    "Admission",
    "Ballot",
    "Choice",
    "CodeSent",
    "Decision",
    "DecisionStep",
    "Envelope",
    "Option",
    "OuterResult",
    "Poll",
    "Proposal",
    "Pulse",
    "Question",
    "Sign",
    "Stratum",
]
