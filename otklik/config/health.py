"""Is the system alive, may it be given work, and how it does: addresses for monitoring."""

from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from otklik.common.errors import Refused
from otklik.config import state
from otklik.config.metrics import gauges

own_digest = cache(state.digest)


def live(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked of it."""
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> JsonResponse:
    """Whether the database answers and fits this code; 503 when it does not."""
    faults = _faults()
    return JsonResponse({"ready": not faults, "faults": faults}, status=503 if faults else 200)


def _faults() -> list[str]:
    try:
        return [] if _digest_in_database() == own_digest() else ["setup"]
    except DatabaseError:
        return ["database"]
    except Refused:
        return ["presets"]


def _digest_in_database() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM otklik_setup WHERE key = 'digest'")
        row = cursor.fetchone()
    return str(row[0]) if row else None


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text, for the hosts of METRICS_FROM; for others there is no such page."""
    if request.META.get("REMOTE_ADDR") not in settings.METRICS_FROM:
        raise Http404
    return HttpResponse(gauges(), content_type=CONTENT_TYPE_PLAIN_0_0_4)
