"""Short ways to say a calendar and a moment in the tests of this package."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from otklik.deadlines.calendar import WorkCalendar
from otklik.deadlines.plans import shipped_plans

MOSCOW = WorkCalendar(shipped_plans())
KRASNOYARSK = WorkCalendar(shipped_plans(), zone=ZoneInfo("Asia/Krasnoyarsk"))
VOLGOGRAD = WorkCalendar(shipped_plans(), zone=ZoneInfo("Europe/Volgograd"))


def day(text: str) -> date:
    """«05.12.2025»."""
    return datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 - a date has no zone


def at(text: str, calendar: WorkCalendar = MOSCOW) -> datetime:
    """«05.12.2025 16:00» by the clock of the calendar's town."""
    return datetime.strptime(text, "%d.%m.%Y %H:%M").replace(tzinfo=calendar.zone)
