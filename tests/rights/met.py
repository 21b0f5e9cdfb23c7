"""A meeting with its question, decision, paper and a member's proposal: what addresses of meetings name."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from otklik.office import services
from tests.town import Town


def met(town: Town, now: datetime) -> dict[str, list[Any]]:
    """A meeting in absentia that goes on."""
    keeper, whose = town.user_with("meets", ["office.organise", "office.attend"]), town.municipality
    call = services.Call("in_person", "итоги месяца", timezone.now() + timedelta(days=1))
    meeting = services.convene(whose, call, [keeper.pk], keeper, now)
    item = services.add_question(meeting, "Итоги месяца", "", "", keeper, now)
    paper = services.add_material(meeting, "Справка", keeper, now, file=("spravka.txt", b"14"))
    proposal = services.propose(whose, "Обсудить ночные дежурства.", keeper, now)
    # The charter of this town keeps no protocols: the meeting of another mode is put into its place.
    meeting.form, meeting.state, meeting.started_at = "in_absentia", "running", now
    meeting.save(update_fields=["form", "state", "started_at"])
    decision = services.add_decision(item, services.DecisionText(), keeper, now)
    return {
        "meeting": [meeting.pk],
        "meeting_file": [meeting.pk, paper.pk],
        "meeting_deed": [meeting.pk, "finish"],
        "meeting_decision": [meeting.pk, decision.pk],
        "meeting_text": [meeting.pk, item.pk, "heard"],
        "protocol_file": [meeting.pk, "docx"],
        "member_proposal": [proposal.pk],
    }
