"""The second wall: rows of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence

# The journal is append-only for everyone, the owner's programs included: only a superuser who switches the
# trigger off can edit it, and `verify-journal` finds that.
APPEND_ONLY = """
CREATE FUNCTION otklik_journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'journal is append-only'; END $$;
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON audit_journalentry
FOR EACH ROW EXECUTE FUNCTION otklik_journal_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_first_shape"), ("common", "0002_scope_function")]

    operations = [
        fence("audit_journalentry"),
        fence("audit_journalhead"),
        migrations.RunSQL(APPEND_ONLY, "DROP FUNCTION otklik_journal_is_append_only() CASCADE"),
    ]
