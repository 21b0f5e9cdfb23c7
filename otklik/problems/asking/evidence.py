"""The query that proves clauses about what to ask residents first."""

from otklik.charter.evidence import Evidence, counted, proves
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.problems.asking.models import Candidate


@proves("polls.queue")
def queue(municipality: Municipality, period: Period) -> Evidence:
    """Questions with a priority and its reason that the system found in the period."""
    start, end = period.moments(municipality.time_zone)
    rows = Candidate.objects.filter(municipality=municipality, at__gte=start, at__lt=end)
    taken = rows.filter(state="taken").count()
    return counted(rows, "at", "/polls/queue/?show=all", f"вынесено на опросы: {taken}" if taken else "")
