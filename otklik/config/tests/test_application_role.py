"""What the application's database role cannot do, whatever the code says."""

import pytest
from django.db import ProgrammingError, connection

from otklik.common.models import Municipality
from otklik.config.doctor import database as doctor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_journalentry SET why = ''",
        "DELETE FROM audit_journalentry",
        "TRUNCATE audit_journalentry",
        "UPDATE otklik_setup SET value = ''",
        "DELETE FROM django_migrations",
        "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY",
        "DROP TABLE cases_case",
    ],
)
def test_it_may_not(statement: str) -> None:
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute(statement)


def test_it_sees_no_rows_of_a_municipality_outside_the_scope() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('otklik.scope', '', true)")
        cursor.execute("SELECT count(*) FROM cases_case")
        assert cursor.fetchone() == (0,)


def test_it_may_not_write_a_row_outside_the_scope() -> None:
    town = Municipality.objects.create(key="elsewhere", name="Там", short_name="Там", region="Край")
    with pytest.raises(ProgrammingError, match="row-level security"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_journalhead (municipality_id, number, hash) VALUES (%s, 0, '')", [town.pk]
        )


def test_every_table_of_a_municipality_is_fenced() -> None:
    with connection.cursor() as cursor:
        cursor.execute(doctor.UNFENCED)
        assert cursor.fetchall() == []
