"""A newcomer's database, made in one go, and an older one, brought up step by step, are the same."""

import secrets
from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from pytest_django.plugin import DjangoDbBlocker

from otklik.config.first_tables import make_first_tables
from tests.fixtures.database import TestServer, point_to

OURS = (
    "n.nspname = 'public' AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = c.oid AND e.deptype = 'e')"
)
# Names of keys and their indexes keep the name a table was born with; what they say is compared.
QUESTIONS = {
    "columns": f"""
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
            pg_get_expr(d.adbin, d.adrelid)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relkind IN ('r', 'v') AND a.attnum > 0 AND NOT a.attisdropped AND {OURS}""",
    "constraints": f"""
        SELECT c.relname, pg_get_constraintdef(k.oid), k.condeferred, k.convalidated
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {OURS}""",
    "indexes": f"""
        SELECT c.relname, regexp_replace(pg_get_indexdef(i.indexrelid), 'INDEX \\S+ ON', 'INDEX ON'), i.indisvalid
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {OURS}""",
    "fences": f"""
        SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, p.polname, p.polcmd, p.polpermissive,
            pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_policy p ON p.polrelid = c.oid
        WHERE c.relkind = 'r' AND {OURS}""",
    "triggers": f"""
        SELECT c.relname, pg_get_triggerdef(t.oid)
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE NOT t.tgisinternal AND {OURS}""",
    "functions": f"""
        SELECT c.proname, pg_get_functiondef(c.oid)
        FROM pg_proc c JOIN pg_namespace n ON n.oid = c.pronamespace WHERE c.prokind = 'f' AND {OURS}""",
    "extensions": "SELECT extname FROM pg_extension",
    "history": "SELECT app, name FROM django_migrations",
    "kinds": "SELECT app_label, model FROM django_content_type",
}


@pytest.fixture
def empty(test_server: TestServer, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[str, str]]:
    """Two databases without tables; Django points to where it pointed before afterwards."""
    names = [f"tables_{secrets.token_hex(4)}" for _ in range(2)]
    before = dict(connection.settings_dict)
    for name in names:
        test_server.make(name)
    with django_db_blocker.unblock():
        yield names[0], names[1]
        connection.close()
    connection.settings_dict.update(before)
    for name in names:
        test_server.drop(name)


def told(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Everything the catalogue says of the tables, in an order of its own."""
    with psycopg.connect(url) as owner:
        return {name: sorted(owner.execute(ask).fetchall(), key=repr) for name, ask in QUESTIONS.items()}


@pytest.mark.slow
def test_both_ways_end_in_the_same_tables(test_server: TestServer, empty: tuple[str, str]) -> None:
    quick, long = (test_server.owner_url(name) for name in empty)
    point_to(quick)
    assert make_first_tables()
    call_command("migrate", interactive=False, verbosity=0)
    point_to(long)
    call_command("migrate", interactive=False, verbosity=0)
    ours, theirs = told(quick), told(long)
    for name in QUESTIONS:
        assert ours[name] == theirs[name], name


def test_a_database_with_tables_is_left_to_the_steps(db: None) -> None:
    assert not make_first_tables()
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
