"""Who may do what with a meeting: permissions of the charter, the place of the absent chair, the locked row."""

from otklik.accounts.models import Absence, User
from otklik.accounts.selectors import Rights, people_in_role, rights_of
from otklik.charter.schema.office import Meetings
from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.office.models import Meeting
from otklik.office.rules import NOT_NOW

ORGANISE, CHAIR, ATTEND = "office.organise", "office.chair", "office.attend"
REFUSALS = {
    ORGANISE: "Заседания готовит тот, кого называет Положение: у вашей роли этого права нет.",
    CHAIR: "Это делает тот, кто проводит заседание: куратор или кто его замещает.",
    ATTEND: "Это дело членов центра: у вашей роли этого права нет.",
}


def needs(by: User, municipality: Municipality, permission: str) -> Rights:
    """The person's rights. Raises Refused without the permission."""
    rights = rights_of(by, municipality)
    if permission not in rights.permissions:
        raise Refused(REFUSALS[permission])
    return rights


def meetings_of(municipality: Municipality) -> Meetings:
    """What the charter says about meetings."""
    return charter_of(municipality).meetings


def locked(meeting: Meeting, *states: str) -> Meeting:
    """The row held until the transaction ends. Raises Refused when it has left the states named."""
    held = Meeting.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=meeting.pk)
    if states and held.state not in states:
        raise Refused(NOT_NOW)
    return held


def may_deputise(rights: Rights, meetings: Meetings) -> bool:
    """Whether the person's role stands in for the absent chair by the charter (BOG-III.2.5)."""
    return bool(meetings.deputy_chair) and meetings.deputy_chair in rights.role_keys


def is_chair(meeting: Meeting, by: User, rights: Rights) -> bool:
    """Whether the person leads: holds the right, or is the deputy recorded for this very meeting."""
    return CHAIR in rights.permissions or (meeting.chair_id == by.pk and bool(meeting.chair_for))


def writes(meeting: Meeting, by: User, rights: Rights) -> bool:
    """Whether the person keeps the protocol: organises, leads, or is named its keeper."""
    return ORGANISE in rights.permissions or is_chair(meeting, by, rights) or meeting.keeper_id == by.pk


def check_writes(meeting: Meeting, by: User) -> Rights:
    """The rights of who keeps the protocol. Raises Refused for others."""
    rights = rights_of(by, meeting.municipality)
    if not writes(meeting, by, rights):
        raise Refused(
            "Протокол ведёт тот, кто готовит или проводит заседание, или назначенный им член центра."
        )
    return rights


def absence_of_chair(municipality: Municipality, meetings: Meetings, on: object) -> Absence | None:
    """The absence of the holder of the chair's role on the day, when one is recorded."""
    return (
        Absence.objects.filter(
            municipality=municipality,
            since__lte=on,
            until__gte=on,
            user__in=people_in_role(meetings.chair or "", municipality),
        )
        .order_by("pk")
        .first()
    )
