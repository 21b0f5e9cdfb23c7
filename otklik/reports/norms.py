"""The charter's parameters of reports as plain values; a value that is missing or no number falls to our proposal."""

from collections.abc import Mapping

from otklik.charter.selectors import parameters_of
from otklik.common.models import Municipality

WAITS = {"daily": 1, "weekly": 1, "twice_a_month": 3, "monthly": 5, "quarterly": 10, "yearly": 20}
"""How many days after its period a paper is due where the charter names no day of the month."""
REMIND_DAYS, PART_DAYS = 2, 2


def waits_of(town: Municipality) -> Mapping[str, int]:
    """Days to a paper by its cadence: parameters `report.days_…`."""
    found = parameters_of(town)
    return {key: _number(found, f"report.days_{key}", days) for key, days in WAITS.items()}


def remind_days(town: Municipality) -> int:
    """How many days before its term a paper, a request or a part is reminded of."""
    return _number(parameters_of(town), "report.remind_days", REMIND_DAYS)


def part_days(town: Municipality) -> int:
    """How many days before the term of a request the parts of blocks are due."""
    return _number(parameters_of(town), "report.part_days", PART_DAYS)


def drafts_itself(town: Municipality) -> bool:
    """Whether drafts of papers with a cadence are composed by the schedule."""
    found = parameters_of(town).get("report.auto_draft")
    return found is None or bool(found.value)


def _number(found: Mapping[str, object], key: str, proposal: int) -> int:
    value = getattr(found.get(key), "value", None)
    return value if isinstance(value, int) and value >= 0 else proposal
