"""Every answered duty of every charter: the query runs, and a small life of the town leaves its traces."""

from datetime import timedelta

import pytest
from django.utils import timezone

from otklik.accounts.models import Body, Role
from otklik.accounts.services import Appointment, give_role
from otklik.cases import services
from otklik.charter.evidence import answered_keys, evidence_for
from otklik.charter.files import preset_folders
from otklik.common.period import Period
from otklik.satisfaction.models import Recheck, Score
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


def test_it_proves_what_applicants_said_and_what_came_of_it() -> None:
    town, now = build_town(), timezone.now() - timedelta(hours=2)
    for score, reasons in ((2, ["rude"]), (1, ["slow"]), (5, [])):
        given = Score.objects.create(
            municipality=town.municipality,
            case=town.case(TEXT, "pos", now),
            score=score,
            reasons=reasons,
            at=now,
        )
        if score < 3:
            Recheck.objects.create(
                municipality=town.municipality,
                case=given.case,
                score=given,
                opened_at=now,
                result="right" if score == 2 else "",
            )
    traces = {"quality.conflicts": 1, "quality.pos_measures": 1, "satisfaction.summary": 3}
    assert {key: found(town, key) for key in traces} == traces
    assert {found(town, key, BEFORE) for key in traces} == {0}
    summary = evidence_for("satisfaction.summary", town.municipality, PERIOD)
    assert summary is not None and summary.words == "средняя оценка 2,7, разобрано плохих: 1"


def test_it_counts_only_what_was_handed_to_the_regions_centre() -> None:
    town, now = build_town(), timezone.now() - timedelta(hours=2)
    centre = Body.objects.get(municipality=town.municipality, kind="region_centre")
    other = Body.objects.create(
        municipality=town.municipality,
        key="gibdd",
        name="ГИБДД",
        short_name="ГИБДД",
        kind="state",
        is_external=True,
    )
    services.send_copies(town.case(TEXT, "pos", now), [other, centre], "общий вопрос", town.vera, now)
    services.forward_case(town.case(TEXT, "pos", now), other, "их вопрос", town.vera, now)
    assert found(town, "channels.region_exchange") == 1
    services.forward_case(town.case(TEXT, "pos", now), centre, "вопрос области", town.vera, now)
    assert found(town, "channels.region_exchange") == 2
