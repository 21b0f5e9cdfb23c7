"""Roles held many-to-many with dates; acting; substitution; specialists of a block; refusals."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from otklik.accounts.models import Body, Holding, User
from otklik.accounts.selectors import (
    holdings_of,
    may,
    municipalities_of,
    notices_for,
    people_with,
    rights_of,
)
from otklik.accounts.services import (
    Appointment,
    end_role,
    give_role,
    leave_notice,
    make_user,
    name_specialist,
    set_absence,
)
from otklik.accounts.tests import composition
from otklik.accounts.tests.composition import SINCE, holder, person, role
from otklik.audit.models import JournalEntry
from otklik.common.errors import Refused
from otklik.common.models import Municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Municipality:
    return composition.load()


def test_it_adds_up_permissions_of_every_role_held(town: Municipality) -> None:
    user = holder(town, "registrar", "anna")
    give_role(user, Appointment(role(town, "executor"), SINCE), None)
    rights = rights_of(user, town)
    expected = {*role(town, "registrar").permissions, *role(town, "executor").permissions}
    assert rights.permissions == expected
    assert rights.role_keys == {"registrar", "executor"}


def test_it_lets_many_people_hold_one_role(town: Municipality) -> None:
    people = [holder(town, "incident_officer", name) for name in ("anna", "boris")]
    assert set(people_with("cases.assign", town)) >= set(people)


@pytest.mark.parametrize(
    ("since", "until", "on", "held"),
    [
        (date(2026, 3, 1), None, date(2026, 2, 28), False),
        (date(2026, 3, 1), None, date(2026, 3, 1), True),
        (date(2026, 3, 1), date(2026, 3, 31), date(2026, 3, 31), True),
        (date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1), False),
    ],
)
def test_it_gives_rights_only_within_the_dates(
    town: Municipality, since: date, until: date | None, on: date, held: bool
) -> None:
    user = person("anna")
    give_role(user, Appointment(role(town, "registrar"), since, until=until), None)
    assert ("cases.register" in rights_of(user, town, on).permissions) is held
    assert holdings_of(user, on).exists() is held


def test_it_ends_a_role_and_keeps_the_row(town: Municipality) -> None:
    by, user = holder(town, "administrator", "admin"), holder(town, "registrar", "anna")
    yesterday = timezone.localdate() - timedelta(days=1)
    holding = end_role(user.holdings.get(), by)
    assert not may(user, "cases.register", town)
    assert Holding.objects.filter(pk=holding.pk, until=yesterday).exists()
    with pytest.raises(Refused, match="уже снята"):
        end_role(holding, by)


def test_it_does_not_give_the_same_role_twice(town: Municipality) -> None:
    user = holder(town, "registrar", "anna")
    with pytest.raises(Refused, match="уже есть"):
        give_role(user, Appointment(role(town, "registrar"), SINCE), None)


def test_it_marks_an_acting_holder_in_the_title(town: Municipality) -> None:
    user = person("anna")
    give_role(user, Appointment(role(town, "head"), SINCE, is_acting=True, ground="распоряжение"), None)
    assert rights_of(user, town).title.endswith("(врио)")


def test_it_gives_nothing_to_an_account_that_is_off(town: Municipality) -> None:
    user = holder(town, "registrar", "anna")
    user.is_active = False
    assert rights_of(user, town).permissions == frozenset()


def test_it_gives_the_rights_of_an_absent_person_and_takes_them_back(town: Municipality) -> None:
    head, anna = holder(town, "head", "head"), holder(town, "executor", "anna")
    start = date(2026, 7, 1)
    set_absence(head, anna, start, start + timedelta(days=13), head, town, "отпуск")
    before, during, after = (rights_of(anna, town, start + timedelta(days=n)) for n in (-1, 13, 14))
    assert "cases.assign" in during.permissions and during.substituting == (role(town, "head").title,)
    assert during.requires_totp is role(town, "head").requires_totp
    assert before.permissions == after.permissions == frozenset(role(town, "executor").permissions)
    assert before.substituting == after.substituting == ()


def test_it_lets_a_substitute_without_own_roles_in_for_the_days(town: Municipality) -> None:
    head, guest = holder(town, "head", "head"), person("guest")
    today = timezone.localdate()
    assert list(municipalities_of(guest)) == []
    set_absence(head, guest, today, today, head, town)
    assert list(municipalities_of(guest)) == [town]
    assert may(guest, "cases.assign", town)


def test_it_does_not_hand_substituted_rights_further(town: Municipality) -> None:
    head, anna, boris = holder(town, "head", "head"), person("anna"), person("boris")
    today = timezone.localdate()
    set_absence(head, anna, today, today, head, town)
    set_absence(anna, boris, today, today, head, town)
    assert rights_of(boris, town).permissions == frozenset()


def test_it_refuses_a_substitute_that_makes_no_sense(town: Municipality) -> None:
    head, anna = holder(town, "head", "head"), person("anna")
    day = date(2026, 7, 1)
    with pytest.raises(Refused, match="самого себя"):
        set_absence(head, head, day, day, head, town)
    with pytest.raises(Refused, match="раньше начала"):
        set_absence(head, anna, day, day - timedelta(days=1), head, town)
    set_absence(head, anna, day, day, head, town)
    with pytest.raises(Refused, match="уже назначен"):
        set_absence(head, person("boris"), day, day + timedelta(days=3), head, town)


def test_it_lets_a_block_head_name_specialists_of_the_own_block_only(town: Municipality) -> None:
    body = Body.objects.filter(municipality=town).first()
    head = holder(town, "block_head", "head", body, block="education")
    give_role(head, Appointment(role(town, "executor"), SINCE, body=body, block_key="roads"), None)
    anna = person("anna")
    holding = name_specialist(anna, "education", head, town)
    assert (holding.role.key, holding.block_key, holding.body) == ("executor", "education", body)
    assert JournalEntry.objects.filter(code="accounts.specialist_named", actor=head).exists()
    with pytest.raises(Refused, match="руководитель этого блока"):
        name_specialist(anna, "roads", head, town)


def test_it_leaves_a_specialist_in_the_own_body(town: Municipality) -> None:
    own, other = Body.objects.filter(municipality=town)[:2]
    head = holder(town, "block_head", "head", other, block="education")
    assert name_specialist(holder(town, "registrar", "anna", own), "education", head, town).body == own


def test_it_refuses_a_specialist_without_any_body(town: Municipality) -> None:
    head = holder(town, "block_head", "head", block="education")
    with pytest.raises(Refused, match="в каком органе"):
        name_specialist(person("anna"), "education", head, town)


def test_it_does_not_let_a_specialist_name_specialists(town: Municipality) -> None:
    body = Body.objects.filter(municipality=town).first()
    head, anna = holder(town, "block_head", "head", body, block="education"), person("anna")
    name_specialist(anna, "education", head, town)
    with pytest.raises(Refused, match="руководитель этого блока"):
        name_specialist(person("boris"), "education", anna, town)


def test_it_does_not_take_a_user_name_twice(town: Municipality) -> None:
    by = holder(town, "administrator", "admin")
    user = make_user(town, "anna", "верный конь 59 ходит", by)
    assert user.must_change_password
    with pytest.raises(Refused, match="занято"):
        make_user(town, "anna", "верный конь 59 ходит", by)


def test_it_shows_notices_to_the_person_the_body_and_the_right(town: Municipality) -> None:
    body, other = Body.objects.filter(municipality=town)[:2]
    anna = holder(town, "registrar", "anna", body=body)
    boris: User = person("boris")
    for words, to in (
        ("мне", {"user": anna}),
        ("органу", {"body": body}),
        ("праву", {"permission": "cases.register"}),
        ("другому", {"user": boris}),
        ("чужому органу", {"body": other}),
        ("чужому праву", {"permission": "charter.confirm"}),
    ):
        leave_notice(town, words, **to)
    seen = {notice.text for notice in notices_for(anna, town, rights_of(anna, town))}
    assert seen == {"мне", "органу", "праву"}
