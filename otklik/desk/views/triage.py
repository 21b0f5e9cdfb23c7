"""Разбор: what the machine was not sure of. One key per suggestion, Enter accepts and goes on."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.accounts.models import Body
from otklik.accounts.selectors import bodies_of
from otklik.cases import services
from otklik.cases.models import Case
from otklik.cases.selectors import card_for
from otklik.cases.selectors.lists import triage_page
from otklik.cases.services import PlaceChoice
from otklik.common.errors import Refused
from otklik.deadlines.selectors import calendar_of
from otklik.desk.clocks import row_chip
from otklik.desk.letter import pieces_of
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.triage import FOUND, other_places, picks_for, triage_map, written
from otklik.desk.views.card import find
from otklik.desk.way import LAST, TALLY, TRAY, count_decision
from otklik.places.models import Settlement
from otklik.topics.models import Topic


@require_safe
@needs("cases.sort", "cases.assign")
def triage(request: DeskRequest, number: str = "") -> HttpResponse:
    """The queue, the text, the suggestions."""
    queue = triage_page(request.user, request.municipality, 50, request.rights)
    current = next((case for case in queue if case.number == number), None)
    if number and current is None:
        raise Http404
    context: dict[str, Any] = {
        "queue": [{"case": case, "lacks": lacks_of(case)} for case in queue],
        "tally": request.session.get(TALLY, 0),
        "last": request.session.get(LAST, ""),
        "total": request.session.get(TALLY, 0) + len(queue),
        "may_assign": may(request, "cases.assign"),
    }
    chosen = current or (queue[0] if queue else None)
    if chosen:
        context["watch"] = f"&{urlencode({'number': chosen.number})}"
        after = queue[queue.index(chosen) + 1 :] or [case for case in queue if case is not chosen]
        context |= chosen_context(request, chosen) | {"next": after[0].number if after else ""}
    return page_or_part(request, "triage/triage", context)


def chosen_context(request: DeskRequest, case: Case) -> dict[str, Any]:
    """Everything about the card under hand."""
    card = card_for(request.user, request.municipality, case.number, request.rights)
    picks = picks_for(card.case, request.municipality)
    bodies = {body.pk: body for body in bodies_of(request.municipality).filter(is_external=False)}
    for pick in picks.bodies:
        pick.title = bodies[int(pick.value)].short_name if int(pick.value) in bodies else "прежний орган"
    return {
        "case": card.case,
        "chip": row_chip(card.case, timezone.now(), calendar_of(request.municipality)),
        "pieces": pieces_of(card.case.masked_text, [], [*card.case.topic_words, *card.case.place_words]),
        "twins": card.twins,
        "picks": picks,
        "may_close": any(one.key == "close_unanswered" and not one.refusal for one in card.deeds),
        "bodies": bodies.values(),
        "topics": Topic.objects.filter(is_open=True),
        "map": triage_map(picks.places, card.twins),
    }


def lacks_of(case: Case) -> str:
    """What a person must decide, in a word or two."""
    lacks = []
    if case.text_kind in ("thanks", "spam"):
        return "вид текста"
    if case.topic is None or (not case.topic_checked and case.topic_sureness < case.topic.threshold):
        lacks.append("тема")
    if not case.settlement_id and not case.street:
        lacks.append("место")
    if not lacks and case.body_id is None:
        lacks.append("орган")
    return ", ".join(lacks) or "проверить"


@require_POST
@needs("cases.sort", "cases.assign")
def accept(request: DeskRequest, number: str) -> HttpResponse:
    """Take the chosen topic, place and body; the next card opens."""
    case, now = find(request, number), timezone.now()
    topic = chosen_topic(request)
    if topic is None:
        raise Refused("Выберите тему: цифрой из предложенных или буквой Т из списка.")
    services.set_topic(case, topic, request.user, now)
    place = chosen_place(request, case)
    if place:
        services.set_place(case, place, request.user, now)
    if request.POST.get("urgent"):
        services.set_urgency(case, "high", request.user, now, "отмечено при разборе")
    body = chosen_body(request)
    if body is None:
        raise Refused("Выберите, кому передать: без исполнителя карточка останется в лотке.")
    services.assign_case(case, body, request.user, now, "решено при разборе")
    count_decision(request, number, True, False)
    said = f"{number} → {body.short_name}, тема «{topic.title}»"
    return done(request, said, reverse("desk:triage"), reverse("desk:undo", args=[number]) + TRAY)


def chosen_topic(request: DeskRequest) -> Topic | None:
    """The topic picked by digit, or by the list where «другая тема» was chosen."""
    key = request.POST.get("other_topic") or request.POST.get("topic", "")
    return Topic.objects.filter(key=key, is_open=True).first()


def chosen_place(request: DeskRequest, case: Case) -> PlaceChoice | None:
    """The place picked by digit: the one on the card or another reading of the text; None when none was picked."""
    name = request.POST.get("place", "")
    if name == FOUND:
        kind, given = case.street_kind, case.point_given
        return PlaceChoice(case.settlement, case.street, case.house, case.lat, case.lon, kind, given)
    for one in other_places(case) if name else []:
        if written(one.settlement, one.street, one.house) == name:
            towns = Settlement.objects.filter(municipality=case.municipality, name=one.settlement)
            return PlaceChoice(towns.first(), one.street, one.house, one.lat, one.lon, one.street_kind)
    return None


def chosen_body(request: DeskRequest) -> Body | None:
    """The body picked by digit or by the list."""
    key = request.POST.get("other_body") or request.POST.get("body", "")
    return bodies_of(request.municipality).filter(pk=int(key)).first() if key.isdigit() else None
