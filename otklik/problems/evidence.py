"""Queries that prove clauses about the list of problems, their sources and causes."""

from typing import Any

from django.db.models import Q, QuerySet

from otklik.charter.evidence import Evidence, counted, proves
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import count
from otklik.problems.models import Cause, Problem

PAGE = "/problems/"
ON_LIST = ~Q(state__in=["proposed", "dismissed"])
"""What a person has put onto the municipality's list, ended ones too."""


def _problems(municipality: Municipality, period: Period, condition: Q) -> QuerySet[Any]:
    """Problems of the period by the day they were raised."""
    start, end = period.moments(municipality.time_zone)
    return Problem.objects.filter(
        condition, municipality=municipality, raised_at__gte=start, raised_at__lt=end
    )


def _of_problems(key: str, condition: Q, asked: str = "") -> None:
    """Register one query: problems of the period under the condition."""

    @proves(key)
    def query(municipality: Municipality, period: Period) -> Evidence:
        return counted(_problems(municipality, period, condition), "raised_at", f"{PAGE}?state=all{asked}")


HAS_PLACE = Q(settlement__isnull=False) | Q(lat__isnull=False) | ~Q(place_text="")
_of_problems("problems.list", ON_LIST)
_of_problems("problems.local", ON_LIST & HAS_PLACE)
_of_problems("problems.from_polls", Q(source="polls"), "&source=polls")
_of_problems("problems.channel_setup", Q(source="channel_setup"), "&source=channel_setup")
_of_problems("problems.by_block", ON_LIST & ~Q(block_key=""))
_of_problems("problems.national_projects", ON_LIST & Q(indicator__isnull=False), "&source=national_projects")


@proves("problems.points")
def points(municipality: Municipality, period: Period) -> Evidence:
    """Problems with a point on the map."""
    rows = _problems(municipality, period, Q(lat__isnull=False) & ~Q(state="dismissed"))
    return counted(rows, "raised_at", PAGE)


@proves("problems.from_cases")
def from_cases(municipality: Municipality, period: Period) -> Evidence:
    """Problems gathered from cases that a person has agreed to."""
    joined = _problems(municipality, period, ON_LIST & Q(links__state="confirmed")).distinct()
    found = counted(joined, "raised_at", f"{PAGE}?state=all&source=cases")
    cases = joined.values("links__case").distinct().count() if found.count else 0
    words = count(cases, "карточка", "карточки", "карточек") if cases else ""
    return Evidence(found.count, found.last_at, found.link, words, rows=found.rows)


@proves("problems.causes")
def causes(municipality: Municipality, period: Period) -> Evidence:
    """Root causes of the period that a case proves."""
    start, end = period.moments(municipality.time_zone)
    rows = Cause.objects.filter(
        municipality=municipality,
        is_root=True,
        evidence__case__isnull=False,
        at__gte=start,
        at__lt=end,
    ).distinct()
    return counted(rows, "at", PAGE)
