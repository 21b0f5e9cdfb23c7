"""Queries that prove clauses about asking the applicants: how many scores, when last, where to look."""

from django.db.models import Count, Max, Q

from otklik.charter.evidence import Evidence, proves
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.satisfaction.models import Recheck, Score


def _of_scores(*keys: str, condition: Q) -> None:
    """Register one query: scores given in the period."""

    @proves(*keys)
    def query(municipality: Municipality, period: Period) -> Evidence:
        start, end = period.moments(municipality.time_zone)
        rows = Score.objects.filter(condition, municipality=municipality, at__gte=start, at__lt=end)
        found = rows.aggregate(count=Count("pk"), last=Max("at"))
        return Evidence(found["count"], found["last"], "/cases/")


_of_scores("satisfaction.scores", condition=Q())
_of_scores("satisfaction.by_applicant", condition=Q(case__applicant__isnull=False))
_of_scores("satisfaction.by_block", condition=~Q(case__block_key=""))


def _of_rechecks(*keys: str, condition: Q) -> None:
    """Register one query: answers read again in the period by somebody who did not write them."""

    @proves(*keys)
    def query(municipality: Municipality, period: Period) -> Evidence:
        start, end = period.moments(municipality.time_zone)
        rows = Recheck.objects.filter(
            condition, municipality=municipality, opened_at__gte=start, opened_at__lt=end
        )
        found = rows.aggregate(count=Count("pk"), last=Max("opened_at"))
        return Evidence(found["count"], found["last"], "/rechecks/")


_of_rechecks("quality.checks", "quality.by_channel", condition=Q())
_of_rechecks("quality.by_block", condition=~Q(case__block_key=""))
