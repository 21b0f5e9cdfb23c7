"""The queue over letters of a town: found, kept fresh, gone, decided once."""

from datetime import datetime, timedelta

import pytest

from otklik.accounts.models import User
from otklik.analytics.services import rebuild
from otklik.charter.selectors import forget_remembered
from otklik.charter.services import change_parameter
from otklik.common.errors import Refused
from otklik.outreach.polls.models import Poll
from otklik.problems.asking.drafting import draft_from
from otklik.problems.asking.models import Candidate
from otklik.problems.asking.services import find_questions, refuse
from otklik.problems.services import Proposal, raise_problem
from tests.fixtures.lived import back_in, made_once
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-10-20T12:00:00+03:00")
PIT = "На улице Гагарина напротив дома 12 огромная яма на дороге, пробили колесо. Когда заделаете?"


def with_letters(key: str = "borovichi") -> Town:
    """Six letters of one matter, a day each, after a quieter quarter."""
    town = build_town(key)
    town.case("Не горит фонарь у дома 3 на улице Победы.", "pos", NOW - timedelta(days=120))
    for days in range(1, 7):
        town.case(PIT, "pos", NOW - timedelta(days=days))
    rebuild(town.municipality, now=NOW)
    return town


lived = made_once(with_letters)


@pytest.fixture
def town(lived: Town, db: None) -> Town:
    return back_in(lived)


@pytest.fixture
def runner(town: Town) -> User:
    return town.user_with("runner", ["outreach.polls"])


def found_in(town: Town) -> Candidate:
    """The one question the letters make."""
    find_questions(town.municipality, NOW)
    return Candidate.objects.get(municipality=town.municipality, state="open")


def test_growing_letters_become_a_question_and_stay_one(town: Town) -> None:
    found = found_in(town)
    assert found.reason.replace("\xa0", " ").startswith("6 сообщений за 90 дней, за столько же до того — 0")
    assert found.sources == ["growth"]
    assert (found.priority > 0, 0 < found.sureness < 1) == (True, True)
    assert find_questions(town.municipality, NOW) == []
    assert Candidate.objects.count() == 1


def test_a_problem_of_the_list_lifts_its_question(town: Town) -> None:
    before = found_in(town)
    keeper = town.user_with("keeper", ["problems.manage", "cases.view"])
    raised = Proposal("cases", "Ямы", "заведена вручную", NOW.date(), topic=before.topic, point=(58.4, 33.9))
    problem = raise_problem(town.municipality, raised, keeper, NOW)
    find_questions(town.municipality, NOW)
    after = Candidate.objects.get(pk=before.pk)
    assert after.problem == problem and "problem" in after.sources
    assert after.priority > before.priority


def test_a_question_whose_letters_are_old_is_gone(town: Town) -> None:
    found = found_in(town)
    find_questions(town.municipality, NOW + timedelta(days=120))
    found.refresh_from_db()
    assert found.state == "gone"


def test_a_draft_takes_the_question_out_of_the_queue_for_a_window(town: Town, runner: User) -> None:
    found = found_in(town)
    poll = draft_from(found, runner, NOW)
    assert (poll.state, poll.topic_key) == ("draft", found.topic.key if found.topic else "")
    assert poll.questions.count() == 3
    assert find_questions(town.municipality, NOW) == []
    with pytest.raises(Refused, match="решение уже есть"):
        draft_from(Candidate.objects.get(pk=found.pk), runner, NOW)
    assert Poll.objects.count() == 1


def test_a_refusal_needs_its_reason_and_is_not_found_again(town: Town, runner: User) -> None:
    found = found_in(town)
    with pytest.raises(Refused, match="почему не спрашиваем"):
        refuse(found, " ", runner, NOW)
    refuse(found, "решает область", runner, NOW)
    assert find_questions(town.municipality, NOW) == []


def test_a_town_that_has_just_begun_to_count_knows_of_no_growth(town: Town) -> None:
    """In ten weeks the letters are still in the window, and nothing at all is in the one before it."""
    assert find_questions(town.municipality, NOW + timedelta(days=70)) == []


def test_the_charter_says_how_many_letters_make_a_question(
    town: Town, runner: User, request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(forget_remembered)
    change_parameter(town.municipality, "polls.ask_least_cases", 7, "протокол № 5", runner, NOW.date())
    assert find_questions(town.municipality, NOW) == []
    change_parameter(town.municipality, "polls.ask_least_cases", 6, "протокол № 6", runner, NOW.date())
    assert len(find_questions(town.municipality, NOW)) == 1


def test_a_charter_without_forms_has_no_queue(db: None) -> None:
    """The same letters make a question elsewhere."""
    assert find_questions(with_letters("demyansk").municipality, NOW) == []
