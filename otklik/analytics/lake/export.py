"""Facts to Parquet: a folder a region and a month, the same layout from every installation.

What leaves: keys of channel, topic, block and body, the settlement's name, counts and whole hours. What does not:
numbers of cases, texts, people, and the cell of the map, for one message in a cell may point at a house.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow
from django.db import connection
from pyarrow import parquet

from otklik.analytics.columns import COLUMNS
from otklik.analytics.lake.regions import region_of
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.scope import within

FACTS = f"""
SELECT fact.day, fact.channel, fact.kind, fact.topic, fact.block, coalesce(body.key, '') AS body,
  coalesce(place.name, '') AS settlement, fact.state_class,
  {", ".join(f"sum(fact.{name})::int AS {name}" for name in COLUMNS)}
FROM analytics_dayfact AS fact
LEFT JOIN accounts_body AS body ON body.id = fact.body
LEFT JOIN places_settlement AS place ON place.id = fact.settlement
WHERE fact.municipality_id = %(municipality)s AND fact.day BETWEEN %(since)s AND %(until)s
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
"""
WAITED = """
SELECT fact.day, fact.channel, fact.kind, fact.topic, coalesce(body.key, '') AS body, fact.what, fact.hours,
  sum(fact.count)::int AS count
FROM analytics_facthours AS fact LEFT JOIN accounts_body AS body ON body.id = fact.body
WHERE fact.municipality_id = %(municipality)s AND fact.day BETWEEN %(since)s AND %(until)s
GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7
"""
TEXT = pyarrow.string()
LEAD = [("region", TEXT), ("municipality", TEXT), ("day", pyarrow.date32())]
FACT_SCHEMA = pyarrow.schema(
    [
        *LEAD,
        *(
            (name, TEXT)
            for name in ("channel", "kind", "topic", "block", "body", "settlement", "state_class")
        ),
        *((name, pyarrow.int32()) for name in COLUMNS),
    ]
)
HOURS_SCHEMA = pyarrow.schema(
    [
        *LEAD,
        *((name, TEXT) for name in ("channel", "kind", "topic", "body", "what")),
        ("hours", pyarrow.int32()),
        ("count", pyarrow.int32()),
    ]
)


@dataclass(frozen=True)
class Written:
    """What one export has left: files and rows."""

    files: int
    rows: int


def export(municipality: Municipality, out: Path, period: Period | None = None) -> Written:
    """Write the municipality's facts of the period (all of them when none is named) under `out`.

    A file written before is replaced, so an export may be repeated; other municipalities' files stay.
    """
    region = region_of(municipality.oktmo, municipality.region)
    files = rows = 0
    with within(municipality.pk):
        for month in _months(municipality, period):
            for name, statement, schema in (("facts", FACTS, FACT_SCHEMA), ("hours", WAITED, HOURS_SCHEMA)):
                table = _table(statement, schema, municipality, region, month)
                folder = out / name / f"region={region}" / f"month={month.since:%Y-%m}"
                folder.mkdir(parents=True, exist_ok=True)
                parquet.write_table(table, folder / f"{municipality.key}.parquet", compression="zstd")
                files, rows = files + 1, rows + table.num_rows
    return Written(files, rows)


def _months(municipality: Municipality, period: Period | None) -> Iterator[Period]:
    """Months that hold facts, cut at the period's ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(day), max(day), date_trunc('month', day)::date FROM analytics_dayfact"
            " WHERE municipality_id = %s AND day BETWEEN %s AND %s GROUP BY 3 ORDER BY 3",
            [municipality.pk, period.since if period else date.min, period.until if period else date.max],
        )
        found = cursor.fetchall()
    return (Period(since, until) for since, until, _ in found)


def _table(
    statement: str, schema: pyarrow.Schema, municipality: Municipality, region: str, month: Period
) -> pyarrow.Table:
    with connection.cursor() as cursor:
        cursor.execute(
            statement, {"municipality": municipality.pk, "since": month.since, "until": month.until}
        )
        rows = cursor.fetchall()
    columns = list(zip(*rows, strict=True)) or [() for _ in schema.names[2:]]
    lead = [[region] * len(rows), [municipality.key] * len(rows)]
    arrays = [
        pyarrow.array(values, type=field.type)
        for values, field in zip((*lead, *columns), schema, strict=True)
    ]
    return pyarrow.Table.from_arrays(arrays, schema=schema)
