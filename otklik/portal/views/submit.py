"""The form of the open page: ask five questions, keep the message, show its code."""

import uuid

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.accounts.citizens import citizen_of
from otklik.accounts.esia.selectors import can_enter
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.places.rules import find_place
from otklik.places.selectors import gazetteer_of
from otklik.portal import flood
from otklik.portal.forms import PHOTOS, TEXT_LIMIT, MessageForm
from otklik.portal.like import like_cases
from otklik.portal.selectors import map_of, town_address, ways_of
from otklik.portal.services import send_message, words_of
from otklik.portal.towns import in_town


@require_http_methods(["GET", "HEAD", "POST"])
@in_town
def submit(request: HttpRequest, town: Municipality) -> HttpResponse:
    """Show the form; keep what was sent and go to its own page."""
    if request.method != "POST":
        return _page(request, town, MessageForm(initial={"way": "message"}))
    form = MessageForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, town, form, 422)
    now = timezone.now()
    citizen = citizen_of(request, town.key, now)
    try:
        flood.check(request, flood.SEND)
        code = send_message(
            town, form.cleaned_data, ways_of(town, now), now, citizen.person if citizen else None
        )
    except Refused as refusal:
        form.add_error("way" if form.cleaned_data["way"] == "appeal" else "photos", str(refusal))
        return _page(request, town, form, 422)
    return redirect(f"{reverse('portal:wait', args=[town.key])}?s={code}")


def _page(request: HttpRequest, town: Municipality, form: MessageForm, status: int = 200) -> HttpResponse:
    citizen = citizen_of(request, town.key, timezone.now())
    context = {
        "town": town,
        "tab": "submit",
        "form": form,
        "once": form.data.get("once") or uuid.uuid4(),
        "person": citizen.person if citizen else None,
        "can_enter": can_enter(),
        "not_entered": request.GET.get("entered") == "no",
        "ways": ways_of(town, timezone.now()),
        "photos": PHOTOS,
        "text_limit": TEXT_LIMIT,
        "lost_files": status != 200 and bool(request.FILES),
        "like": like_cases(town, words_of(form.data), timezone.now()) if form.is_bound else [],
        "joins": form.data.get("joins", ""),
    }
    return render(request, "portal/submit.html", context, status=status)


@require_POST
@in_town
def place(request: HttpRequest, town: Municipality) -> HttpResponse:
    """The place read from the typed words and like messages near it; nothing is kept."""
    try:
        flood.check(request, flood.LOOK)
    except Refused as refusal:
        return JsonResponse({"error": str(refusal)}, status=429)
    text = request.POST.get("text", "")[:TEXT_LIMIT]
    found = find_place(text, gazetteer_of(town.key))
    words = ", ".join(part for part in (found.settlement, found.street, found.house) if part)
    context = {"like": like_cases(town, text, timezone.now()), "joins": request.POST.get("joins", "")}
    like = render_to_string("portal/_like.html", context) if context["like"] else ""
    return JsonResponse({"words": words, "lat": found.lat, "lon": found.lon, "like": like})


@require_safe
@in_town
def map_data(request: HttpRequest, town: Municipality) -> HttpResponse:
    """Points for the map, asked for only when the citizen opens it."""
    return JsonResponse(map_of(town))


@require_POST
@in_town
def paper(request: HttpRequest, town: Municipality) -> HttpResponse:
    """A blank of an appeal by 59-ФЗ ст. 7 with the typed text, ready to print and sign."""
    said = {name: request.POST.get(name, "") for name in ("text", "address", "name", "contact")}
    return render(request, "portal/paper.html", {"town": town, "said": said, "where_to": town_address(town)})
