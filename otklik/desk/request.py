"""The request as every desk view sees it, after the gate of `desk.page.needs`."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from otklik.accounts.models import User
from otklik.accounts.selectors import Rights
from otklik.common.models import Municipality


class DeskRequest(HttpRequest):
    """A request that has passed the gate: a person, the chosen municipality and the rights in it."""

    user: User
    htmx: HtmxDetails
    municipality_ids: list[int]
    municipality: Municipality
    municipalities: list[Municipality]
    rights: Rights
