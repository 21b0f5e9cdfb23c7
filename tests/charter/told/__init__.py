"""Scenarios of every capability the charters name: what the centre does, told in a few lines.

Every scenario is told for all charters that have the capability, with the clauses of each it carries out.
"""

from tests.charter.told import (
    alerting,
    asking,
    deciding,
    flow,
    people,
    polling,
    preventing,
    publishing,
    risking,
    seeing,
    telling,
)
from tests.charter.told.tale import TALES, Tale

__all__ = [
    "TALES",
    "Tale",
    "alerting",
    "asking",
    "deciding",
    "flow",
    "people",
    "polling",
    "preventing",
    "publishing",
    "risking",
    "seeing",
    "telling",
]
