"""Queries that prove clauses about the rating: frozen ratings by criterion and by channel."""

from typing import Any

from django.db.models import Count, Max

from otklik.analytics.rating.models import RatingPeriod, RatingRow
from otklik.charter.evidence import Evidence, Rows, counted, proves
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import count

PAGE = "/rating/"


def _of_criteria(*keys: str, criterion: str = "") -> None:
    """Register one query: ratings frozen in the period whose formula holds the criterion (any, when empty)."""
    named: dict[str, Any] = {"formula__data__criteria__contains": [{"key": criterion}]} if criterion else {}

    @proves(*keys)
    def query(municipality: Municipality, period: Period) -> Evidence:
        start, end = period.moments(municipality.time_zone)
        rows = RatingPeriod.objects.filter(
            municipality=municipality, frozen_at__gte=start, frozen_at__lt=end, **named
        )
        return counted(rows, "frozen_at", PAGE)


def _of_sheet(key: str, sheet: str) -> None:
    """Register one query: bodies that got a place in the sheet of a channel in the period."""

    @proves(key)
    def query(municipality: Municipality, period: Period) -> Evidence:
        start, end = period.moments(municipality.time_zone)
        rows = RatingRow.objects.filter(
            municipality=municipality,
            sheet=sheet,
            place__isnull=False,
            period__frozen_at__gte=start,
            period__frozen_at__lt=end,
        )
        found = rows.aggregate(
            n=Count("period", distinct=True), last=Max("period__frozen_at"), bodies=Count("pk")
        )
        told = count(found["bodies"], "место", "места", "мест") if found["n"] else ""
        shown = Rows(rows.select_related("body", "period"), "period__frozen_at")
        return Evidence(found["n"], found["last"], PAGE + f"?sheet={sheet}", told, rows=(shown,))


# The number of what was received stands in every row, so any frozen rating proves «количество».
_of_criteria("rating.recipients", "rating.count")
_of_criteria("rating.terms", criterion="overdue")
_of_criteria("rating.speed", criterion="speed")
_of_criteria("rating.completeness", criterion="solved")
_of_criteria("rating.quality", criterion="quality")
_of_sheet("rating.pos", "pos")
_of_sheet("rating.incident", "incident")
