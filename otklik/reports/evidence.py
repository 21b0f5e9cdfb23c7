"""Queries that prove clauses about papers: notes, quarterly and channel reports, verified and joined parts."""

from typing import Any

from django.db.models import Count, Max, QuerySet

from otklik.analytics.models import HeatmapSlice
from otklik.charter.evidence import Evidence, Rows, counted, proves
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import NBSP
from otklik.reports.material_state import line_of, requests_of
from otklik.reports.models import HandedTable, Report, ReportConfirmation

PAGE, SLICES = "/reports/", "/heatmap/slices/"


def _signed(*keys: str, **which: Any) -> None:
    """Register one query: reports of this kind signed in the period."""

    @proves(*keys)
    def query(municipality: Municipality, period: Period) -> Evidence:
        start, end = period.moments(municipality.time_zone)
        rows = Report.objects.filter(
            municipality=municipality, approved_at__gte=start, approved_at__lt=end, **which
        )
        return counted(rows, "approved_at", PAGE)


_signed("reports.note", form="note")
_signed("reports.verified", form="note", charter_key__in=("note", "summary"))
_signed("reports.decision_support", charter_key="decision_support")
_signed("reports.leader_review", charter_key="recipients_work")
_signed("reports.quarterly", form="quarter", charter_key="quarterly")
_signed("reports.consolidated", form__in=("note", "quarter"))
_signed("reports.pos", charter_key="pos")
_signed("reports.incident", charter_key="incident")
_signed("reports.region_projects", charter_key="region_projects")
_signed("reports.auto_result", form="analysis")
_signed("reports.planning", "reports.planning_region", form="planning")


@proves("reports.region_data")
def data_for_region(municipality: Municipality, period: Period) -> Evidence:
    """Reports signed and tables handed over to the systems of the region in the period."""
    start, end = period.moments(municipality.time_zone)
    signed = Report.objects.filter(
        municipality=municipality,
        approved_at__gte=start,
        approved_at__lt=end,
        form__in=("quarter", "ukaz171"),
    )
    return _joined(PAGE, Rows(signed, "approved_at"), Rows(_handed(municipality, period), "sent_at"))


@proves("channels.heat_map_export")
def tables_and_slices(municipality: Municipality, period: Period) -> Evidence:
    """Tables handed over to BI on a timer, and slices of the heat map given to a system outside by hand."""
    start, end = period.moments(municipality.time_zone)
    slices = HeatmapSlice.objects.filter(municipality=municipality, handed_at__gte=start, handed_at__lt=end)
    return _joined(SLICES, Rows(slices, "handed_at"), Rows(_handed(municipality, period), "sent_at"))


def _handed(municipality: Municipality, period: Period) -> QuerySet[HandedTable]:
    start, end = period.moments(municipality.time_zone)
    return HandedTable.objects.filter(municipality=municipality, sent_at__gte=start, sent_at__lt=end)


def _joined(link: str, *parts: Rows) -> Evidence:
    """One evidence of records of several kinds."""
    found = [part.rows.aggregate(n=Count("pk"), last=Max(part.at)) for part in parts]
    moments = [one["last"] for one in found if one["last"]]
    return Evidence(sum(one["n"] for one in found), max(moments, default=None), link, rows=parts)


@proves("reports.block")
def confirmed_by_blocks(municipality: Municipality, period: Period) -> Evidence:
    start, end = period.moments(municipality.time_zone)
    rows = ReportConfirmation.objects.filter(municipality=municipality, at__gte=start, at__lt=end)
    return counted(rows.select_related("report"), "at", PAGE)


@proves("office.requests_region")
def requests_answered(municipality: Municipality, period: Period) -> Evidence:
    """Materials sent in the period, and how many of them in time."""
    start, end = period.moments(municipality.time_zone)
    rows = requests_of(municipality).filter(report__sent_at__gte=start, report__sent_at__lt=end)
    lines = [line_of(one, period.until) for one in rows]
    last = rows.aggregate(last=Max("report__sent_at"))["last"]
    in_time = sum(one.state == "sent" for one in lines)
    return Evidence(
        len(lines),
        last,
        PAGE,
        f"из{NBSP}них в{NBSP}срок: {in_time}" if lines else "",
        rows=(Rows(rows, "report__sent_at"),),
    )
