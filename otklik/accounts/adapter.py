"""Sign-in rules of the installation: accounts are made by the administrator, nobody signs up."""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from otklik.accounts.citizens import keep_citizen
from otklik.accounts.models import User
from otklik.accounts.sign_in import note_duty


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Refuses self-registration; notes what the person owes at sign-in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        note_duty(request, user)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def set_password(self, user: User, password: str) -> None:
        """A password chosen by the person ends the duty to change it."""
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """On to what is owed next; the old password, proved a moment ago, is not asked for before the code."""
        address = note_duty(request, cast(User, request.user))
        if address:
            reauthenticate_by_password(request)
        return address or "/"


class ClosedSocialSignup(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """A state account signs in only after its owner has tied it to an account made here.

    A citizen gets no account: the confirmed person goes back to the page they came from.
    """

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        town = (sociallogin.state.get("data") or {}).get("town")
        if town:
            keep_citizen(request, town, sociallogin.person, timezone.now())
            raise ImmediateHttpResponse(redirect(sociallogin.get_redirect_url(request) or "/"))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """A citizen who refused or met a fault comes back to the form: it works without signing in."""
        state = (extra_context or {}).get("state") or {}
        if (state.get("data") or {}).get("town"):
            raise ImmediateHttpResponse(redirect(f"{state.get('next', '/')}?entered=no"))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
