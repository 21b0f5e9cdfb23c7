"""Queries that prove clauses about the alert chat: what has left, alerts at detection, reports in two parts.

A message counts from the moment it has left, by the channel or by hand; exercises never count.
"""

from typing import Any

from django.db.models import QuerySet

from otklik.charter.evidence import Evidence, counted, proves
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.risks.models import Alert
from otklik.risks.selectors import PAGE

CHAT = f"{PAGE}chat/"
AT = "outgoing__sent_at"


def _left(municipality: Municipality, period: Period, **more: Any) -> QuerySet[Alert]:
    start, end = period.moments(municipality.time_zone)
    rows = Alert.objects.filter(municipality=municipality, is_answer=False, drill=False, **more)
    return rows.filter(outgoing__state="sent", outgoing__sent_at__gte=start, outgoing__sent_at__lt=end)


@proves("risks.chat")
def chat(municipality: Municipality, period: Period) -> Evidence:
    """Everything said in the alert chat in the period, and how much was answered there."""
    start, end = period.moments(municipality.time_zone)
    heard = Alert.objects.filter(
        municipality=municipality, is_answer=True, drill=False, at__gte=start, at__lt=end
    )
    return counted(_left(municipality, period), AT, CHAT, f"ответов из чата: {heard.count()}")


@proves("risks.alerts")
def alerts(municipality: Municipality, period: Period) -> Evidence:
    """Messages about risks that have left, one of each detection."""
    return counted(_left(municipality, period, kind="alert"), AT, CHAT)


@proves("risks.reports")
def reports(municipality: Municipality, period: Period) -> Evidence:
    """Reports that have left, each with both parts: the text with its sites and the links of publications."""
    whole = _left(municipality, period, kind="report").exclude(parts__text="").exclude(parts__links=[])
    return counted(whole.exclude(parts__places=[]), AT, CHAT, "в двух частях")
