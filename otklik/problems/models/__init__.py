"""The registry of problems: problem, its cases, bodies, causes, one official text, errors of communication.

Written by `problems.services`, read through `problems.selectors`. Roadmaps, recommendations and fast-track
mechanisms point here; nothing here points at them.
"""

from otklik.problems.models.cause import Cause, CauseEvidence
from otklik.problems.models.problem import (
    OfficialText,
    OuterIndicator,
    Problem,
    ProblemBody,
    ProblemCase,
    ProblemCounter,
)
from otklik.problems.models.talk import TalkError

__all__ = [
    "Cause",
    "CauseEvidence",
    "OfficialText",
    "OuterIndicator",
    "Problem",
    "ProblemBody",
    "ProblemCase",
    "ProblemCounter",
    "TalkError",
]
