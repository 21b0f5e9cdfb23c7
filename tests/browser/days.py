"""Time in a running town: what timers do, and weeks that pass between two visits of its people."""

import subprocess
import sys

import psycopg
from psycopg import sql

from tests.fixtures.live import LiveTown

TURN = """
import sys, django
django.setup()
from django.utils.module_loading import import_string
import_string(sys.argv[1])()
"""
LIVED = (
    *("cases_", "channels_", "problems_", "roadmaps_", "office_", "errands_", "analytics_"),
    *("campaigns_", "content_", "risks_"),
)
"""Tables of what people did; the charter, the calendar and the journal keep their own days."""
STAMPS = """
SELECT table_name, column_name, data_type FROM information_schema.columns
WHERE table_schema = 'public' AND data_type IN ('date', 'timestamp with time zone') AND is_generated = 'NEVER'
ORDER BY table_name, column_name
"""


def turn(town: LiveTown, task: str) -> None:
    """Run a timer of the worker now instead of at its hour."""
    done = subprocess.run(
        [sys.executable, "-c", TURN, task], env=town.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def pass_weeks(town: LiveTown, weeks: int) -> None:
    """Everything done so far was done so many weeks earlier."""
    with psycopg.connect(town.environment["OTKLIK_OWNER_URL"]) as owner:
        columns: dict[str, list[str]] = {}
        for table, column, _ in owner.execute(STAMPS).fetchall():
            if table.startswith(LIVED):
                columns.setdefault(table, []).append(column)
        for table, names in columns.items():
            moved = [sql.SQL("{0} = {0} - %(span)s::interval").format(sql.Identifier(name)) for name in names]
            statement = sql.SQL("UPDATE {} SET {}").format(sql.Identifier(table), sql.SQL(", ").join(moved))
            owner.execute(statement, {"span": f"{weeks * 7} days"})
