"""The second wall: rows of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence

# Asked at the door, before any scope is set: only ids of municipalities come out.
MUNICIPALITIES_OF = """
CREATE FUNCTION otklik_municipalities_of(person bigint, day date) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT DISTINCT h.municipality_id FROM accounts_holding h JOIN accounts_user u ON u.id = person
  WHERE u.is_active AND h.since <= day AND (h.until IS NULL OR h.until >= day)
    AND (h.user_id = person OR h.user_id IN (
      SELECT a.user_id FROM accounts_absence a
      WHERE a.substitute_id = person AND a.municipality_id = h.municipality_id
        AND a.since <= day AND a.until >= day))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_first_shape"), ("common", "0002_scope_function")]

    operations = [
        fence("accounts_body"),
        fence("accounts_post"),
        fence("accounts_role"),
        fence("accounts_holding"),
        fence("accounts_absence"),
        fence("accounts_notice"),
        migrations.RunSQL(MUNICIPALITIES_OF, "DROP FUNCTION otklik_municipalities_of(bigint, date)"),
    ]
