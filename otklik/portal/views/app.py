"""The page as an application of a phone: its manifest and the worker that keeps the empty form for a lost line.

The worker caches the form and its files alone: pages of cases are behind a code and never kept on a device.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from otklik.common.models import Municipality
from otklik.portal.towns import in_town


@require_safe
@in_town
def manifest(request: HttpRequest, town: Municipality) -> HttpResponse:
    """W3C Web Application Manifest of the town's page."""
    home = reverse("portal:submit", args=[town.key])
    content = {
        "id": home,
        "name": f"{town.name}: приёмная",
        "short_name": town.short_name[:20],
        "lang": "ru",
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": [
            {"src": static("portal/mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
        ],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@require_safe
@in_town
def service_worker(request: HttpRequest, town: Municipality) -> HttpResponse:
    """The worker's script, with the town's own addresses in it."""
    context = {"home": reverse("portal:submit", args=[town.key])}
    return render(request, "portal/sw.js", context, content_type="text/javascript; charset=utf-8")
