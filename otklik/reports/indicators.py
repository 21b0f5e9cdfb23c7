"""Rows of a report's table of indicators: measures of the catalogue as cells. Pure."""

from collections.abc import Mapping, Sequence

from otklik.analytics.figures import Histogram
from otklik.analytics.measures import Measure, measure
from otklik.reports.behind import Behind
from otklik.reports.parts import Cell, count_cell, hours_cell, score_cell, share_cell, text_cell
from otklik.reports.source import Pair

KEYS = (
    *("received", "appeals", "repeated"),
    *("in_time", "overdue", "extended", "first_median", "final_median"),
    *("solvable_solved", "explained", "first_pass"),
    *("satisfaction", "response_rate", "fast_track"),
)
"""Counts, terms, completeness, satisfaction, fast track: the order of Михайловка 3.2.9."""

TERMS = ("in_time", "in_control_time", "overdue", "extended", "first_median", "final_median", "promises_kept")
QUALITY = (
    "solvable_solved",
    "explained",
    "refused",
    "first_pass",
    "returned_answers",
    "repeated",
    "reopened",
)
SATISFACTION = ("satisfaction", "scored", "response_rate", "low_scores", "rechecks")

Hours = Mapping[str, Histogram]


def rows_of(
    pair: Pair, now: Hours, was: Hours, ways: tuple[Behind, Behind], keys: Sequence[str] = KEYS
) -> list[tuple[Cell, ...]]:
    """Title with its unit, the value now and before; `ways` lead to the cases of both periods."""
    here, there = ways
    return [
        (
            text_cell(_title(one)),
            here.opens(_cell(one, pair.now, now), one.key),
            there.opens(_cell(one, pair.was, was), one.key),
        )
        for one in map(measure, keys)
    ]


def _title(one: Measure) -> str:
    return f"{one.title}, {one.unit}" if one.unit in ("ч", "балл") else one.title


def _cell(one: Measure, sums: Mapping[str, int], hours: Hours) -> Cell:
    value = one.of(sums, hours)
    match one.unit:
        case "%":
            return share_cell(int(value.numerator), int(value.denominator))
        case "балл":
            return score_cell(int(value.numerator), int(value.denominator))
        case "ч":
            return hours_cell(value.number)
        case _:
            return count_cell(int(value.numerator))
