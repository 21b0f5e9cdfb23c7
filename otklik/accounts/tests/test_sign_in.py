"""Signing in through the pages: lock-out, password rules, ends of sessions, duties."""

from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from otklik.accounts.models import User
from otklik.accounts.services import set_absence
from otklik.accounts.sign_in import DUTY, duty_address
from otklik.accounts.tests import composition
from otklik.accounts.tests.composition import PASSWORD, holder
from otklik.common.models import Municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Municipality:
    cache.clear()  # counters of sign-ins a minute from one address
    return composition.load()


def sign_in(client: Client, user: User, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": user.username, "password": password})


def current_code(secret: str) -> str:
    code: str = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    return code


def test_it_lets_a_clerk_in_by_password(client: Client, town: Municipality) -> None:
    response = sign_in(client, holder(town, "registrar", "anna"))
    assert (response.status_code, response.url) == (302, settings.LOGIN_REDIRECT_URL)
    assert DUTY not in client.session


def test_it_locks_out_after_five_wrong_passwords(
    client: Client, town: Municipality, settings: Settings
) -> None:
    settings.AXES_ENABLED = True
    user = holder(town, "registrar", "anna")
    answers = [sign_in(client, user, "неверный пароль") for _ in range(5)]
    assert [answer.status_code for answer in answers[:4]] == [200] * 4
    assert answers[4].status_code == 429
    assert sign_in(client, user).status_code == 429, "even the right password waits"
    assert "_auth_user_id" not in client.session


def test_it_locks_one_name_and_leaves_colleagues_alone(
    client: Client, town: Municipality, settings: Settings
) -> None:
    settings.AXES_ENABLED = True
    anna, boris = holder(town, "registrar", "anna"), holder(town, "registrar", "boris")
    for _ in range(6):
        sign_in(client, anna, "неверный пароль")
    assert sign_in(client, boris).status_code == 302


@pytest.mark.parametrize("password", ["корот59", "12345678901", "password123", "anna-registrar"])
def test_it_refuses_weak_passwords(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, User(username="anna-registrar"))


def test_it_takes_a_phrase_as_a_password() -> None:
    validate_password(PASSWORD, User(username="anna"))


def test_it_ends_the_session_with_the_browser_and_after_a_working_day(
    client: Client, town: Municipality
) -> None:
    response = sign_in(client, holder(town, "registrar", "anna"))
    cookie = response.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["max-age"] == cookie["expires"] == ""
    assert cookie["httponly"] is True
    assert settings.SESSION_COOKIE_AGE <= 12 * 3600


def test_it_ends_other_sessions_when_the_password_changes(town: Municipality) -> None:
    user, here, elsewhere = holder(town, "registrar", "anna"), Client(), Client()
    for client in (here, elsewhere):
        sign_in(client, user)
    change_password(here)
    address = reverse("account_change_password")
    assert here.get(address).status_code == 200
    assert elsewhere.get(address).status_code == 302


def change_password(client: Client) -> Any:
    new = "ещё один верный конь 77"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    return client.post(reverse("account_change_password"), form)


def test_it_asks_for_an_own_password_first(client: Client, town: Municipality) -> None:
    user = holder(town, "registrar", "anna")
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    sign_in(client, user)
    duty = reverse("account_change_password")
    assert client.session[DUTY] == duty
    assert client.get("/cases/")["Location"] == duty
    assert change_password(client)["Location"] == "/"
    user.refresh_from_db()
    assert not user.must_change_password
    client.get("/cases/")
    assert DUTY not in client.session


def test_it_keeps_a_signer_at_the_code_until_it_is_set(client: Client, town: Municipality) -> None:
    sign_in(client, holder(town, "signer", "galina"))
    duty = reverse("mfa_activate_totp")
    assert client.get("/")["Location"] == duty
    assert client.get("/admin/")["Location"] == duty
    page = client.post(client.get(duty)["Location"], {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    assert client.post(duty, {"code": current_code(secret)}).status_code == 302
    client.get("/cases/")
    assert DUTY not in client.session


def test_a_signer_goes_from_the_own_password_to_the_code_at_once(client: Client, town: Municipality) -> None:
    user, duty = holder(town, "signer", "galina"), reverse("mfa_activate_totp")
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    sign_in(client, user)
    before = client.session.session_key
    assert change_password(client)["Location"] == duty
    assert client.session.session_key != before
    page = client.get(duty)
    assert page.status_code == 200, "no password is asked a third time"
    assert client.get("/cases/")["Location"] == duty, "without the code there is no work"
    client.post(duty, {"code": current_code(page.context["form"].secret)})
    client.get("/cases/")
    assert DUTY not in client.session


def test_a_wrong_old_password_opens_no_way_to_the_code(client: Client, town: Municipality) -> None:
    user, duty = holder(town, "signer", "galina"), reverse("mfa_activate_totp")
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    sign_in(client, user)
    words = {"oldpassword": "не тот пароль 1", "password1": "ещё один верный конь 77"}
    assert client.post(reverse("account_change_password"), words).status_code == 200
    assert client.get(duty)["Location"].startswith(reverse("account_reauthenticate"))


def test_it_asks_a_signer_with_a_code_for_the_code(client: Client, town: Municipality) -> None:
    user = holder(town, "signer", "galina")
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(user, secret)
    response = sign_in(client, user)
    assert response.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    client.post(response.url, {"code": current_code(secret)})
    assert client.session["_auth_user_id"] == str(user.pk)
    assert DUTY not in client.session
    assert get_adapter().is_mfa_enabled(user)


def test_it_asks_no_code_in_a_demo_town_and_of_roles_that_only_work(town: Municipality) -> None:
    signer, executor = holder(town, "signer", "galina"), holder(town, "executor", "boris")
    assert duty_address(signer) and not duty_address(executor)
    Municipality.objects.filter(pk=town.pk).update(is_demo=True)
    assert not duty_address(signer)


def test_it_asks_a_substitute_for_the_code_of_the_substituted_role(town: Municipality) -> None:
    signer, executor = holder(town, "signer", "galina"), holder(town, "executor", "boris")
    today = timezone.localdate()
    set_absence(signer, executor, today, today, signer, town)
    assert duty_address(executor) == reverse("mfa_activate_totp")


def test_it_lets_nobody_sign_up(client: Client) -> None:
    form = {"username": "stranger", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), form)
    assert not User.objects.filter(username="stranger").exists()


def test_it_does_not_let_an_account_that_is_off_in(client: Client, town: Municipality) -> None:
    user = holder(town, "registrar", "anna")
    User.objects.filter(pk=user.pk).update(is_active=False)
    sign_in(client, user)
    assert "_auth_user_id" not in client.session


def test_it_sends_the_sign_in_of_dictionaries_to_the_one_sign_in(client: Client) -> None:
    response = client.get("/admin/login/?next=/admin/")
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
