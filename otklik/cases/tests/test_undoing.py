"""Closing without an answer, and taking a deed back: the case, its body and its clocks are as before."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from otklik.accounts.models import Notice
from otklik.audit.models import JournalEntry
from otklik.cases import services
from otklik.cases.models import Assignment, Case, Move, Term, Twin
from otklik.cases.services import PlaceChoice
from otklik.common.errors import Refused
from otklik.topics.models import Topic
from tests.town import Town, build_town

NOW = datetime.fromisoformat("2026-10-20T09:00:00+03:00")
LATER = NOW + timedelta(hours=2)
AFTER = LATER + timedelta(minutes=1)
PIT = "На улице Гагарина напротив дома 12 огромная яма на дороге, пробили колесо. Когда заделаете?"
pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> Town:
    return build_town()


@pytest.fixture
def case(town: Town) -> Case:
    """A message in the first body's hands."""
    case = town.case(PIT, "incident", NOW)
    return services.assign_case(case, town.bodies[0], town.vera, NOW, "разобрано")


def stands(case: Case) -> dict[str, Any]:
    """Everything a deed may change, as plain values."""
    row = Case.objects.get(pk=case.pk)
    kept = {
        name: getattr(row, name)
        for name in (
            "state", "kind", "urgency", "topic_id", "topic_checked", "topic_sureness", "block_key", "settlement_id",
            "street", "house", "place_checked", "body_id", "executor_id", "needs_triage", "closed_at", "result",
            "joined_to_id", "is_collective", "next_term_key", "next_control_at", "next_legal_at",
        )
    }  # fmt: skip
    clocks = Term.objects.filter(case=case, stopped_at=None).order_by("key")
    kept["clocks"] = list(clocks.values_list("key", "control_at", "legal_at", "paused_at"))
    mains = Assignment.objects.filter(case=case, until=None).order_by("id")
    kept["bodies"] = list(mains.values_list("body_id", "is_main", "user_id"))
    return kept


def test_a_message_is_closed_without_an_answer_and_its_clocks_stop(town: Town, case: Case) -> None:
    services.close_unanswered(case, "thanks", town.vera, LATER)
    case.refresh_from_db()
    assert (case.state, case.result, case.closed_at) == ("closed", "no_answer", LATER)
    assert not Term.objects.filter(case=case, stopped_at=None).exists()
    assert case.next_control_at is None
    entry = JournalEntry.objects.get(code="cases.closed_unanswered", thing_id=str(case.pk))
    assert entry.why == "благодарность"
    services.reopen_case(case, "был и вопрос", town.vera, AFTER)
    case.refresh_from_db()
    assert (case.state, case.result) == ("assigned", "")
    assert case.next_control_at is not None


def test_an_appeal_is_never_closed_without_an_answer(town: Town) -> None:
    appeal = town.case(PIT, "paper", NOW, author="Заявитель 1", address="ул. Мира, 1")
    with pytest.raises(Refused, match="59-ФЗ"):
        services.close_unanswered(appeal, "spam", town.vera, NOW)


@pytest.mark.parametrize(
    ("ground", "reason"), [("", "x"), ("laziness", "x"), ("other", " "), ("answered", "")]
)
def test_a_ground_of_the_list_is_needed_and_words_where_it_says_too_little(
    town: Town, case: Case, ground: str, reason: str
) -> None:
    with pytest.raises(Refused):
        services.close_unanswered(case, ground, town.vera, LATER, reason)


def test_an_executor_does_not_close_without_an_answer(town: Town, case: Case) -> None:
    with pytest.raises(Refused, match="права"):
        services.close_unanswered(case, "spam", town.boris, LATER)


def _do(deed: str, case: Case, town: Town) -> None:
    vera = town.vera
    match deed:
        case "close_unanswered":
            services.close_unanswered(case, "spam", vera, LATER)
        case "set_topic":
            services.set_topic(case, Topic.objects.exclude(pk=case.topic_id or 0)[0], vera, LATER)
        case "set_place":
            services.set_place(case, PlaceChoice(None, "Мира", "7", 58.1, 33.9), vera, LATER)
        case "set_kind":
            services.set_kind(case, "appeal", vera, LATER, "просят ответ по закону")
        case "set_urgency":
            services.set_urgency(case, "high", vera, LATER)
        case "assign":
            services.assign_case(case, town.bodies[1], vera, LATER, "их дело", co_bodies=[town.bodies[2]])
        case "pass_on":
            services.pass_on(case, town.bodies[2], vera, LATER, "их дело")
        case "return_case":
            services.return_case(case, vera, LATER, "не наше")
        case "take":
            services.take_case(case, vera, LATER)
        case "join":
            services.join_case(case, town.case(PIT, "incident", NOW), vera, LATER)


@pytest.mark.parametrize(
    "deed",
    ["close_unanswered", "set_topic", "set_place", "set_kind", "set_urgency", "assign", "pass_on", "return_case",
     "take", "join"],
)  # fmt: skip
def test_each_deed_is_taken_back_whole(town: Town, case: Case, deed: str) -> None:
    before = stands(case)
    _do(deed, case, town)
    assert stands(case) != before
    services.undo_last(case, town.vera, AFTER)
    assert stands(case) == before
    newest = Move.objects.filter(case=case)[0]
    assert (newest.deed, newest.by) == ("undo", town.vera)
    assert JournalEntry.objects.filter(code="cases.undone", thing_id=str(case.pk)).count() == 1


def test_a_standing_clock_stands_again(town: Town, case: Case) -> None:
    services.take_case(case, town.boris, NOW)
    services.ask_applicant(case, "Какой подъезд?", town.boris, NOW + timedelta(minutes=5))
    before = stands(case)
    services.close_unanswered(case, "spam", town.vera, LATER)
    services.undo_last(case, town.vera, AFTER)
    assert stands(case) == before


def test_a_decision_of_several_deeds_is_taken_back_at_once(town: Town) -> None:
    case = town.case("Темно и страшно, сделайте что-нибудь.", "incident", NOW)
    before = stands(case)
    services.set_topic(case, Topic.objects.exclude(pk=case.topic_id or 0)[0], town.vera, LATER)
    services.set_urgency(case, "high", town.vera, LATER)
    services.assign_case(case, town.bodies[1], town.vera, LATER, "решено при разборе")
    services.undo_last(case, town.vera, AFTER)
    assert stands(case) == before
    assert Notice.objects.filter(body=town.bodies[1], text__contains="отменена").exists()


def test_it_takes_back_only_ones_own_last_deed(town: Town, case: Case) -> None:
    services.set_urgency(case, "high", town.vera, LATER)
    with pytest.raises(Refused, match="Отменять нечего"):
        services.undo_last(case, town.boris, AFTER)
    services.take_case(case, town.boris, AFTER)
    with pytest.raises(Refused, match="Отменять нечего"):
        services.undo_last(case, town.vera, AFTER)


def test_what_has_left_the_building_is_not_taken_back(town: Town, case: Case) -> None:
    services.take_case(case, town.boris, NOW)
    services.ask_applicant(case, "Какой подъезд?", town.boris, LATER)
    with pytest.raises(Refused, match="отменить нельзя"):
        services.undo_last(case, town.boris, AFTER)


def test_a_joining_taken_back_leaves_the_pair_proposed_and_the_followers_where_they_were(
    town: Town, case: Case
) -> None:
    follower, main = town.case(PIT, "incident", NOW), town.case(PIT, "incident", NOW)
    services.join_case(follower, case, town.vera, NOW)
    services.join_case(case, main, town.vera, LATER)
    services.undo_last(case, town.vera, AFTER)
    follower.refresh_from_db()
    main.refresh_from_db()
    assert follower.joined_to == case
    assert not main.is_collective
    assert Twin.objects.get(case=case, other=main).decision == "proposed"
