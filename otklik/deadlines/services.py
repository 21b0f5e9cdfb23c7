"""Verbs that write the calendar: load our table, confirm a year by its act, set a day of the region.

`load_calendar` is a step of the set-up and may be repeated; the other two are deeds of an administrator.
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.db import transaction

from otklik.accounts.models import User
from otklik.audit.services import record
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.deadlines.models import CalendarDay, CalendarYear
from otklik.deadlines.plans import DATA_FILE, DayKind, TableDay, read_table
from otklik.deadlines.selectors import forget_remembered


def load_calendar() -> int:
    """Bring the country's days in line with our table; returns the number of years written.

    A year confirmed by a person, and a day set by one, stay as that person left them.
    """
    written = 0
    rows = sorted(read_table(DATA_FILE), key=lambda row: row.date)
    confirmed_here = set(
        CalendarYear.objects.filter(confirmed_by__isnull=False).values_list("year", flat=True)
    )
    with transaction.atomic():
        for year, days in groupby(rows, key=lambda row: row.date.year):
            if year not in confirmed_here:
                written += _load_year(year, list(days))
    forget_remembered()
    return written


def _load_year(year: int, days: Sequence[TableDay]) -> bool:
    """Rows with a note were made by a person and stay; the rest become what the table says."""
    rows = CalendarDay.objects.filter(municipality=None, date__year=year)
    ours = rows.filter(note="")
    kept = set(rows.exclude(note="").values_list("date", flat=True))
    wanted = {day.date: day.kind for day in days if day.date not in kept}
    facts = {"act": days[0].act, "source": days[0].source, "is_confirmed": days[0].is_confirmed}
    known = dict(ours.values_list("date", "kind"))
    if known == wanted and CalendarYear.objects.filter(year=year, **facts).exists():
        return False
    CalendarYear.objects.update_or_create(year=year, defaults=facts)
    ours.delete()
    CalendarDay.objects.bulk_create(CalendarDay(date=day, kind=kind) for day, kind in wanted.items())
    return True


@transaction.atomic
def confirm_year(year: int, act: str, source: str, by: User, municipality: Municipality) -> CalendarYear:
    """The operator has compared the year with its act. Raises `Refused` without an act.

    The calendar serves every municipality of the installation; the journal is of the one where it was done.
    """
    if not act.strip():
        raise Refused(f"Назовите акт, которым утверждён календарь {year} года: вид, дату и номер.")
    row, _ = CalendarYear.objects.update_or_create(
        year=year, defaults={"act": act, "source": source, "is_confirmed": True, "confirmed_by": by}
    )
    record(row, "deadlines.year_confirmed", by, municipality, why=act, details={"year": year})
    forget_remembered()
    return row


@transaction.atomic
def set_day(
    day: date, kind: DayKind, note: str, by: User, municipality: Municipality, for_all: bool = False
) -> CalendarDay:
    """Make a day off, working or short, for the municipality or (`for_all`) for the whole country.

    Raises `Refused` without a ground. Terms already counted keep their dates.
    """
    if not note.strip():
        raise Refused("Назовите основание: акт региона или перенос, по которому день меняется.")
    if for_all:
        CalendarYear.objects.get_or_create(year=day.year)
    row, _ = CalendarDay.objects.update_or_create(
        date=day, municipality=None if for_all else municipality, defaults={"kind": kind, "note": note}
    )
    record(row, "deadlines.day_set", by, municipality, why=note, details={"date": str(day), "kind": kind})
    forget_remembered()
    return row
