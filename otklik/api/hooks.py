"""Calls of outer systems: /hooks/<municipality>/<channel>/, each believed by the signature its listener checks.

What a call brought is on the disk before it is answered, so an outer system that hears no answer may call again.
"""

import logging
from collections.abc import Mapping

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from otklik.api.flood import is_too_often
from otklik.audit.services import record
from otklik.channels.adapters.source import Call, Stranger
from otklik.channels.adapters.sources import listener_for
from otklik.channels.models import Channel
from otklik.channels.services.feeding import hear
from otklik.common.models import Municipality
from otklik.common.scope import within

MOST_BYTES = 5 * 1024 * 1024
PER_MINUTE = 6000
JOURNAL_EVERY = 3600
METHODS = ("GET", "POST", "PUT")
log = logging.getLogger(__name__)


@csrf_exempt
def hook(request: HttpRequest, town: str, key: str) -> HttpResponse:
    """One call. 404: nothing listens here; 403: the signature is not the channel's; 413, 429: too much."""
    if request.method not in METHODS:
        return _said("Так этот адрес не вызывают.", 405)
    channel = _channel(town, key)
    if channel is None or listener_for(channel) is None:
        return _said("Такого адреса нет.", 404)
    if is_too_often(f"hook:{channel.pk}", PER_MINUTE):
        return HttpResponse("Слишком часто.", status=429, headers={"Retry-After": "60"})
    if len(request.body) > MOST_BYTES:
        return _said("Больше 5 МБ не принимаем.", 413)
    try:
        heard = hear(channel, _call_of(request))
    except Stranger as stranger:
        _note_stranger(channel, str(stranger))
        return _said("Подпись не подошла.", 403)
    except RecursionError:
        return _said("Вложено слишком глубоко: так вызовы не пишут.", 400)
    return HttpResponse(heard.answer, status=heard.status, content_type=heard.content_type)


def _channel(town: str, key: str) -> Channel | None:
    """The channel that is switched on under this address."""
    municipality = Municipality.objects.filter(key=town).first()
    if municipality is None:
        return None
    with within(municipality.pk):
        found = Channel.objects.filter(municipality=municipality, key=key, feed__is_on=True)
        return found.exclude(availability="closed").select_related("municipality").first()


def _call_of(request: HttpRequest) -> Call:
    headers: Mapping[str, str] = {name.lower(): value for name, value in request.headers.items()}
    return Call(request.method or "", headers, request.GET.dict(), request.body, timezone.now())


def _note_stranger(channel: Channel, why: str) -> None:
    """Into the journal once an hour: a wrong secret is seen, a flood of wrong calls fills nothing."""
    log.warning("hook of channel %s: refused", channel.pk)
    if not cache.add(f"stranger:{channel.pk}", 1, timeout=JOURNAL_EVERY):
        return
    with within(channel.municipality_id):
        record(channel, "channels.call_refused", None, channel.municipality, why=why[:200])


def _said(words: str, status: int) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")


urlpatterns = [path("<slug:town>/<slug:key>/", hook, name="hook")]
