"""The day of a municipality: Russia has eleven time zones, and a duty of today is of the place's own day."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

from otklik.common.models import Municipality


def today_in(municipality: Municipality) -> date:
    """The municipality's own day."""
    return timezone.localdate(timezone=ZoneInfo(municipality.time_zone))
