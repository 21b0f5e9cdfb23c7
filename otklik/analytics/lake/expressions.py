"""The catalogue's measures as Ibis expressions: the same on DuckDB in the process and on a Spark cluster.

Built from the records of `measures`, so a formula is written once; a test holds them equal to `Measure.of`.
"""

from collections.abc import Iterable, Mapping, Sequence

import ibis
from ibis.expr.types import FloatingValue, IntegerValue, Table

from otklik.analytics.measures import Measure
from otklik.analytics.measures.base import DAY_HOURS, SCALES


def counted(facts: Table, measures: Iterable[Measure], by: Sequence[str] = ()) -> Table:
    """One row a cut with a column for each measure of counts; null where there is nothing to divide by.

    Measures of hours are for `waited`, those of population for whoever knows it: both are passed over.
    """
    wanted = {one.key: _ratio(facts, one) for one in measures if one.above and one.unit != "на 1000"}
    return facts.group_by(list(by)).aggregate(**wanted) if by else facts.aggregate(**wanted)


def _ratio(facts: Table, one: Measure) -> FloatingValue:
    above = _added(facts, one.above).cast("float64")
    if not one.below:
        return above
    return SCALES[one.unit] * above / _added(facts, one.below).nullif(0)


def _added(facts: Table, parts: Mapping[str, int]) -> IntegerValue:
    """Counts with their signs; a count that never happened is nought."""
    total = ibis.literal(0)
    for name, sign in parts.items():
        total = total + sign * facts[name].sum().coalesce(0)
    return total


def waited(hours: Table, measures: Iterable[Measure], by: Sequence[str] = ()) -> Table:
    """One row a cut with a column for each measure of hours, exact to the hour; null where nobody waited."""
    figures = _figures(hours, [*by, "what"])
    wanted = {
        one.key: figures[one.figure].max(where=figures.what == one.waited) for one in measures if one.waited
    }
    return figures.group_by(list(by)).aggregate(**wanted) if by else figures.aggregate(**wanted)


def _figures(hours: Table, cut: list[str]) -> Table:
    """Median, nine tenths and the share of the first day for each cut."""
    steps = hours.group_by([*cut, "hours"]).aggregate(cases=hours["count"].sum())
    steps = steps.mutate(
        passed=steps.cases.sum().over(group_by=cut, order_by="hours", rows=(None, 0)),
        whole=steps.cases.sum().over(group_by=cut),
    )
    middle = _nth(steps, (steps.whole + 1) // 2) + _nth(steps, steps.whole // 2 + 1)
    soon = (steps.hours < DAY_HOURS).ifelse(steps.cases, 0).sum()
    return steps.group_by(cut).aggregate(
        median=middle.cast("float64") / 2,
        p90=_nth(steps, (9 * steps.whole + 9) // 10).cast("float64"),
        day=SCALES["%"] * soon.cast("float64") / steps.cases.sum(),
    )


def _nth(steps: Table, place: IntegerValue) -> IntegerValue:
    """The hours of the case at this place in the order of waiting."""
    return steps.hours.min(where=steps.passed >= place)
