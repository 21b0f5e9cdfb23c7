"""The card of a case: whole pages, cases of every age and state."""

from bench.desk import measure_pages
from bench.filling import fill
from bench.measuring import Measured
from bench.pool import main_town
from otklik.cases.models import Case
from otklik.cases.states import STATES
from otklik.common.scope import within

OF_EACH_STATE = 5


def measure(cases: int) -> Measured:
    """Milliseconds of a page; the most queries a card needs."""
    fill(cases)
    town = main_town()
    with within(town.pk):
        numbers = [
            number
            for state, _ in STATES
            for number in Case.objects.filter(municipality=town, state=state)
            .order_by("-came_at")
            .values_list("number", flat=True)[:OF_EACH_STATE]
        ]
        oldest = Case.objects.filter(municipality=town).order_by("came_at").values_list("number", flat=True)
        numbers += list(oldest[:OF_EACH_STATE])
    return measure_pages("card", cases, [f"/cases/{number}/" for number in numbers])
