"""What the charter says to the clocks: working hours, time zone and the values of parameters. Pure.

Used by `selectors` over a loaded charter and by `otklik deadlines count` over a preset's file.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from otklik.charter.schema import Charter
from otklik.charter.schema.parameters import ParameterRow
from otklik.deadlines.calendar import WorkCalendar
from otklik.deadlines.hours import Part, WorkingHours
from otklik.deadlines.norms import Parameters
from otklik.deadlines.plans import DayKind, YearPlan


def calendar_from(
    charter: Charter, plans: Mapping[int, YearPlan], regional: Mapping[date, DayKind] | None = None
) -> WorkCalendar:
    """The working calendar under this charter; `regional` are the municipality's own days."""
    return WorkCalendar(
        plans,
        zone=ZoneInfo(charter.identity.time_zone),
        hours=hours_of(charter),
        regional=regional or {},
        night_duty=charter.hours.night_duty,
    )


def hours_of(charter: Charter) -> WorkingHours:
    """The parts of the working day, split by lunch where the charter names it."""
    hours = charter.hours
    parts: tuple[Part, ...] = ((hours.start, hours.end),)
    if hours.lunch_start and hours.lunch_end:
        parts = ((hours.start, hours.lunch_start), (hours.lunch_end, hours.end))
    return WorkingHours(parts, timedelta(minutes=hours.short_by_minutes))


def parameters_from(charter: Charter, on: date) -> Parameters:
    """Values of the file's parameters in force on the day."""
    found = {key: _in_force(rows, on) for key, rows in charter.parameters.items()}
    return {key: row.value for key, row in found.items() if row}


def _in_force(rows: Iterable[ParameterRow], on: date) -> ParameterRow | None:
    valid = [row for row in rows if (row.valid_from or date.min) <= on <= (row.valid_to or date.max)]
    return max(valid, key=lambda row: row.valid_from or date.min, default=None)
