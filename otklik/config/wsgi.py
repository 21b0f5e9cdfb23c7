"""The web process: served by granian, static files by WhiteNoise."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otklik.config.settings")
application = get_wsgi_application()
# Screens are loaded now and not within somebody's first request.
get_resolver().url_patterns  # noqa: B018
