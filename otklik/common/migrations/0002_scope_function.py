"""Extensions and the function that tells which municipalities the transaction may see."""

from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

from otklik.common.rls import SCOPE_FUNCTION

# Row-level security lets an index serve only conditions that cannot leak a row. Text search cannot, but
# PostgreSQL does not say so by itself; without the right to say it, search works and is slower (doctor tells).
LEAKPROOF_SEARCH = """
DO $$ BEGIN
  ALTER FUNCTION pg_catalog.ts_match_vq(tsvector, tsquery) LEAKPROOF;
  ALTER FUNCTION pg_catalog.arrayoverlap(anyarray, anyarray) LEAKPROOF;
EXCEPTION WHEN insufficient_privilege THEN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("common", "0001_first_shape")]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(SCOPE_FUNCTION, "DROP FUNCTION otklik_scope()"),
        migrations.RunSQL(LEAKPROOF_SEARCH, migrations.RunSQL.noop),
    ]
