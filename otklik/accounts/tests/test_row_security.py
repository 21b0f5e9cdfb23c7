"""The second wall: PostgreSQL itself hides rows of other municipalities from the application's role."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from otklik.accounts.models import Body, Role
from otklik.accounts.tests import composition
from otklik.common.models import Municipality
from otklik.common.scope import set_scope, within, within_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def towns() -> tuple[Municipality, Municipality]:
    return composition.load("borovichi"), composition.load("lovozero")


def rows(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found: list[tuple[object, ...]] = cursor.fetchall()
    return found


def test_it_shows_nothing_without_a_scope(towns: tuple[Municipality, Municipality]) -> None:
    set_scope([])
    assert Body.objects.count() == Role.objects.count() == 0


def test_it_shows_only_the_municipality_in_scope(towns: tuple[Municipality, Municipality]) -> None:
    here, there = towns
    with within(here.pk):
        assert set(Body.objects.values_list("municipality_id", flat=True)) == {here.pk}
        assert not Body.objects.filter(municipality=there).exists()
    with within_all():
        assert set(Body.objects.values_list("municipality_id", flat=True)) == {here.pk, there.pk}


def test_it_gives_the_outer_scope_back(towns: tuple[Municipality, Municipality]) -> None:
    here, there = towns
    with within(here.pk):
        with within(there.pk):
            assert not Body.objects.filter(municipality=here).exists()
        assert Body.objects.filter(municipality=here).exists()


def test_it_does_not_let_a_row_into_another_municipality(towns: tuple[Municipality, Municipality]) -> None:
    here, there = towns
    with within(here.pk):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Body.objects.create(municipality=there, key="x", name="x", short_name="x", kind="x")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Body.objects.filter(municipality=here).update(municipality=there)
        assert Body.objects.filter(municipality=there).update(name="x") == 0
        assert Role.objects.filter(municipality=there).delete() == (0, {})


def test_it_fences_every_table_that_has_a_municipality() -> None:
    """A new table of a municipality without the policy fails here. Days off of the calendar are no secret, and
    those of the whole country stand in the same table."""
    open_tables = rows(
        "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
        " WHERE a.attname = 'municipality_id' AND c.relkind = 'r' AND NOT c.relrowsecurity"
    )
    assert open_tables == [("deadlines_calendarday",)]


def test_it_owns_nothing_and_cannot_pass_the_fence() -> None:
    assert rows("SELECT tablename FROM pg_tables WHERE tableowner = current_user") == []
    assert rows("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user") == [
        (False, False)
    ]


@pytest.mark.parametrize(
    "verb", ["UPDATE audit_journalentry SET why = 'x'", "DELETE FROM audit_journalentry"]
)
def test_it_cannot_rewrite_the_journal(verb: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        rows(verb)
