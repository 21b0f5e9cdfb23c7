"""The door of the API: a key of a channel. Its municipality becomes the scope of the request."""

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import APIKeyHeader

from otklik.api.flood import is_too_often
from otklik.channels.models import ApiKey
from otklik.channels.services import check_key, municipality_id_of
from otklik.common.scope import within

PER_MINUTE = 20_000


class ChannelKey(APIKeyHeader):
    """`X-API-Key`, given by the administrator for one channel of one municipality."""

    param_name = "X-API-Key"

    def authenticate(self, request: HttpRequest, key: str | None) -> ApiKey | None:
        """The living key, left on `request.auth`; None refuses the request with 401."""
        municipality_id = municipality_id_of(key or "")
        if key is None or municipality_id is None:
            return None
        with within(municipality_id):
            found = check_key(key)
        if found:
            slow_down(found)
        return found


def slow_down(key: ApiKey) -> None:
    """A runaway loop of one system must not take the place of the others."""
    if is_too_often(f"api:{key.pk}", PER_MINUTE):
        raise HttpError(429, f"Больше {PER_MINUTE} запросов в минуту. Повторите через минуту.")
