"""The open door of one town: finds it by its key, sets the scope and the town's own time for the whole page."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone

from otklik.common.models import Municipality
from otklik.common.scope import within

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Municipality, P], HttpResponseBase]


def town_by_key(key: str) -> Municipality:
    """The municipality of the address. Raises Http404."""
    town = Municipality.objects.filter(key=key).first()
    if town is None:
        raise Http404
    return town


def in_town(view: View[P]) -> Callable[..., HttpResponseBase]:
    """The view gets the town instead of its key and runs inside its scope, in its time zone."""

    @wraps(view)
    def inside(request: HttpRequest, key: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        town = town_by_key(key)
        with timezone.override(ZoneInfo(town.time_zone)), within(town.pk):
            response = view(request, town, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return inside
