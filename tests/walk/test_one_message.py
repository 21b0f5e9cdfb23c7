"""One message of each channel, in each municipality, from intake to a closed and rated case."""

from datetime import datetime, timedelta

import pytest

from otklik.audit.services import verify_journal
from otklik.cases import services
from otklik.cases.models import Case
from otklik.cases.services.answers import route_of
from otklik.channels.models import Outgoing
from otklik.satisfaction.services import invite, take_score
from tests.town import Town, build_town

PRESETS = ("borovichi", "demyansk", "mikhaylovka", "lovozero", "bogotol")
KINDS = (
    "web_form",
    "phone",
    "paper",
    "oral",
    "reception",
    "email",
    "incident",
    "pos",
    "edms",
    "api",
    "portal_gov",
)
TEXT = "На улице Гагарина напротив дома 12 огромная яма, пробили колесо. Когда заделаете?"
NOW = datetime.fromisoformat("2026-10-20T09:00:00+03:00")


def answer_to_the_end(town: Town, case: Case) -> Case:
    """Assign, take, draft, approve, sign, place where a person publishes it, close."""
    if case.body is None:
        case = services.assign_case(case, town.bodies[0], town.vera, NOW, "разобрано куратором")
    worker = town.user_with("worker", ["cases.work", "cases.view_body"], case.body)
    hour = NOW + timedelta(hours=1)
    case = services.take_case(case, worker, hour)
    services.save_draft(case, "Яму заделали 20.10.2026, фото приложено.", "solved", None, 0, worker)
    services.submit_answer(case, worker, hour)
    services.approve_answer(case, town.vera, hour)
    signer = town.galina if route_of(case).signature == "required" else town.vera
    services.sign_answer(case, signer, hour)
    case.refresh_from_db()
    if case.state == "placing":
        services.mark_placed(case, "https://example.org/otvet/1", town.vera, hour)
    return services.close_case(case, town.vera, hour)


@pytest.mark.django_db
@pytest.mark.parametrize("preset", PRESETS)
def test_it_carries_a_message_of_every_channel_to_a_closed_and_rated_case(preset: str) -> None:
    town = build_town(preset)
    for kind in KINDS:
        case = town.case(TEXT, kind, NOW, author="Заявитель 1", phone="89000000001", email="anna@example.org")
        case = answer_to_the_end(town, case)
        assert case.state == "closed"
        assert case.result == "solved"
        assert not case.terms.filter(stopped_at=None).exists()
        assert Outgoing.objects.filter(about=case.number, kind="answer").count() == 1
        score = take_score(invite(case, NOW), 5, [], "", NOW)
        assert score.case_id == case.pk
    assert verify_journal(town.municipality) == []
