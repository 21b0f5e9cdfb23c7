"""Addresses of the installation: staff at the root, citizens under /p/, systems under /api/."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from otklik.config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("metrics", health.metrics),
    path("accounts/", include("allauth.urls")),
    # The dictionaries have no sign-in of their own: it would know neither lock-out nor one-time codes.
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/", admin.site.urls),
    path("", include("otklik.desk.urls")),
    path("api/", include("otklik.api.urls")),
    path("hooks/", include("otklik.api.hooks")),
    path("p/", include("otklik.portal.urls")),
    path("widget/", include("otklik.portal.widget_urls")),
]
