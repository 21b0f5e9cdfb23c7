"""The web process: served by granian, static files by WhiteNoise."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otklik.config.settings")
application = get_wsgi_application()
if settings.TRUSTED_PROXIES:
    # The guard of sign-ins counts by the visitor's own address, not by nginx's.
    application = wrap_wsgi_with_proxy_headers(application, trusted_hosts=settings.TRUSTED_PROXIES)
# Screens are loaded now and not within somebody's first request.
get_resolver().url_patterns  # noqa: B018
