"""Tables of risks: `Risk` is the card, what happened to it stands in rows of its own, added and never edited."""

from otklik.risks.models.chat import Alert
from otklik.risks.models.history import RiskClock, RiskMove, RiskNudge
from otklik.risks.models.records import (
    Answer,
    Compensation,
    Measure,
    Placement,
    Reach,
    Reaction,
    Told,
    UnknownFact,
    Verification,
)
from otklik.risks.models.risk import Risk, RiskCase, RiskCounter, RiskProblem, RiskRoadmap
from otklik.risks.models.watch import RiskProneTopic, Sighting, WatchDay, WatchedPage

__all__ = [
    "Alert",
    "Answer",
    "Compensation",
    "Measure",
    "Placement",
    "Reach",
    "Reaction",
    "Risk",
    "RiskCase",
    "RiskClock",
    "RiskCounter",
    "RiskMove",
    "RiskNudge",
    "RiskProblem",
    "RiskProneTopic",
    "RiskRoadmap",
    "Sighting",
    "Told",
    "UnknownFact",
    "Verification",
    "WatchDay",
    "WatchedPage",
]
