"""Proving an address by a code; proposals of a discussion: sent, followed by a code, supported."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.outreach.polls import selectors, services
from otklik.outreach.polls.models import Proposal
from otklik.places.rules import find_place
from otklik.places.selectors import gazetteer_of
from otklik.portal import flood
from otklik.portal.codes import code_for, hash_of
from otklik.portal.rules import contact_of
from otklik.portal.towns import in_town
from otklik.portal.views.polls import NO_COOKIE, UNPROVED, page, poll_by_number
from otklik.portal.voters import check_pace, keep_proved, voter_of

NO_CONTACT = "Это не похоже ни на почту, ни на телефон: проверьте."


@require_POST
@in_town
def code(request: HttpRequest, town: Municipality, number: int) -> HttpResponse:
    """Send a code, or take the one that came; the page says the same whoever the address belongs to."""
    found, now = poll_by_number(town, number), timezone.now()
    if found.access != "code":
        raise Http404
    written, typed = request.POST.get("contact", ""), request.POST.get("code", "").strip()
    contact = contact_of(written)
    if contact is None or not (contact.email or contact.phone):
        return page(request, town, found, 422, code_error=NO_CONTACT)
    try:
        flood.check(request, flood.CODE if not typed else flood.GUESS)
        if not typed:
            services.send_code(found, contact.email, contact.phone, now)
            return page(request, town, found, code_sent=True, contact=written)
        known = services.known_as(contact.email, contact.phone)
        voter = services.check_code(found, known, typed, now)
    except Refused as refusal:
        more = {"code_error": str(refusal), "code_sent": bool(typed), "contact": written}
        return page(request, town, found, 422, **more)
    response = redirect("portal:poll", town.key, number)
    keep_proved(town, found, response, voter)
    return response


@require_POST
@in_town
def propose(request: HttpRequest, town: Municipality, number: int) -> HttpResponse:
    """Take a proposal for moderation and show the code it is followed by."""
    found, now = poll_by_number(town, number), timezone.now()
    voter = voter_of(request, town, found, now)
    if not voter and found.access != "open":
        return page(request, town, found, 422, proposal_error=UNPROVED)
    contact = contact_of(request.POST.get("author", ""))
    if contact is None or contact.phone or (contact.email and not request.POST.get("consent")):
        words = "Укажите почту и отметьте согласие или оставьте поле пустым."
        return page(request, town, found, 422, proposal_error=words)
    secret = code_for(f"proposal:{found.pk}:{request.POST.get('once') or uuid.uuid4()}")
    where = request.POST.get("where", "").strip()[:200]
    place = find_place(where, gazetteer_of(town.key)) if where else None
    said = services.ProposalText(
        request.POST.get("title", ""),
        request.POST.get("text", ""),
        hash_of(secret),
        where,
        place.lat if place else None,
        place.lon if place else None,
        contact.email,
    )
    try:
        flood.check(request, flood.SEND)
        made = services.propose(found, said, now)
    except Refused as refusal:
        return page(request, town, found, 422, proposal_error=str(refusal))
    context = {"town": town, "tab": "polls", "poll": found, "proposal": made, "code": secret, "is_new": True}
    return render(request, "portal/polls/mine.html", context)


@require_POST
@in_town
def support(request: HttpRequest, town: Municipality, number: int, proposal: int) -> HttpResponse:
    """Add one's voice to a proposal; a second press changes nothing."""
    found, now = poll_by_number(town, number), timezone.now()
    voter = voter_of(request, town, found, now)
    if not voter:
        return page(request, town, found, 422, refusal=NO_COOKIE if found.access == "open" else UNPROVED)
    one = Proposal.objects.filter(poll=found, number=proposal, state="shown").first()
    if one is None:
        raise Http404
    try:
        check_pace(request, found)
        services.support(one, voter, now)
    except Refused as refusal:
        return page(request, town, found, 422, refusal=str(refusal))
    offers = request.GET.get("offers", "")
    page_of = f"?offers={offers}" if offers.isdecimal() else ""
    return redirect(f"{reverse('portal:poll', args=[town.key, number])}{page_of}#p{proposal}")


@require_http_methods(["GET", "HEAD", "POST"])
@in_town
def mine(request: HttpRequest, town: Municipality, number: int) -> HttpResponse:
    """One's own proposal by its code: whether it is shown, the reason if not, the answer."""
    found = poll_by_number(town, number)
    context: dict[str, Any] = {"town": town, "tab": "polls", "poll": found}
    if request.method != "POST":
        return render(request, "portal/polls/mine.html", context)
    try:
        flood.check(request, flood.GUESS)
    except Refused as refusal:
        return render(request, "portal/polls/mine.html", {**context, "error": refusal}, status=429)
    secret = request.POST.get("code", "")
    one = selectors.proposal_by_code(found, hash_of(secret))
    if one is None:
        context["error"] = "По этому коду предложения нет. Проверьте знаки: их двенадцать."
        return render(request, "portal/polls/mine.html", context, status=404)
    return render(request, "portal/polls/mine.html", {**context, "proposal": one, "code": secret})
