"""What stands before every screen: duties of sign-in, then one transaction with the person's municipalities."""

from collections.abc import Callable
from typing import Any, cast

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from otklik.accounts.models import User
from otklik.accounts.sign_in import DUTY, note_duty

# Sign-in itself, and addresses that ask for no person.
FREE_OF_DUTY = ("/accounts/", "/static/", "/health/", "/p/", "/api/", "/hooks/")


class DutyMiddleware:
    """Keeps a person who owes a password or a code at its address until it is done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(FREE_OF_DUTY) or DUTY not in request.session:
            return self.get_response(request)
        if isinstance(request.user, User) and (address := note_duty(request, request.user)):
            return redirect(address)
        return self.get_response(request)


class ScopeMiddleware:
    """One request = one transaction; a reply of 500 rolls it back whole.

    The ids the transaction sees are left on `request.municipality_ids`, so that screens need not ask again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return self.get_response(request)
        with transaction.atomic():
            cast(Any, request).municipality_ids = _open_scope(request.user)
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response


def _open_scope(user: User) -> list[int]:
    """Ask for the person's municipalities and set the scope to them in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('otklik.scope', coalesce((SELECT string_agg(id::text, ',')"
            " FROM otklik_municipalities_of(%s, %s) AS id), ''), true)",
            [user.pk, timezone.localdate()],
        )
        row = cursor.fetchone()
    return [int(key) for key in str(row[0]).split(",") if key] if row else []
