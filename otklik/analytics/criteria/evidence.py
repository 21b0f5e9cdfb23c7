"""Queries that prove clauses about automatic analysis, growth factors and weak sides."""

from django.db.models import Count, Max, Q, Sum

from otklik.analytics.criteria.models import Criterion, Finding, Run
from otklik.channels.models import Channel
from otklik.charter.evidence import Evidence, Rows, counted, proves
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import count
from otklik.deadlines.clocks import INCIDENT_CHANNELS, POS_CHANNELS

PAGE = "/findings/"
FINDINGS = ("находка", "находки", "находок")


@proves("analytics.auto_runs")
def auto_runs(municipality: Municipality, period: Period) -> Evidence:
    """Automatic analyses of the period, with the criteria that are on and what they found."""
    start, end = period.moments(municipality.time_zone)
    runs = Run.objects.filter(municipality=municipality, at__gte=start, at__lt=end)
    found = runs.aggregate(n=Count("pk"), last=Max("at"), made=Sum("found"))
    if not found["n"]:
        return Evidence(0, None, PAGE)
    on = Criterion.objects.filter(municipality=municipality, is_on=True).count()
    told = f"{count(on, 'критерий', 'критерия', 'критериев')}, {count(found['made'] or 0, *FINDINGS)}"
    return Evidence(found["n"], found["last"], PAGE, told, rows=(Rows(runs, "at"),))


def _of_findings(key: str, condition: Q, kinds: frozenset[str] = frozenset()) -> None:
    """Register one query: findings of the period; of channels of these kinds when they are named."""

    @proves(key)
    def query(municipality: Municipality, period: Period) -> Evidence:
        start, end = period.moments(municipality.time_zone)
        rows = Finding.objects.filter(condition, municipality=municipality, at__gte=start, at__lt=end)
        if kinds:
            channels = Channel.objects.filter(municipality=municipality, kind__in=kinds)
            rows = rows.filter(channel__in=channels.values("key"))
        return counted(rows, "at", PAGE)


# A growth is a factor once a person has named its cause; a weak side, once a person has called it so.
_of_findings("analytics.incident_growth", ~Q(cause=""), INCIDENT_CHANNELS)
_of_findings("analytics.pos_growth", ~Q(cause=""), POS_CHANNELS)
_of_findings("analytics.weak_sides", Q(decision="weak"))
