"""Migration operation that puts a table behind row-level security.

A policy compares the row's municipality with an array computed once per statement, so indexes led by
`municipality_id` keep working.
"""

from django.db import migrations

SCOPE_FUNCTION = """
CREATE OR REPLACE FUNCTION otklik_scope() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(string_to_array(nullif(current_setting('otklik.scope', true), ''), ',')::bigint[], '{}')
$$
"""


def fence(table: str, column: str = "municipality_id") -> migrations.RunSQL:
    """Hide rows of other municipalities from every role but the owner of the table."""
    inside = f"({column} = ANY ((SELECT otklik_scope())::bigint[]))"
    return migrations.RunSQL(
        sql=[
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"CREATE POLICY {table}_scope ON {table} USING {inside} WITH CHECK {inside}",
        ],
        reverse_sql=[
            f"DROP POLICY {table}_scope ON {table}",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ],
    )
