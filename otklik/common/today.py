"""The day of a municipality: Russia has eleven time zones, and a duty of today is of the place's own day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from otklik.common.models import Municipality


def today_in(municipality: Municipality) -> date:
    """The municipality's own day."""
    return day_in(municipality, timezone.now())


def day_in(municipality: Municipality, moment: datetime) -> date:
    """The day of a moment where the municipality is: after nine in the evening by UTC it is tomorrow in Moscow."""
    return timezone.localdate(moment, ZoneInfo(municipality.time_zone))
