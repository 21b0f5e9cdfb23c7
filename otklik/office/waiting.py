"""Meetings that wait for one person: an agenda to agree, a protocol to sign, an opinion in absentia to give."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from otklik.accounts.models import User
from otklik.accounts.selectors import Rights
from otklik.common.models import Municipality
from otklik.office.models import AgendaItem, Meeting
from otklik.office.selectors import waiting_for


@dataclass(frozen=True)
class MeetingWaits:
    """A meeting and what it waits for: «agree», «sign» or «opinion»; `until` is the last moment for it, if any."""

    meeting: Meeting
    what: str
    until: datetime | None


def meetings_waiting(
    user: User, municipality: Municipality, rights: Rights, now: datetime
) -> list[MeetingWaits]:
    """Agendas and protocols of who chairs, protocols of the deputy who led, then opinions asked of the person."""
    found = []
    asked_of_chair = Q(state="finished", chair=user) & ~Q(chair_for="")
    if "office.chair" in rights.permissions:
        has_items = Exists(AgendaItem.objects.filter(meeting=OuterRef("pk")))
        asked_of_chair = Q(has_items, state="planned") | Q(state="finished")
    for one in Meeting.objects.filter(asked_of_chair, municipality=municipality).order_by("starts_at", "pk"):
        is_ahead = one.state == "planned"
        found.append(MeetingWaits(one, "agree" if is_ahead else "sign", one.starts_at if is_ahead else None))
    if "office.attend" in rights.permissions:
        asked = waiting_for(user, municipality, now).order_by("answers_until", "pk")
        found += [MeetingWaits(one, "opinion", one.answers_until) for one in asked]
    return found
