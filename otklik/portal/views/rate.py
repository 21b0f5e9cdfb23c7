"""The page behind the secret link of an invitation: one score, reasons, words."""

from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.portal import flood
from otklik.satisfaction.rules import REASONS, municipality_id_of
from otklik.satisfaction.services import find_invitation, take_score


@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the score once; afterwards the page says that it was taken."""
    municipality_id = municipality_id_of(token)
    town = Municipality.objects.filter(pk=municipality_id).first() if municipality_id else None
    if town is None:
        raise Http404
    with timezone.override(ZoneInfo(town.time_zone)), within(town.pk):
        response = _rate_in(request, town, token)
    response["Cache-Control"] = "no-store"
    return response


def _rate_in(request: HttpRequest, town: Municipality, token: str) -> HttpResponse:
    invitation = find_invitation(token)
    if invitation is None:
        raise Http404
    context = {"town": town, "case": invitation.case, "reasons": REASONS, "typed": request.POST}
    if invitation.used_at:
        return render(request, "portal/rated.html", context)
    if request.method != "POST":
        return render(request, "portal/rate.html", context)
    try:
        flood.check(request, flood.GUESS)
        score = request.POST.get("score", "")
        given = take_score(
            token,
            int(score) if score.isdecimal() and len(score) == 1 else 0,
            request.POST.getlist("reasons"),
            request.POST.get("words", ""),
            timezone.now(),
        )
    except Refused as refusal:
        return render(request, "portal/rate.html", {**context, "error": str(refusal)}, status=422)
    return render(request, "portal/rated.html", {**context, "given": given})
