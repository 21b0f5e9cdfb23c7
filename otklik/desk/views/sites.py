"""Форма на чужом сайте: which sites may show the town's form, and what their administrator puts on the page."""

from django.conf import settings
from django.http import HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from otklik.channels.widget import origins_of, set_origins
from otklik.desk.page import done, needs, page_or_part
from otklik.desk.request import DeskRequest


@require_http_methods(["GET", "HEAD", "POST"])
@needs("channels.manage")
def sites(request: DeskRequest) -> HttpResponse:
    """The list of sites and the snippet; a POST keeps the list."""
    if request.method == "POST":
        set_origins(request.municipality, request.POST.get("origins", ""), request.user)
        return done(request, "Сайты сохранены", reverse("desk:sites"))
    form = settings.PUBLIC_URL.rstrip("/") + reverse("widget:form", args=[request.municipality.key])
    script = settings.PUBLIC_URL.rstrip("/") + static("portal/frame.js")
    snippet = (
        f'<iframe data-otklik src="{form}" title="Сообщить о проблеме" loading="lazy" '
        'width="100%" height="900" frameborder="0"></iframe>\n'
        f'<script async src="{script}"></script>'
    )
    origins = origins_of(request.municipality)
    return page_or_part(
        request,
        "sites/sites",
        {"origins": "\n".join(origins), "count": len(origins), "snippet": snippet, "form": form},
    )
