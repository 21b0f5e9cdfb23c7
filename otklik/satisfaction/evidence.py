"""Queries that prove clauses about asking the applicants: how many scores, when last, where to look."""

from django.db.models import Avg, Count, Max, Q

from otklik.charter.evidence import Evidence, Rows, counted, proves
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import number
from otklik.satisfaction.models import Recheck, Score, Study


def _of_scores(*keys: str, condition: Q, link: str = "/satisfaction/") -> None:
    """Register one query: scores given in the period."""

    @proves(*keys)
    def query(municipality: Municipality, period: Period) -> Evidence:
        start, end = period.moments(municipality.time_zone)
        rows = Score.objects.filter(condition, municipality=municipality, at__gte=start, at__lt=end)
        return counted(rows.select_related("case"), "at", link)


_of_scores("satisfaction.scores", condition=Q())
_of_scores("satisfaction.by_applicant", condition=Q(case__applicant__isnull=False))
_of_scores("satisfaction.by_block", condition=~Q(case__block_key=""))
# What the applicant calls a failure of the talk itself, beside the work that was or was not done.
_of_scores(
    "quality.conflicts",
    condition=Q(reasons__contains=["rude"])
    | Q(reasons__contains=["not_true"])
    | Q(reasons__contains=["no_answer"])
    | Q(reasons__contains=["unclear"]),
    link="/rechecks/",
)


@proves("satisfaction.summary")
def summary(municipality: Municipality, period: Period) -> Evidence:
    """Scores of the period with their mean, and how many bad ones were read again to the end."""
    start, end = period.moments(municipality.time_zone)
    rows = Score.objects.filter(municipality=municipality, at__gte=start, at__lt=end)
    found = rows.aggregate(
        n=Count("pk"),
        mean=Avg("score"),
        last=Max("at"),
        checked=Count("pk", filter=~Q(recheck__result="") & Q(recheck__isnull=False)),
    )
    told = ""
    if found["n"]:
        told = f"средняя оценка {number(found['mean'], 1)}, разобрано плохих: {found['checked']}"
    return Evidence(
        found["n"], found["last"], "/satisfaction/", told, rows=(Rows(rows.select_related("case"), "at"),)
    )


def _of_rechecks(*keys: str, condition: Q) -> None:
    """Register one query: answers read again in the period by somebody who did not write them."""

    @proves(*keys)
    def query(municipality: Municipality, period: Period) -> Evidence:
        start, end = period.moments(municipality.time_zone)
        rows = Recheck.objects.filter(
            condition, municipality=municipality, opened_at__gte=start, opened_at__lt=end
        )
        return counted(rows.select_related("case"), "opened_at", "/rechecks/")


_of_rechecks("quality.checks", "quality.by_channel", condition=Q())
_of_rechecks("quality.by_block", condition=~Q(case__block_key=""))
_of_rechecks("quality.pos_measures", condition=Q(case__channel__kind="pos") & ~Q(result=""))


@proves("satisfaction.studies")
def studies(municipality: Municipality, period: Period) -> Evidence:
    """Studies written down in the period."""
    start, end = period.moments(municipality.time_zone)
    rows = Study.objects.filter(municipality=municipality, at__gte=start, at__lt=end)
    return counted(rows, "at", "/satisfaction/")
