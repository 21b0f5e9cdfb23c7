"""How early coordination reminds, from the parameter of the charter that papers are reminded by."""

from otklik.charter.selectors import parameters_of
from otklik.common.models import Municipality

REMIND_DAYS = 2
DRAFT_DAYS = 14
"""A draft of the next quarter is there two weeks before it begins: there is time to name the posts."""


def remind_days(town: Municipality) -> int:
    """Days before a term: parameter `report.remind_days`, else our proposal."""
    found = parameters_of(town).get("report.remind_days")
    return found.value if found is not None and isinstance(found.value, int) else REMIND_DAYS
