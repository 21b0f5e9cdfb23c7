"""Questions to the facts: sums of counts and hour histograms of any days, cut and conditioned by any dimension.

Whole months without a condition on place, state or day are read from the monthly roll, the days at the edges from
the daily facts; the caller never sees which. Read inside a scope that holds the municipalities.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection

from otklik.analytics.columns import COLUMNS, DIMENSIONS, HOUR_DIMENSIONS, HOURS
from otklik.analytics.figures import Histogram, Sums
from otklik.common.period import Period

MONTH_DIMENSIONS = frozenset({"municipality", "month", "channel", "kind", "topic", "block", "body"})
TIMES = {
    "day": "day",
    "week": "date_trunc('week', day)::date",
    "month": "date_trunc('month', day)::date",
}
"""Cuts by time: the day itself, the Monday of the week, the first day of the month."""


def sums(
    municipality_ids: Collection[int],
    period: Period,
    by: tuple[str, ...] = (),
    where: Mapping[str, object] | None = None,
) -> dict[tuple[Any, ...], Sums]:
    """Counts of the period for each combination of `by`; with no `by` the one key `()` always stands.

    `by` may name any of `columns.DIMENSIONS`, `municipality` and a cut of `TIMES`; `where` takes the same names with
    a value or a collection of values. Raises LookupError for a name that is not there.
    """
    conditions = _conditions(by, where, (*DIMENSIONS, "municipality"))
    asked = {*by, *(where or {})}
    parts = _parts(period, asked <= MONTH_DIMENSIONS)
    tables = [f"SELECT * FROM ({_part(part, conditions, by)}) AS part" for part in parts]
    names = ", ".join(_label(place) for place in range(len(by)))
    columns = ", ".join(f"sum({name})" for name in COLUMNS)
    group = f" GROUP BY {names}" if by else ""
    lead = f"{names}, " if by else ""
    statement = f"SELECT {lead}{columns} FROM ({' UNION ALL '.join(tables)}) AS facts{group}"
    values: dict[str, Any] = {"municipalities": list(municipality_ids), **conditions.values}
    for place, part in enumerate(parts):
        values |= {f"since{place}": part.since, f"until{place}": part.until}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {tuple(row[: len(by)]): _sums_of(row[len(by) :]) for row in cursor.fetchall()}


def hours(
    municipality_ids: Collection[int],
    period: Period,
    what: str,
    by: tuple[str, ...] = (),
    where: Mapping[str, object] | None = None,
) -> dict[tuple[Any, ...], Histogram]:
    """Histograms of hours to the first or the final answer, as `sums`; cut by `columns.HOUR_DIMENSIONS` and time."""
    if what not in HOURS:
        raise LookupError(f"there are no hours of {what}")
    conditions = _conditions(by, where, (*HOUR_DIMENSIONS, "municipality"))
    lead = "".join(f"{_expression(name)}, " for name in by)
    places = ", ".join(str(place) for place in range(1, len(by) + 2))
    statement = (
        f"SELECT {lead}hours, sum(count) FROM analytics_facthours"
        " WHERE municipality_id = ANY(%(municipalities)s) AND what = %(what)s AND day BETWEEN %(since)s AND %(until)s"
        f"{conditions.sql} GROUP BY {places}"
    )
    values: dict[str, Any] = {
        "municipalities": list(municipality_ids),
        "what": what,
        "since": period.since,
        "until": period.until,
    }
    found: dict[tuple[Any, ...], dict[int, int]] = {} if by else {(): {}}
    with connection.cursor() as cursor:
        cursor.execute(statement, values | conditions.values)
        for row in cursor.fetchall():
            found.setdefault(tuple(row[: len(by)]), {})[row[-2]] = int(row[-1])
    return {key: Histogram(counts) for key, counts in found.items()}


@dataclass(frozen=True)
class _Part:
    """A stretch of days and the table it is read from."""

    table: str
    place: int
    since: date
    until: date


@dataclass(frozen=True)
class _Conditions:
    sql: str = ""
    values: dict[str, Any] = field(default_factory=dict)


def _conditions(
    by: tuple[str, ...], where: Mapping[str, object] | None, known: Collection[str]
) -> _Conditions:
    asked = dict(where or {})
    strangers = [name for name in (*by, *asked) if name not in known and name not in TIMES]
    if strangers:
        raise LookupError(f"facts are not cut by {', '.join(strangers)}")
    lines: list[str] = []
    values: dict[str, Any] = {}
    for place, (name, value) in enumerate(asked.items()):
        many = isinstance(value, Collection) and not isinstance(value, str)
        values[f"where{place}"] = list(value) if isinstance(value, Collection) and many else value
        asks = f"= ANY(%(where{place})s)" if many else f"= %(where{place})s"
        lines.append(f" AND {_expression(name)} {asks}")
    return _Conditions("".join(lines), values)


def _expression(name: str) -> str:
    return "municipality_id" if name == "municipality" else TIMES.get(name, name)


def _label(place: int) -> str:
    return f"cut{place}"


def _part(part: _Part, conditions: _Conditions, by: tuple[str, ...]) -> str:
    """The rows of one stretch, already summed."""
    lead = "".join(f"{_expression(name)} AS {_label(place)}, " for place, name in enumerate(by))
    columns = ", ".join(f"sum({name}) AS {name}" for name in COLUMNS)
    group = f" GROUP BY {', '.join(str(place) for place in range(1, len(by) + 1))}" if by else ""
    return (
        f"SELECT {lead}{columns} FROM {part.table} WHERE municipality_id = ANY(%(municipalities)s)"
        f" AND day BETWEEN %(since{part.place})s AND %(until{part.place})s{conditions.sql}{group}"
    )


def _parts(period: Period, is_monthly: bool) -> list[_Part]:
    """Whole months from the roll and what is left of the period from the days; all of it from the days else."""
    whole = _whole_months(period) if is_monthly else None
    if whole is None:
        return [_Part("analytics_dayfact", 0, period.since, period.until)]
    parts = [_Part("analytics_monthfact", 0, whole.since, whole.until)]
    for edge in _edges(period, whole):
        parts.append(_Part("analytics_dayfact", len(parts), edge.since, edge.until))
    return parts


def _whole_months(period: Period) -> Period | None:
    """The whole months inside the period; None when there is not one."""
    after = period.until + timedelta(days=1)
    first = period.since if period.since.day == 1 else _next_month(period.since)
    last = after.replace(day=1) - timedelta(days=1)
    return Period(first, last) if first < last else None


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _edges(period: Period, whole: Period) -> Iterator[Period]:
    if period.since < whole.since:
        yield Period(period.since, whole.since - timedelta(days=1))
    if whole.until < period.until:
        yield Period(whole.until + timedelta(days=1), period.until)


def _sums_of(row: tuple[Any, ...]) -> Sums:
    return Sums({name: int(value) for name, value in zip(COLUMNS, row, strict=True) if value})
