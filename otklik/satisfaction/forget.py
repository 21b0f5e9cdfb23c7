"""Personal data of satisfaction: the applicant's own words beside a score, which may name anybody.

The score and its reasons stay: they hold no person and the figures of past years need them.
"""

from datetime import datetime, timedelta

from otklik.audit.services import Entry, record_many
from otklik.cases.models import Case
from otklik.common.models import Municipality
from otklik.satisfaction.models import Score


def shown_of(case: Case) -> dict[str, str]:
    """What is held in the applicant's words, for an answer to the person's own request."""
    return {f"слова к оценке {score.score}": score.words for score in case.scores.exclude(words="")}


def erase_old(municipality: Municipality, now: datetime, years: int = 5) -> int:
    """Erase words beside scores older than `years` (fz59.storage_years); returns how many."""
    old = Score.objects.filter(municipality=municipality, at__lt=now - timedelta(days=365 * years))
    waiting = list(old.exclude(words="").select_related("case")[:1000])
    Score.objects.filter(pk__in=[score.pk for score in waiting]).update(words="")
    cases = {score.case_id: score.case for score in waiting}
    record_many(
        [Entry(case, "satisfaction.erased", why="истёк срок хранения") for case in cases.values()],
        municipality,
    )
    return len(waiting)
