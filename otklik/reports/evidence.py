"""Queries that prove clauses about papers: notes, quarterly and channel reports, verified and joined parts."""

from typing import Any

from django.db.models import Max

from otklik.charter.evidence import Evidence, Rows, counted, proves
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import NBSP
from otklik.reports.material_state import line_of, requests_of
from otklik.reports.models import Report, ReportConfirmation

PAGE = "/reports/"


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
_signed("reports.region_data", form__in=("quarter", "ukaz171"))
_signed("reports.region_projects", charter_key="region_projects")
_signed("reports.auto_result", form="analysis")
_signed("reports.planning", "reports.planning_region", form="planning")


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
