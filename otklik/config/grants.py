"""What the application's role may do: everything with rows, nothing with tables; the journal only grows.

Row-level security holds for it because it owns nothing.
"""

from django.db import connection

JOURNAL = "audit_journalentry"
READ_ONLY = ("django_migrations", "otklik_setup")
# Without these marks a policy keeps the planner from an index on words: an operator could leak a hidden row.
# Ours compare text already indexed and raise no error that shows a value.
LEAKPROOF = ("ts_match_vq(tsvector, tsquery)", "ts_match_qv(tsquery, tsvector)")


def grant_all(role: str) -> None:
    """Give `role` its rights on everything in the schema, now and for tables made later. Run as the owner."""
    name = connection.ops.quote_name(role)
    statements = [
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {name}",
        f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO {name}",
    ]
    tables = set(connection.introspection.table_names())
    if JOURNAL in tables:
        statements.append(f"REVOKE UPDATE, DELETE, TRUNCATE ON {JOURNAL} FROM {name}")
    statements += [
        f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {name}" for table in READ_ONLY if table in tables
    ]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        if _is_superuser():
            for function in LEAKPROOF:
                cursor.execute(f"ALTER FUNCTION {function} LEAKPROOF")


def _is_superuser() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        row = cursor.fetchone()
    return bool(row and row[0])
