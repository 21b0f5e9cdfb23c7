"""Fills the measured database with a whole history: a million cases with everything that hangs on them in minutes.

Secondary indexes are dropped, rows are made by two connections at once, indexes are built anew, tables analysed.
Checks of foreign keys are off meanwhile, which only the server's superuser may ask for.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import astuple
from datetime import UTC, datetime

import psycopg
from psycopg import sql

from bench import pool, rows
from otklik.cases.models import CaseCounter
from otklik.common.models import Municipality
from otklik.common.scope import within_all
from otklik.config import state

PARTS = 2
LOADING = (
    "SET session_replication_role = replica",
    "SET synchronous_commit = off",
    "SET maintenance_work_mem = '2GB'",
    "SET work_mem = '64MB'",
    "SET max_parallel_maintenance_workers = 0",
)
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE schemaname = 'public' AND tablename = ANY (%s)
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = (quote_ident(indexname))::regclass)
ORDER BY indexdef LIKE '%%USING gin%%' DESC
"""


def fill(cases: int) -> None:
    """Make this many cases in all municipalities of the measured database, which must be empty."""
    with _loading() as owner:
        indexes = owner.execute(INDEXES, [list(rows.TABLES)]).fetchall()
        owner.execute("; ".join(f'DROP INDEX "{name}"' for name, _ in indexes).encode())
        _fill_pool(owner, min(pool.SIZE, max(100, cases)))
        for stage in (rows.FIRST_STAGE, rows.SECOND_STAGE):
            _side_by_side([_rows_of(stage, part, cases) for part in range(PARTS)])
        _side_by_side([_statement(definition) for _, definition in indexes])
        _side_by_side([_statement(f"VACUUM (ANALYZE) {table}") for table in rows.TABLES])
        _move_counters(owner, cases)
        owner.execute("CHECKPOINT")


@contextmanager
def _loading() -> Iterator[psycopg.Connection]:
    with psycopg.connect(state.owner_url(), autocommit=True) as owner:
        for words in LOADING:
            owner.execute(words.encode())
        yield owner


def _fill_pool(owner: psycopg.Connection, size: int) -> None:
    owner.execute(rows.POOL)
    columns = ", ".join(pool.Line.__dataclass_fields__)
    words = f"COPY bench_pool ({columns}) FROM STDIN".encode()
    with within_all(), owner.cursor() as cursor, cursor.copy(words) as copy:
        for line in pool.lines(size):
            copy.write_row(astuple(line))
    owner.execute("ANALYZE bench_pool")


def _rows_of(stage: Sequence[str], part: int, cases: int) -> Callable[[], None]:
    share = -(-cases // PARTS)
    first, last = part * share + 1, min((part + 1) * share, cases)

    def make() -> None:
        with _loading() as owner:
            size = owner.execute("SELECT count(*) FROM bench_pool").fetchone()
            for words in stage:
                filled = words.format(
                    part=part, first=first, last=last, cases=cases, size=size[0] if size else 0
                )
                owner.execute(filled.encode())

    return make


def _statement(words: str) -> Callable[[], None]:
    def run() -> None:
        with _loading() as owner:
            owner.execute(words.encode())

    return run


def _side_by_side(deeds: Sequence[Callable[[], None]]) -> None:
    with ThreadPoolExecutor(PARTS) as workers:
        for done in [workers.submit(deed) for deed in deeds]:
            done.result()


def _move_counters(owner: psycopg.Connection, cases: int) -> None:
    """What is registered afterwards gets numbers and ids of its own."""
    for table in rows.TABLES:
        owner.execute(
            sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), max(id)) FROM {}").format(
                table, sql.Identifier(table)
            )
        )
    year = datetime.now(UTC).year
    with within_all():
        CaseCounter.objects.bulk_create(
            [CaseCounter(municipality=town, year=year, last=cases) for town in Municipality.objects.all()]
        )
