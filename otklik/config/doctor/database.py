"""What the running database tells: its version, the rights of the application's role, the fences between towns."""

from collections.abc import Iterator
from typing import LiteralString

import psycopg

from otklik.common.errors import Refused
from otklik.config import env, state
from otklik.config.doctor.finding import Finding, bad, ok, warn

SET_UP = "выполните otklik setup"
OLDEST = 150000
UNFENCED: LiteralString = """
    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'municipality_id'
      AND a.attnotnull
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND NOT c.relrowsecurity ORDER BY 1
"""
OWNED: LiteralString = """
    SELECT count(*) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_get_userbyid(relowner) = current_user
"""
FREE_ROLE: LiteralString = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
LEAKPROOF: LiteralString = (
    "SELECT bool_and(proleakproof) FROM pg_proc WHERE proname IN ('ts_match_vq', 'ts_match_qv')"
)
JOURNAL: LiteralString = """
    SELECT has_table_privilege('audit_journalentry', 'UPDATE') OR has_table_privilege('audit_journalentry', 'DELETE')
    WHERE to_regclass('audit_journalentry') IS NOT NULL
"""


def examine() -> Iterator[Finding]:
    """Looks with the application's own rights. Raises psycopg.OperationalError when the database is away."""
    with psycopg.connect(env.text("DATABASE_URL"), connect_timeout=10) as connection:
        yield _version(connection)
        yield _setup()
        yield _role(connection)
        yield _fences(connection)
        yield _journal(connection)
        yield _search(connection)


def _value(connection: psycopg.Connection, query: LiteralString) -> object:
    row = connection.execute(query).fetchone()
    return row[0] if row else None


def _version(connection: psycopg.Connection) -> Finding:
    number = connection.info.server_version
    words = f"PostgreSQL {number // 10000}.{number % 10000}"
    return (
        ok("база данных", words)
        if number >= OLDEST
        else bad("база данных", words, "нужен PostgreSQL 15 или новее")
    )


def _setup() -> Finding:
    try:
        is_old = state.needs_setup()
    except Refused as refusal:
        return bad("таблицы и справочники", "сверить не с чем", str(refusal))
    if is_old:
        return bad("таблицы и справочники", "не соответствуют этой версии", SET_UP)
    return ok("таблицы и справочники", "соответствуют этой версии")


def _role(connection: psycopg.Connection) -> Finding:
    role = connection.info.user
    if _value(connection, FREE_ROLE) or _value(connection, OWNED):
        return bad(
            "роль приложения",
            f"{role} владеет таблицами или обходит защиту строк",
            "дайте приложению отдельную роль в DATABASE_URL, а владельца назовите в OTKLIK_OWNER_URL",
        )
    return ok("роль приложения", f"{role}, таблицами не владеет")


def _fences(connection: psycopg.Connection) -> Finding:
    open_tables = [str(row[0]) for row in connection.execute(UNFENCED)]
    if open_tables:
        return bad("защита строк", f"не включена: {', '.join(open_tables)}", SET_UP)
    return ok("защита строк", "включена во всех таблицах муниципалитетов")


def _journal(connection: psycopg.Connection) -> Finding:
    if _value(connection, JOURNAL):
        return bad("журнал", "приложение может его править", SET_UP)
    return ok("журнал", "приложение может только дополнять")


def _search(connection: psycopg.Connection) -> Finding:
    if _value(connection, LEAKPROOF):
        return ok("поиск по словам", "пользуется указателем")
    return warn(
        "поиск по словам",
        "медленный на больших базах",
        "пусть администратор базы выполнит: ALTER FUNCTION ts_match_vq(tsvector, tsquery) LEAKPROOF",
    )
