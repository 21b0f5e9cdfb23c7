"""Questions to the facts: sums of counts and hour histograms of any days, cut and conditioned by any dimension.

`grains` chooses the table, a roll where one keeps all that is asked; the caller never sees which. Read inside a scope
that holds the municipalities.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from otklik.analytics.columns import COLUMNS, DIMENSIONS, HOUR_DIMENSIONS, HOURS, RECEIVED
from otklik.analytics.figures import Histogram, Sums
from otklik.analytics.grains import DAILY, HOURS_ROLL, Part, parts_of, parts_of_hours
from otklik.analytics.sight import Sight
from otklik.common.period import Period

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
    columns: Collection[str] = COLUMNS,
) -> dict[tuple[Any, ...], Sums]:
    """Counts of the period for each combination of `by`; with no `by` the one key `()` always stands.

    `by` may name any of `columns.DIMENSIONS`, `municipality` and a cut of `TIMES`; `where` takes the same names with
    a value or a collection of values, and `sight` with a `Sight`. A question about a few `columns` is cheaper; the
    others are then 0. Raises LookupError for a name that is not there.
    """
    wanted = _known_columns(columns)
    found = _rows(municipality_ids, period, by, where, wanted)
    return {tuple(row[: len(by)]): _sums_of(wanted, row[len(by) :]) for row in found}


def counts(
    municipality_ids: Collection[int],
    period: Period,
    by: tuple[str, ...],
    where: Mapping[str, object] | None,
    column: str,
) -> dict[tuple[Any, ...], int]:
    """One column of `sums` as bare numbers, what never happened left out: a wide cut has thousands of them."""
    found = _rows(municipality_ids, period, by, where, _known_columns([column]))
    return {row[:-1]: row[-1] for row in found if row[-1]}


def _rows(
    municipality_ids: Collection[int],
    period: Period,
    by: tuple[str, ...],
    where: Mapping[str, object] | None,
    wanted: Sequence[str],
) -> list[tuple[Any, ...]]:
    conditions = _conditions(by, where, (*DIMENSIONS, "municipality"))
    parts = parts_of(period, {*by, *conditions.names})
    stretches = [_statement(part, place, conditions, by, wanted) for place, part in enumerate(parts)]
    names = ", ".join(_label(place) for place in range(len(by)))
    # The sum of big integers is a decimal to PostgreSQL, which is ten times as long to read.
    totals = ", ".join(f"sum({name})::bigint" for name in wanted)
    group = f" GROUP BY {names}" if by else ""
    lead = f"{names}, " if by else ""
    statement = f"SELECT {lead}{totals} FROM ({' UNION ALL '.join(stretches)}) AS facts{group}"
    values = {"municipalities": list(municipality_ids), **conditions.values, **_days_of(parts)}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _days_of(parts: Sequence[Part]) -> dict[str, Any]:
    """First and last day of each stretch, under the names the statements know."""
    values: dict[str, Any] = {}
    for place, part in enumerate(parts):
        values |= {f"since{place}": part.period.since, f"until{place}": part.period.until}
    return values


def _known_columns(columns: Collection[str]) -> list[str]:
    strangers = sorted({*columns} - COLUMNS.keys())
    if strangers or not columns:
        raise LookupError(f"facts do not count {', '.join(strangers) or 'nothing'}")
    return [name for name in COLUMNS if name in columns]


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
    parts = parts_of_hours(period, {*by, *conditions.names})
    stretches = [_hours_statement(part, place, conditions, by) for place, part in enumerate(parts)]
    places = ", ".join(str(place) for place in range(1, len(by) + 2))
    lead = "".join(f"{_label(number)}, " for number in range(len(by)))
    rows = " UNION ALL ".join(stretches)
    statement = f"SELECT {lead}hours, sum(count)::bigint FROM ({rows}) AS waited GROUP BY {places}"
    values = {"municipalities": list(municipality_ids), "what": what, **conditions.values, **_days_of(parts)}
    found: dict[tuple[Any, ...], dict[int, int]] = {} if by else {(): {}}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        for row in cursor.fetchall():
            found.setdefault(tuple(row[: len(by)]), {})[row[-2]] = row[-1]
    return {key: Histogram(counts) for key, counts in found.items()}


def _hours_statement(part: Part, place: int, conditions: "_Conditions", by: tuple[str, ...]) -> str:
    """The hours of one stretch."""
    lead = "".join(f"{_expression(name)} AS {_label(number)}, " for number, name in enumerate(by))
    table = "analytics_hoursroll" if part.grain is HOURS_ROLL else "analytics_facthours"
    return (
        f"SELECT {lead}hours, count FROM {table} WHERE municipality_id = ANY(%(municipalities)s) AND what = %(what)s"
        f" AND day BETWEEN %(since{place})s AND %(until{place})s{conditions.sql}"
    )


@dataclass(frozen=True)
class _Conditions:
    sql: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    names: frozenset[str] = frozenset()


def _conditions(
    by: tuple[str, ...], where: Mapping[str, object] | None, known: Collection[str]
) -> _Conditions:
    asked = dict(where or {})
    sight = asked.pop("sight", None)
    lines, values, seen = _within(sight) if isinstance(sight, Sight) else ([], {}, ())
    strangers = [name for name in (*by, *asked, *seen) if name not in known and name not in TIMES]
    if strangers:
        raise LookupError(f"facts are not cut by {', '.join(strangers)}")
    for place, (name, value) in enumerate(asked.items()):
        many = isinstance(value, Collection) and not isinstance(value, str)
        values[f"where{place}"] = list(value) if isinstance(value, Collection) and many else value
        asks = f"= ANY(%(where{place})s)" if many else f"= %(where{place})s"
        lines.append(f" AND {_expression(name)} {asks}")
    return _Conditions("".join(lines), values, frozenset({*asked, *seen}))


def _within(sight: Sight) -> tuple[list[str], dict[str, Any], tuple[str, ...]]:
    """The limits of the viewer: a condition, its values, the cuts it needs."""
    if sight.is_whole:
        return [], {}, ()
    any_of = " OR ".join(f"{name} = ANY(%(seen_{name})s)" for name in sight.cuts) or "false"
    values = {"seen_block": sorted(sight.blocks), "seen_body": sorted(sight.bodies)}
    return [f" AND ({any_of})"], values, sight.cuts


def _expression(name: str) -> str:
    return "municipality_id" if name == "municipality" else TIMES.get(name, name)


def _label(place: int) -> str:
    return f"cut{place}"


def _statement(
    part: Part, place: int, conditions: _Conditions, by: tuple[str, ...], columns: Sequence[str]
) -> str:
    """The rows of one stretch, already summed."""
    lead = "".join(f"{_expression(name)} AS {_label(number)}, " for number, name in enumerate(by))
    counts = ", ".join(f"sum({name}) AS {name}" for name in columns)
    group = f" GROUP BY {', '.join(str(number) for number in range(1, len(by) + 1))}" if by else ""
    table = "analytics_dayfact" if part.grain.key == DAILY else "analytics_rollfact"
    only = "" if part.grain.key == DAILY else f" AND grain = '{part.grain.key}'"
    if RECEIVED.keys() >= {*columns}:
        only += " AND received IS NOT NULL"  # rows of coming have indexes of their own, a fifth of the whole
    return (
        f"SELECT {lead}{counts} FROM {table} WHERE municipality_id = ANY(%(municipalities)s){only}"
        f" AND day BETWEEN %(since{place})s AND %(until{place})s{conditions.sql}{group}"
    )


def _sums_of(columns: Sequence[str], row: tuple[Any, ...]) -> Sums:
    return Sums({name: value for name, value in zip(columns, row, strict=True) if value})
