"""An account is closed, opened again, and after the term forgotten; roles and deeds of it stay."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.closing import close_account, reopen_account
from otklik.accounts.forget import erase_old, shown_of
from otklik.accounts.models import Absence, Holding, User
from otklik.accounts.selectors import municipalities_of, rights_of
from otklik.accounts.services import Appointment, give_role, set_absence
from otklik.accounts.tests import composition
from otklik.accounts.tests.composition import SINCE, holder, person, role
from otklik.audit.models import JournalEntry
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.scope import set_scope

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - timedelta(days=1)


@pytest.fixture
def town() -> Municipality:
    return composition.load()


@pytest.fixture
def chief(town: Municipality) -> User:
    return holder(town, "administrator", "chief")


@pytest.fixture
def anna(town: Municipality) -> User:
    user = holder(town, "registrar", "anna")
    give_role(user, Appointment(role(town, "executor"), SINCE), None)
    User.objects.filter(pk=user.pk).update(name="Фамилия И. О.", email="a@example.org")
    user.refresh_from_db()
    return user


def test_closing_ends_roles_sessions_and_substitutions(town: Municipality, chief: User, anna: User) -> None:
    today = timezone.localdate()
    set_absence(chief, anna, today - timedelta(days=2), today + timedelta(days=2), chief, town)
    client = Client()
    client.force_login(anna, "django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("desk:profile")).status_code == 200
    set_scope([town.pk])
    assert close_account(anna, town, chief, "перевод", YESTERDAY) == 2
    assert client.get(reverse("desk:profile")).status_code == 302
    set_scope([town.pk])
    assert not rights_of(anna, town).permissions
    assert not municipalities_of(anna).exists()
    assert set(Holding.objects.filter(user=anna).values_list("until", flat=True)) == {YESTERDAY}
    assert Absence.objects.get().until == YESTERDAY
    entry = JournalEntry.objects.get(code="accounts.user_closed")
    assert (entry.why, entry.details) == ("перевод", {"on": str(YESTERDAY)})


def test_opening_again_asks_for_a_new_password_and_gives_no_role(
    town: Municipality, chief: User, anna: User
) -> None:
    client = Client()
    client.force_login(anna, "django.contrib.auth.backends.ModelBackend")
    close_account(anna, town, chief, "перевод", YESTERDAY)
    reopen_account(anna, town, "zelyony-samovar-7", chief)
    assert (anna.is_active, anna.must_change_password, anna.closed_on) == (True, True, None)
    assert not rights_of(anna, town).permissions
    assert client.get(reverse("desk:profile")).status_code == 302, "an old session has come alive"


@pytest.mark.parametrize("case", ["own", "twice", "elsewhere", "silent", "ahead"])
def test_closing_is_refused_by_rule(town: Municipality, chief: User, anna: User, case: str) -> None:
    reason, on, by = "перевод", YESTERDAY, chief
    match case:
        case "own":
            by = anna
        case "twice":
            close_account(anna, town, chief, reason, on)
        case "elsewhere":
            other = Municipality.objects.create(
                key="other", name="Другой", short_name="Другой", region="Край"
            )
            set_scope([town.pk, other.pk])
            there = role(town, "registrar")
            there.pk, there.municipality = None, other
            there.save()
            give_role(anna, Appointment(there, SINCE), None)
        case "silent":
            reason = " "
        case "ahead":
            on = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused):
        close_account(anna, town, by, reason, on)


def test_the_person_is_forgotten_after_the_term_and_the_deeds_stay(
    town: Municipality, chief: User, anna: User
) -> None:
    Authenticator.objects.create(user=anna, type=Authenticator.Type.TOTP, data={})
    assert set(shown_of(anna)) == {"имя для входа", "фамилия и инициалы", "почта"}
    close_account(anna, town, chief, "увольнение", YESTERDAY)
    now = datetime.now(UTC)
    assert erase_old(town, now, years=1) == 0
    assert erase_old(town, now + timedelta(days=367), years=1) == 1
    assert erase_old(town, now + timedelta(days=367), years=1) == 0
    anna.refresh_from_db()
    assert (anna.username, anna.name, anna.email) == (f"closed-{anna.pk}", "", "")
    assert not Authenticator.objects.filter(user=anna).exists()
    assert Holding.objects.filter(user=anna).count() == 2
    assert JournalEntry.objects.filter(code="accounts.erased").count() == 1
    with pytest.raises(Refused, match="обезличена"):
        reopen_account(anna, town, "zelyony-samovar-7", chief)


def test_it_forgets_nobody_without_a_role_here(town: Municipality) -> None:
    User.objects.filter(pk=person("stranger").pk).update(is_active=False, closed_on=SINCE)
    assert erase_old(town, datetime.now(UTC) + timedelta(days=9999), years=1) == 0
