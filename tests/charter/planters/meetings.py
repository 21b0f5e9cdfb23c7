"""A meeting with everything that may be proved of one."""

from otklik.office.tests.people import Centre, lived
from tests.charter.planters.ground import Ground, plants


@plants("office.meetings", "office.meeting_form", "office.convening", "office.chair", "office.substitution")
@plants("office.protocols", "office.protocols_signed", "office.protocols_sent", "office.attendance")
@plants("office.materials", "office.member_proposals", "office.decisions_done", "office.participants")
@plants("office.invited", "office.agenda", "office.preparation")
def a_meeting(ground: Ground) -> None:
    lived(Centre(ground.town))
