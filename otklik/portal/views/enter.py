"""In through Госуслуги: what will be asked and the consent first, then the state's own page; out at any moment."""

from allauth.socialaccount.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from otklik.accounts.citizens import forget_citizen
from otklik.accounts.esia.selectors import can_enter
from otklik.accounts.esia.views import PROVIDER
from otklik.common.models import Municipality
from otklik.portal.towns import in_town


@require_http_methods(["GET", "HEAD", "POST"])
@in_town
def enter(request: HttpRequest, town: Municipality) -> HttpResponse:
    """Ask for the consent, leave for Госуслуги; the way back leads to the form."""
    if not can_enter():
        raise Http404
    if request.method != "POST":
        return render(request, "portal/enter.html", {"town": town, "poll": request.GET.get("poll", "")})
    if not request.POST.get("consent"):
        error = "Отметьте согласие: без него имя и почту у Госуслуг не спрашиваем."
        context = {"town": town, "error": error, "poll": request.POST.get("poll", "")}
        return render(request, "portal/enter.html", context, status=422)
    provider = get_adapter().get_provider(request, PROVIDER)
    back = _back(request, town)
    response: HttpResponse = provider.redirect(request, "login", next_url=back, data={"town": town.key})
    return response


def _back(request: HttpRequest, town: Municipality) -> str:
    """The poll the person came from, else the form."""
    number = request.POST.get("poll", "")
    if number.isdecimal() and len(number) < 10:
        return reverse("portal:poll", args=[town.key, int(number)])
    return reverse("portal:submit", args=[town.key])


@require_POST
@in_town
def leave(request: HttpRequest, town: Municipality) -> HttpResponse:
    """Forget the person on this device."""
    forget_citizen(request)
    return redirect("portal:submit", town.key)
