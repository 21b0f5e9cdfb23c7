"""Polls on the open page: what runs, the ballot, the receipt, results with the decision and its execution.

The ballot is answered without a redirect: a repeated sending is the same vote and shows the same receipt, and the
receipt stands in no address.
"""

import uuid
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from otklik.accounts.esia.selectors import can_enter
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.outreach.polls import selectors
from otklik.outreach.polls.marks import why_stopped
from otklik.outreach.polls.models import Poll, Stratum
from otklik.outreach.polls.rules import Asked, Mark, read_answers
from otklik.outreach.polls.services import Vote, cast
from otklik.places.rules import find_place
from otklik.places.selectors import gazetteer_of
from otklik.portal import flood
from otklik.portal.codes import code_for, hash_of
from otklik.portal.poll_page import ballot_of, proposals_of, results_of
from otklik.portal.towns import in_town
from otklik.portal.voters import check_pace, give_device, network_of, voter_of

PAGE = 20
NO_COOKIE = (
    "Браузер не сохранил отметку, по которой мы считаем один голос с устройства. Разрешите куки и откройте страницу "
    "заново."
)
UNPROVED = "Сначала подтвердите, что вы голосуете один раз: форма выше."


@require_safe
@in_town
def polls(request: HttpRequest, town: Municipality) -> HttpResponse:
    """What runs now and what came of the former ones."""
    page = request.GET.get("page", "1")
    start = PAGE * (max(1, int(page)) - 1) if page.isdecimal() and len(page) < 4 else 0
    found, today = list(selectors.shown_polls(town)[start : start + PAGE + 1]), timezone.localdate()
    rows = found[:PAGE]
    running = [one for one in rows if one.takes_votes_on(today) or is_outside(one)]
    context = {
        "town": town,
        "tab": "polls",
        "running": running,
        "ended": [one for one in rows if one not in running],
        "next": start // PAGE + 2 if len(found) > PAGE else 0,
    }
    return render(request, "portal/polls/list.html", context)


def is_outside(poll: Poll) -> bool:
    """Whether it runs in ПОС now."""
    return poll.state == "open" and poll.place == "pos"


def poll_by_number(town: Municipality, number: int) -> Poll:
    """A poll residents may see. Raises Http404."""
    found = selectors.shown_polls(town).filter(number=number).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@in_town
def poll(request: HttpRequest, town: Municipality, number: int) -> HttpResponse:
    """The ballot while the box is open, then results."""
    found = poll_by_number(town, number)
    if not found.takes_votes_on(timezone.localdate()):
        came_late = request.method == "POST" and found.place != "pos"
        context = {"town": town, "tab": "polls", "came_late": came_late}
        context |= results_of(found, request.GET.get("offers", ""))
        return render(request, "portal/polls/ended.html", context, status=422 if came_late else 200)
    if request.method == "POST":
        return _vote(request, town, found)
    return page(request, town, found)


def page(
    request: HttpRequest, town: Municipality, found: Poll, status: int = 200, **more: Any
) -> HttpResponse:
    """The ballot with what has been typed, or what is in its way."""
    stopped = why_stopped(found)
    voter = "" if stopped else voter_of(request, town, found, timezone.now())
    context = {
        "town": town,
        "tab": "polls",
        "stopped": stopped,
        "is_proved": not stopped and (bool(voter) or found.access == "open"),
        "has_voted": bool(voter) and selectors.took_part(found, voter),
        "can_enter": can_enter(),
        "not_entered": request.GET.get("entered") == "no",
        "once": request.POST.get("once") or uuid.uuid4(),
        "typed": request.POST,
        **ballot_of(found, request.POST, more.get("faults", {})),
        **proposals_of(found, voter, request.GET.get("offers", "")),
        **more,
    }
    response = render(request, "portal/polls/vote.html", context, status=503 if stopped else status)
    if found.access == "open":
        give_device(request, town, response)
    return response


def _vote(request: HttpRequest, town: Municipality, found: Poll) -> HttpResponse:
    now = timezone.now()
    voter = voter_of(request, town, found, now)
    if not voter:
        return page(request, town, found, 422, refusal=NO_COOKIE if found.access == "open" else UNPROVED)
    asked = selectors.asked_of(found)
    marks, faults = read_answers(asked, dict(request.POST.lists()))
    if faults or not asked:
        return page(request, town, found, 422, faults=faults)
    # Without a random part the receipt could be made again from the voter alone, and the ballot found by it.
    once = request.POST.get("once") or uuid.uuid4().hex
    receipt = code_for(f"poll:{found.pk}:{voter}:{once[:40]}")
    vote = Vote(
        [_placed(one, asked, town) for one in marks],
        hash_of(receipt),
        network=network_of(request),
        **_groups(request, found),
    )
    try:
        check_pace(request, found)
        cast(found, voter, vote, now)
    except Refused as refusal:
        return page(request, town, found, 422, refusal=str(refusal))
    context = {"town": town, "tab": "polls", "poll": found, "receipt": receipt}
    return render(request, "portal/polls/voted.html", context)


def _placed(mark: Mark, asked: list[Asked], town: Municipality) -> Mark:
    """A point named by words gets its degrees where the gazetteer knows the place."""
    if not mark.text or mark.lat is not None:
        return mark
    if not any(one.key == mark.question and one.kind == "point" for one in asked):
        return mark
    place = find_place(mark.text, gazetteer_of(town.key))
    return replace(mark, lat=place.lat, lon=place.lon) if place.lat and place.lon else mark


def _groups(request: HttpRequest, found: Poll) -> dict[str, str]:
    """Age and place the voter chose to name; anything else is as if unnamed."""
    said = {kind: request.POST.get(kind, "") for kind in ("age", "area")}
    if not any(said.values()):
        return {}
    known = set(Stratum.objects.filter(poll=found).values_list("kind", "key"))
    return {kind: key for kind, key in said.items() if (kind, key) in known}


@require_http_methods(["GET", "HEAD", "POST"])
@in_town
def receipt(request: HttpRequest, town: Municipality, number: int) -> HttpResponse:
    """Whether the vote of a receipt is in the box; how it was cast is not shown to anybody."""
    found = poll_by_number(town, number)
    context: dict[str, Any] = {"town": town, "tab": "polls", "poll": found}
    if request.method == "POST":
        try:
            flood.check(request, flood.GUESS)
        except Refused as refusal:
            return render(request, "portal/polls/receipt.html", {**context, "error": refusal}, status=429)
        digest = hash_of(request.POST.get("code", ""))
        state = selectors.receipt_state(found, digest)
        context |= {"state": state, "digest": digest, "typed": request.POST.get("code", "")}
        if not state:
            context["error"] = "Такой квитанции в этом опросе нет. Проверьте знаки: их двенадцать."
        return render(request, "portal/polls/receipt.html", context, status=200 if state else 404)
    return render(request, "portal/polls/receipt.html", context)


@require_safe
@in_town
def receipts(request: HttpRequest, town: Municipality, number: int) -> HttpResponse:
    """Fingerprints of all receipts of an opened box: each finds its own, anybody counts them and checks the seal."""
    found = poll_by_number(town, number)
    if not found.seal:
        raise Http404
    lines = "".join(f"{one}\n" for one in selectors.receipts_of(found))
    return HttpResponse(lines, content_type="text/plain; charset=utf-8")
