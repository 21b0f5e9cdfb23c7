"""Queries that prove clauses about targets, directions of development and the information given to deciders."""

from django.db.models import Q

from otklik.analytics.targets.models import Direction
from otklik.analytics.targets.selectors import stands_of, targets_of
from otklik.audit.selectors import journal_of
from otklik.charter.evidence import Evidence, Rows, counted, proves
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.today import today_in

PAGE = "/kpi/"
GIVEN = ("reports.approved", "reports.sent", "criteria.found", "criteria.noted", "satisfaction.studied")
"""Deeds by which those who decide are given information: papers, findings, studies."""


@proves("goals.targets")
def handed_down(municipality: Municipality, period: Period) -> Evidence:
    """Targets handed down or in force in the period."""
    rows = targets_of(municipality).filter(since__lte=period.until, until__gte=period.since)
    return counted(rows, "handed_at", PAGE)


@proves("goals.targets_met")
def targets_met(municipality: Municipality, period: Period) -> Evidence:
    """Targets of the period whose fact stands beside the plan; how many are met or go to their plan."""
    rows = targets_of(municipality).filter(since__lte=period.until, until__gte=period.since)
    stands = stands_of(list(rows), municipality, min(today_in(municipality), period.until))
    known = [one for one in stands if one.fact.number is not None]
    if not known:
        return Evidence(0, None, PAGE)
    good = sum(one.state in ("met", "goes") for one in known)
    last = max(one.target.handed_at for one in known)
    return Evidence(
        len(known),
        last,
        PAGE,
        f"выполнены или идут к плану {good} из {len(known)}",
        rows=(Rows(rows, "handed_at"),),
    )


@proves("goals.directions")
def directions(municipality: Municipality, period: Period) -> Evidence:
    """Directions of development in force in the period."""
    rows = Direction.objects.filter(
        Q(until__isnull=True) | Q(until__gte=period.since), municipality=municipality, since__lte=period.until
    )
    return counted(rows, "set_at", PAGE)


@proves("goals.information")
def information(municipality: Municipality, period: Period) -> Evidence:
    """Papers signed and sent, findings and studies of the period: the journal of information given."""
    start, end = period.moments(municipality.time_zone)
    rows = journal_of(municipality).filter(code__in=GIVEN, at__gte=start, at__lt=end)
    return counted(rows, "at", "/journal/")
