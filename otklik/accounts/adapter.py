"""Sign-in rules of the installation: accounts are made by the administrator, nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Refuses self-registration."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
