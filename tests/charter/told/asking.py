"""What to ask residents first."""

from datetime import timedelta

from otklik.analytics.services import rebuild
from otklik.problems.asking.models import Candidate
from otklik.problems.asking.services import find_questions
from tests.charter.centre import Centre
from tests.charter.told.tale import carries


@carries("POLL", borovichi=("BOR-1.1.3.е.1",), mikhaylovka=("MIH-1.1.7.6.1",))
def growing_letters_become_a_question_to_residents(centre: Centre) -> None:
    """Six letters of one matter within a week, none before: the question stands in the queue with its priority."""
    centre.town.case("Не горит фонарь у дома 3.", "pos", centre.now - timedelta(days=120))
    for days in range(6):
        centre.town.case(
            "Опять яма на дороге у моста, пробили колесо.", "pos", centre.now - timedelta(days=days + 1)
        )
    rebuild(centre.whose, now=centre.now)
    found = find_questions(centre.whose, centre.now)
    assert found, "no question was found"
    assert all(one.priority and one.reason for one in Candidate.objects.filter(municipality=centre.whose))
