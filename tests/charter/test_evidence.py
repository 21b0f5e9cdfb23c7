"""Every answered duty of every charter: the query runs, and a small life of the town leaves its traces."""

from datetime import timedelta

import pytest
from django.utils import timezone

from otklik.accounts.models import Role
from otklik.accounts.services import Appointment, give_role
from otklik.cases import services
from otklik.charter.evidence import answered_keys, evidence_for
from otklik.charter.files import preset_folders
from otklik.common.period import Period
from tests.town import SINCE, Town, build_town

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
PERIOD = Period(TODAY - timedelta(days=30), TODAY)
BEFORE = Period(TODAY - timedelta(days=90), TODAY - timedelta(days=60))
TEXT = "На улице Гагарина напротив дома 12 огромная яма, пробили колесо. Когда заделаете?"


def found(town: Town, key: str, period: Period = PERIOD) -> int:
    evidence = evidence_for(key, town.municipality, period)
    assert evidence is not None
    return evidence.count


@pytest.mark.parametrize("preset", sorted(preset_folders()))
def test_it_answers_every_key_with_a_count_and_a_link(preset: str) -> None:
    town = build_town(preset)
    for key in sorted(answered_keys()):
        evidence = evidence_for(key, town.municipality, PERIOD)
        assert evidence is not None and evidence.count >= 0, key
        assert evidence.link.startswith("/"), key


def test_it_finds_what_was_done_and_only_in_its_period() -> None:
    town, now = build_town(), timezone.now() - timedelta(hours=2)
    head = town.user_with("head", [], role_key="head")
    officer = town.user_with("officer", [], town.bodies[0], role_key="pos_officer")
    give_role(officer, Appointment(Role.objects.get(key="incident_officer"), SINCE), None)
    case = town.case(TEXT, "pos", now)
    case = services.assign_case(case, town.bodies[0], head, now, "разобрано")
    services.take_case(case, officer, now)
    services.save_draft(case, "Яму заделали, фото приложено.", "solved", None, 0, officer)
    services.submit_answer(case, officer, now)
    services.return_answer(case, "Нет даты", head, now)
    services.reveal_personal(case, head, now, "звонок заявителю")
    traces = {
        "channels.pos_exchange": 1,
        "channels.incident_exchange": 0,
        "answers.by_officer": 1,
        "cases.head_interventions": 1,
        "cases.from_pos": 1,
        "accounts.pos_officer": 1,
        "accounts.combinations": 1,
        "accounts.risk_officer": 0,
        "audit.curator_views": 0,
    }
    assert {key: found(town, key) for key in traces} == traces
    assert found(town, "audit.head_deeds") >= 3
    assert found(town, "audit.access_log") >= 1
    for key in (
        "channels.pos_exchange",
        "answers.by_officer",
        "cases.head_interventions",
        "audit.head_deeds",
    ):
        assert found(town, key, BEFORE) == 0, key
