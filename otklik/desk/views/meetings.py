"""Заседания: what is ahead and what was; convening; the page where a meeting is prepared."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.channels.files import path_of
from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.desk.forms.meetings import GuestForm, MeetingForm, PreparationForm
from otklik.desk.page import done, may, needs, page_or_part, part
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CASES
from otklik.office import rules, services
from otklik.office.models import Meeting
from otklik.office.offers import offered
from otklik.office.selectors import (
    attendance_of,
    items_of,
    listed,
    meetings_in,
    members_of,
    name_of,
    proposals_of,
    waiting_for,
)
from otklik.reports.models import Report

SEES = ("office.attend", "office.organise", "office.chair")
SHOWN, AHEAD = 60, ("planned", "agreed", "invited", "running", "finished", "signed")
FULL = [("planned", "повестка"), ("invited", "приглашения"), ("running", "заседание"), ("signed", "подпись")]
STEPS = {
    "full": [*FULL, ("sent", "рассылка")],
    "agenda": [
        ("planned", "повестка"),
        ("agreed", "согласование"),
        ("invited", "приглашения"),
        ("held", "состоялось"),
    ],
    "preparation": [("planned", "подготовка"), ("invited", "приглашения"), ("held", "состоялось")],
}


@require_safe
@needs(*SEES)
def meetings(request: DeskRequest) -> HttpResponse:
    """Ahead, then past; proposals of members; what the charter says about meetings."""
    town, charter = request.municipality, charter_of(request.municipality)
    rows, waits = list(listed(town)[:SHOWN]), list(waiting_for(request.user, town, timezone.now()))
    context: dict[str, Any] = {
        "ahead": sorted((one for one in rows if one.state in AHEAD), key=lambda one: one.starts_at),
        "past": [one for one in rows if one.state not in AHEAD],
        "waits": waits,
        "proposals": list(proposals_of(town)[:20]),
        "open_meetings": [one for one in rows if one.state in rules.OPEN],
        "rules": charter.meetings,
        "mode_words": rules.MODES[charter.meetings.mode],
        "name": rules.NAMES[charter.meetings.mode],
        "is_off": charter.meetings.mode == "off",
        "quorum": rules.NO_QUORUM if charter.meetings.quorum_share is None else "",
        "may_convene": may(request, "office.organise") and charter.meetings.mode != "off",
        "may_propose": may(request, "office.attend") and charter.meetings.mode != "off",
        "may_decide": may(request, "office.organise", "office.chair"),
    }
    return page_or_part(request, "meetings/list", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("office.organise")
def new(request: DeskRequest) -> HttpResponse:
    """«Созвать»."""
    town = request.municipality
    form = MeetingForm(town, request.POST or None, initial={"hour": "14:00"})
    if request.method == "POST" and form.is_valid():
        chosen = [int(one) for one in request.POST.getlist("members") if one.isdecimal()]
        made = services.convene(town, form.told(), chosen, request.user, timezone.now())
        return done(request, f"{name_of(made)}: созвано", _address(made))
    mode = charter_of(town).meetings.mode
    context = {"form": form, "members": members_of(town), "name": rules.NAMES[mode], "is_off": mode == "off"}
    return page_or_part(request, "meetings/new", context, status=422 if form.is_bound else 200)


@require_safe
@needs(*SEES)
def meeting(request: DeskRequest, key: int) -> HttpResponse:
    """One meeting: agenda, people, materials, preparation, what comes next; the protocol stands beside."""
    one, town = meeting_of(request, key), request.municipality
    charter, people = charter_of(town).meetings, list(one.participants.select_related("user"))
    organises, chairs = may(request, "office.organise"), may(request, "office.chair")
    is_open, allowed = one.state in rules.OPEN, rules.allowed(charter, one.state)
    picked = {person.user_id for person in people if person.kind == "member"}
    deputy = bool(charter.deputy_chair) and charter.deputy_chair in request.rights.role_keys
    context: dict[str, Any] = {
        "meeting": one,
        "name": name_of(one),
        "items": items_of(one),
        "people": people,
        "members": [person for person in people if person.kind == "member"],
        "guests": [person for person in people if person.kind != "member"],
        "to_pick": [(member, member.user_id in picked) for member in members_of(town)] if is_open else [],
        "materials": list(one.materials.select_related("file", "item")),
        "preparations": list(one.preparations.select_related("errand__post")),
        "rules": charter,
        "has_agenda": charter.mode in ("full", "agenda"),
        "has_protocol": charter.mode == "full",
        "steps": _steps(one, charter.mode),
        "quorum": attendance_of(one, people),
        "allowed": allowed,
        "is_open": is_open,
        "may_edit": is_open and organises,
        "may_agree": chairs and "agree" in allowed,
        "may_invite": organises and "invite" in allowed,
        "is_stale": one.invited_at is not None and one.state in ("planned", "agreed"),
        "may_start": (chairs or deputy) and "start" in allowed,
        "asks_ground": deputy and not chairs,
        "may_hold": organises and "hold" in allowed,
        "may_cancel": organises and "cancel" in allowed,
        "may_bring": may(request, "office.attend") and one.state in (*rules.OPEN, "running"),
        "may_prepare": may(request, "office.errands") and is_open,
        "opens_cases": may(request, *SEES_CASES),
        "reports": list(Report.objects.filter(municipality=town).order_by("-pk")[:12])
        if may(request, "reports.view")
        else [],
        "form": MeetingForm(town, initial=_initial(one), auto_id="change-%s"),
        "guest_form": GuestForm(town, auto_id="guest-%s"),
        "preparation_form": PreparationForm(town, auto_id="prepare-%s"),
    }
    return page_or_part(request, "meetings/meeting", context)


@require_safe
@needs("office.organise", "office.chair")
def offers(request: DeskRequest, key: int) -> HttpResponse:
    """What the data offer for this agenda, without what already stands there."""
    one = meeting_of(request, key)
    taken = set(one.items.exclude(source="").values_list("source", flat=True))
    groups = [
        (group, [offer for offer in rows if offer.source not in taken])
        for group, rows in offered(request.municipality, timezone.now())
    ]
    context = {"meeting": one, "groups": [(group, rows) for group, rows in groups if rows]}
    return part(request, "meetings/_offers", context)


@require_safe
@needs(*SEES)
def file(request: DeskRequest, key: int, material: int) -> HttpResponseBase:
    """A paper of the meeting."""
    found = meeting_of(request, key).materials.filter(pk=material, file__isnull=False).first()
    if found is None or found.file is None or not found.file.path:
        raise Http404
    return FileResponse(path_of(found.file).open("rb"), as_attachment=True, filename=found.file.name)


@require_safe
@needs(*SEES)
def calendar(request: DeskRequest, key: int) -> HttpResponse:
    """The meeting for one's own calendar."""
    one = meeting_of(request, key)
    response = HttpResponse(
        services.calendar_of(one, timezone.now()), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="zasedanie-{one.number}.ics"'
    return response


@require_POST
@needs("office.attend")
def propose(request: DeskRequest) -> HttpResponse:
    """«Предложить»."""
    services.propose(request.municipality, request.POST.get("text", ""), request.user, timezone.now())
    return done(request, "Предложение внесено", reverse("desk:meetings"))


@require_POST
@needs("office.organise", "office.chair")
def decide(request: DeskRequest, key: int) -> HttpResponse:
    """A proposal goes to an agenda, or is declined with a reason."""
    town, now = request.municipality, timezone.now()
    found = proposals_of(town).filter(pk=key).first()
    if found is None:
        raise Http404
    chosen = request.POST.get("meeting", "")
    to = meetings_in(town).filter(pk=int(chosen)).first() if chosen.isdecimal() else None
    if chosen and to is None:
        raise Refused("Выберите заседание из списка.")
    services.decide_proposal(found, to, request.POST.get("words", ""), request.user, now)
    return done(request, "Решение по предложению записано", reverse("desk:meetings"))


def meeting_of(request: DeskRequest, key: int) -> Meeting:
    """The meeting of this municipality, or 404."""
    found = meetings_in(request.municipality).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _initial(one: Meeting) -> dict[str, Any]:
    at, until = timezone.localtime(one.starts_at), one.answers_until
    last = timezone.localtime(until) if until else None
    return {
        "reason": one.reason,
        "form": one.form,
        "day": at.date(),
        "hour": at.time(),
        "place": one.place,
        "until_day": last.date() if last else None,
        "until_hour": last.time() if last else None,
    }


ORDER = ("planned", "agreed", "invited", "running", "finished", "signed", "sent", "held")


def _steps(one: Meeting, mode: str) -> list[tuple[str, str]]:
    """Steps of a meeting by the charter with their looks: done, now, ahead."""
    steps = STEPS.get(mode, [])
    if one.state not in ORDER:
        return [(words, "ahead") for _, words in steps]
    at = ORDER.index(one.state)
    places = [ORDER.index(key) for key, _ in steps]
    here = max((place for place in places if place <= at), default=places[0] if places else 0)
    return [
        (words, "now" if place == here else "done" if place < here else "ahead")
        for (_, words), place in zip(steps, places, strict=True)
    ]


def _address(one: Meeting) -> str:
    return reverse("desk:meeting", args=[one.pk])
