"""Настройки: theme, density, single keys; notices; choice of the municipality."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.accounts.esia.selectors import can_enter
from otklik.accounts.selectors import notices_for
from otklik.desk.page import CHOSEN, done, needs, page_or_part
from otklik.desk.request import DeskRequest

CHOICES = {
    "theme": ("", "light", "dark"),
    "density": ("", "dense"),
    "keys": ("on", "off"),
}


@require_safe
@needs()
def profile(request: DeskRequest) -> HttpResponse:
    """How the desk looks and how the person signs in."""
    return page_or_part(
        request, "profile/profile", {"settings": request.user.settings, "can_connect": can_enter()}
    )


@require_POST
@needs()
def save_profile(request: DeskRequest) -> HttpResponse:
    """Keep the choices; an unknown value leaves the former one."""
    for name, allowed in CHOICES.items():
        value = request.POST.get(name)
        if value in allowed:
            request.user.settings[name] = value
    request.user.save(update_fields=["settings"])
    return done(request, "Настройки сохранены", reverse("desk:profile"))


@require_safe
@needs()
def notices(request: DeskRequest) -> HttpResponse:
    """Lines for the person of the last two weeks."""
    since = timezone.now() - timedelta(days=14)
    rows = notices_for(request.user, request.municipality, request.rights).filter(created_at__gte=since)
    return page_or_part(request, "profile/notices", {"notices": list(rows[:200])})


@require_POST
@needs()
def choose_municipality(request: DeskRequest) -> HttpResponse:
    """Go to another municipality of one's own."""
    chosen = request.POST.get("municipality", "")
    if chosen not in {str(town.pk) for town in request.municipalities}:
        raise Http404
    request.session[CHOSEN] = int(chosen)
    return redirect("desk:day")
