"""The chip of a date: errands, measures, papers and clauses that fall due on a day speak the language of terms.

A day ends with its last minute in the municipality's own zone, so «сегодня» reads «до конца дня».
"""

from datetime import date, datetime

from otklik.deadlines.calendar import WorkCalendar
from otklik.deadlines.running import Term
from otklik.desk.clocks import Chip, chip_of


def day_chip(
    due_on: date, which: str, now: datetime, calendar: WorkCalendar, stopped_at: datetime | None = None
) -> Chip:
    """The chip of a date still ahead, passed, or kept at `stopped_at`; `which` stands under it."""
    end = calendar.end_of_day(due_on)
    return chip_of(Term(which, "day", False, end, end, end, stopped_at=stopped_at), now, calendar)
