"""Limits for an open page: so many sendings and tries from one address; the address is kept as a hash of the day."""

import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from otklik.common.errors import Refused


@dataclass(frozen=True)
class Limit:
    """At most so many times an hour from one address."""

    name: str
    per_hour: int
    words: str


SEND = Limit("send", 20, "С этого адреса за час пришло 20 сообщений. Продолжите через час или позвоните.")
GUESS = Limit("guess", 30, "Слишком много попыток. Проверьте номер и код и повторите через час.")
VOTE = Limit(
    "vote", 60, "С этого адреса за час пришло 60 голосов. Проголосуйте через час или из другой сети."
)
CODE = Limit("code", 20, "С этого адреса за час запросили 20 кодов. Повторите через час.")
LOOK = Limit("look", 300, "Слишком много запросов. Повторите позже.")


def check(request: HttpRequest, limit: Limit) -> None:
    """Count one more try. Raises Refused above the limit; counted in each web process by itself."""
    name = f"portal:{limit.name}:{_address_hash(request)}"
    if cache.add(name, 1, timeout=3600):
        return
    try:
        used = cache.incr(name)
    except ValueError:  # the hour ended between the two calls
        return
    if used > limit.per_hour:
        raise Refused(limit.words)


def _address_hash(request: HttpRequest) -> str:
    text = f"{timezone.localdate()}:{address_of(request)}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]


def address_of(request: HttpRequest) -> str:
    """The client's address; behind the proxy the last one it added, which the client cannot forge."""
    if settings.SECURE_PROXY_SSL_HEADER and "X-Forwarded-For" in request.headers:
        return request.headers["X-Forwarded-For"].rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
