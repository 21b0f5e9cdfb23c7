"""Runs each request in one transaction that sees only the person's municipalities."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from otklik.accounts.models import User
from otklik.accounts.selectors import municipality_ids_of
from otklik.common.scope import set_scope


class ScopeMiddleware:
    """One request = one transaction; a reply of 500 rolls it back whole."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return self.get_response(request)
        with transaction.atomic():
            set_scope(municipality_ids_of(request.user))
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response
