"""Addresses of the installation: staff at the root, citizens under /p/, systems under /api/."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from otklik.config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("metrics", health.metrics),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("otklik.desk.urls")),
    path("api/", include("otklik.api.urls")),
]
