"""The catalogue of measures: one definition for every screen, report and the lake.

A new measure is one record in `flow`, `terms` or `answers`; its line of docs/measures.md is made from it.
"""

from otklik.analytics.measures.answers import ANSWERS
from otklik.analytics.measures.base import Direction, Measure, Unit, Value, counts
from otklik.analytics.measures.flow import FLOW
from otklik.analytics.measures.terms import TERMS

GROUPS: dict[str, tuple[Measure, ...]] = {"Поток": FLOW, "Сроки": TERMS, "Ответы и оценки": ANSWERS}
MEASURES: dict[str, Measure] = {one.key: one for group in GROUPS.values() for one in group}


def measure(key: str) -> Measure:
    """The measure of this key. Raises LookupError for an unknown one."""
    if key not in MEASURES:
        raise LookupError(f"there is no measure {key}")
    return MEASURES[key]


__all__ = ["GROUPS", "MEASURES", "Direction", "Measure", "Unit", "Value", "counts", "measure"]
