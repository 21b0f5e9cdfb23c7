"""Loading the composition of a charter: repeatable, and it follows the file."""

from datetime import date

import pytest

from otklik.accounts.models import Body, Post, Role
from otklik.accounts.selectors import body_ids_under
from otklik.accounts.services import load_people
from otklik.accounts.tests import composition
from otklik.charter.files import preset_folders
from otklik.charter.permissions import PERMISSIONS
from otklik.charter.selectors import charter_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", sorted(preset_folders()))
def test_it_loads_every_preset_twice_with_the_same_rows(key: str) -> None:
    municipality = composition.load(key)
    charter = charter_of(municipality)
    counts = [model.objects.count() for model in (Body, Post, Role)]
    load_people(charter, municipality)
    assert [model.objects.count() for model in (Body, Post, Role)] == counts
    assert counts == [len(charter.bodies), len(charter.posts), len(charter.roles_on())]


@pytest.mark.parametrize("key", sorted(preset_folders()))
def test_it_gives_roles_only_known_permissions_and_somebody_every_deed_of_an_answer(key: str) -> None:
    municipality = composition.load(key)
    given = {p for role in Role.objects.filter(municipality=municipality) for p in role.permissions}
    assert given <= set(PERMISSIONS)
    assert {
        "cases.register",
        "cases.assign",
        "cases.work",
        "cases.approve_answer",
        "cases.sign_answer",
    } <= given


def test_it_refreshes_what_the_file_says_and_keeps_the_rows() -> None:
    municipality = composition.load()
    role = composition.role(municipality, "curator")
    Role.objects.filter(pk=role.pk).update(title="старое название", permissions=[])
    load_people(charter_of(municipality), municipality)
    again = Role.objects.get(pk=role.pk)
    assert (again.title, again.permissions) == (role.title, role.permissions)


def test_it_keeps_bodies_as_a_tree() -> None:
    municipality = composition.load()
    child = Body.objects.filter(municipality=municipality, parent__isnull=False).first()
    assert child is not None and child.parent is not None
    assert {child.pk, child.parent.pk} <= body_ids_under([child.parent.pk], municipality)
    assert child.parent.pk not in body_ids_under([child.pk], municipality)


def test_it_asks_for_a_code_from_those_who_approve_and_sign() -> None:
    municipality = composition.load()
    asked = set(
        Role.objects.filter(municipality=municipality, requires_totp=True).values_list("key", flat=True)
    )
    assert "signer" in asked and "executor" not in asked


def test_it_reads_roles_of_another_day_from_the_dates_of_holdings() -> None:
    from_charter = composition.load()
    user = composition.holder(from_charter, "executor", "anna")
    assert user.holdings.get().since == date(2026, 1, 1)
