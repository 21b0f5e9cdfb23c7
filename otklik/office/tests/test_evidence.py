"""Each key of meetings: a record planted moves its count, a record removed moves it back."""

from datetime import timedelta

import pytest

from otklik.charter.evidence import evidence_for
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.office import services
from otklik.office.models import Meeting, Opinion, Participant, Preparation, Proposal
from otklik.office.services import DecisionText
from otklik.office.tests.people import NOW, build_centre, lived

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
PERIOD = Period(TODAY - timedelta(days=30), TODAY + timedelta(days=30))
BEFORE = Period(TODAY - timedelta(days=90), TODAY - timedelta(days=60))
ONCE = (
    "meetings", "meeting_form", "convening", "chair", "substitution", "protocols", "protocols_signed",
    "protocols_sent", "materials", "member_proposals", "decisions_done", "participants", "invited", "agenda",
    "preparation",
)  # fmt: skip


def count(town: Municipality, key: str, period: Period = PERIOD) -> int:
    evidence = evidence_for(f"office.{key}", town, period)
    assert evidence is not None and (evidence.last_at is None) == (evidence.count == 0)
    return evidence.count


def test_it_proves_each_key_by_its_records_and_only_while_they_stand() -> None:
    centre = build_centre()
    town = centre.town.municipality
    assert {key: count(town, key) for key in (*ONCE, "attendance")} == dict.fromkeys((*ONCE, "attendance"), 0)
    meeting = lived(centre)
    assert {key: count(town, key) for key in ONCE} == dict.fromkeys(ONCE, 1)
    assert count(town, "attendance") == 3
    assert {key: count(town, key, BEFORE) for key in ONCE} == dict.fromkeys(ONCE, 0)

    Proposal.objects.all().delete()
    Preparation.objects.all().delete()
    meeting.dispatches.all().delete()
    meeting.materials.all().delete()
    Participant.objects.exclude(kind="member").delete()
    gone = ("member_proposals", "preparation", "protocols_sent", "materials", "invited")
    assert {key: count(town, key) for key in gone} == dict.fromkeys(gone, 0)
    Meeting.objects.update(agreed_at=None, chair_for="", chair=None, signed_at=None)
    assert [count(town, key) for key in ("agenda", "substitution", "chair", "protocols_signed")] == [0] * 4
    meeting.participants.update(attendance="absent")
    assert count(town, "attendance") == 0
    meeting.items.all().delete()
    assert [count(town, key) for key in ("protocols", "decisions_done")] == [0, 0]
    Meeting.objects.all().delete()
    assert {key: count(town, key) for key in ONCE} == dict.fromkeys(ONCE, 0)


def test_an_opinion_in_absentia_is_taking_part() -> None:
    centre = build_centre()
    meeting = centre.convened("in_absentia", NOW + timedelta(days=9))
    item = services.add_question(meeting, "План на квартал", "", "", centre.head, NOW)
    services.start(meeting, "", centre.curator, NOW)
    meeting.participants.update(attendance="unknown")
    assert count(centre.town.municipality, "attendance") == 0
    services.give_opinion(item, "for", "", centre.member, NOW)
    assert count(centre.town.municipality, "attendance") == 1
    Opinion.objects.all().delete()
    meeting.participants.update(attendance="unknown")
    assert count(centre.town.municipality, "attendance") == 0
    services.add_decision(item, DecisionText("noted"), centre.head, NOW)
    assert count(centre.town.municipality, "protocols") == 1
