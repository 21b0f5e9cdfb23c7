"""Records that prove keys of evidence, planted one by one: every key of the catalogue that is answered has its planter.

A planter makes, through services where there is a service for it, what its keys are proved by; the test then looks
whether each key has seen it and takes it back. Keys of what stands in force (acts, directories) are first cleared
by the planter of the same keys marked `bare`.
"""

from tests.charter.planters import (
    accounts,
    alerting,
    analytics,
    asking,
    campaigns,
    cases,
    charter,
    content,
    coordination,
    decisions,
    errands,
    meetings,
    pages,
    polls,
    reports,
    risking,
    roadmaps,
    satisfaction,
)
from tests.charter.planters.ground import PLANTERS, Ground, Planted

__all__ = [
    "PLANTERS",
    "Ground",
    "Planted",
    "accounts",
    "alerting",
    "analytics",
    "asking",
    "campaigns",
    "cases",
    "charter",
    "content",
    "coordination",
    "decisions",
    "errands",
    "meetings",
    "pages",
    "polls",
    "reports",
    "risking",
    "roadmaps",
    "satisfaction",
]
