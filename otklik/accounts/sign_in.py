"""What a person owes right after sign-in: an own password, then a one-time code for roles with approval rights.

The adapter notes the duty in the session; `DutyMiddleware` keeps the person at its address until it is done.
A demo town asks for no code: a newcomer has to get in by the printed password alone.
"""

from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse

from otklik.accounts.models import User
from otklik.accounts.selectors import municipalities_of, municipality_ids_of, rights_of
from otklik.common.scope import within

DUTY = "sign_in_duty"


def duty_address(user: User) -> str:
    """Where the person has to go first; empty when nothing is owed."""
    if user.must_change_password:
        return reverse("account_change_password")
    if _owes_code(user):
        return reverse("mfa_activate_totp")
    return ""


def _owes_code(user: User) -> bool:
    if Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        return False
    if user.is_superuser:
        return True
    with within(*municipality_ids_of(user)):
        towns = list(municipalities_of(user).filter(is_demo=False))
        return any(rights_of(user, town).requires_totp for town in towns)


def note_duty(request: HttpRequest, user: User) -> str:
    """Write the duty into the session, or take a done one out; returns its address."""
    address = duty_address(user)
    if address:
        request.session[DUTY] = address
    else:
        request.session.pop(DUTY, None)
    return address
