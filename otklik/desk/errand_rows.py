"""Errands as screens draw them: the chip, the words of the source, the deed that waits for the viewer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from otklik.common.words import short_day
from otklik.deadlines.calendar import WorkCalendar
from otklik.desk.clocks import Chip
from otklik.desk.day_clock import day_chip
from otklik.desk.request import DeskRequest
from otklik.office.errands.models import Errand
from otklik.office.errands.rules import DEEDS, KINDS
from otklik.office.errands.selectors import deeds_for

WHICH = "поручение"
NEXT = ("accept", "extend", "take", "report")
SHORT = {"accept": "Принять", "extend": "Решить о сроке", "take": "Взять", "report": "Отчитаться"}


@dataclass(frozen=True)
class ErrandRow:
    """A row: the errand, its chip, where it comes from, the next deed of the viewer («Открыть» when none)."""

    errand: Errand
    chip: Chip
    source: str
    deed: str
    href: str


def errand_rows(
    rows: Iterable[Errand], request: DeskRequest, now: datetime, calendar: WorkCalendar
) -> list[ErrandRow]:
    """Rows in the order given."""
    return [errand_row(one, request, now, calendar) for one in rows]


def errand_row(errand: Errand, request: DeskRequest, now: datetime, calendar: WorkCalendar) -> ErrandRow:
    """One row; deeds need the helpers of the errand beforehand."""
    deeds = deeds_for(errand, request.user, request.rights)
    asked = {key for key in deeds if key != "extend" or errand.asked_due_on}
    deed = next((SHORT[key] for key in NEXT if key in asked), "Открыть")
    return ErrandRow(errand, errand_chip(errand, now, calendar), source_words(errand), deed, address(errand))


def errand_chip(errand: Errand, now: datetime, calendar: WorkCalendar) -> Chip:
    """The clock of the errand: it stands while the report waits for acceptance, and ends with the report accepted."""
    if errand.state == "removed" and errand.closed_at:
        words = f"снято {short_day(calendar.day_of(errand.closed_at))}"
        return Chip("done", words, "", f"снято с контроля, {words}")
    if errand.state == "reported" and errand.reported_at:
        words = f"отчёт {short_day(calendar.day_of(errand.reported_at))}"
        return Chip("pause", words, "ждёт приёмки", f"{words}, ждёт приёмки")
    stopped = errand.reported_at if errand.state == "accepted" else None
    return day_chip(errand.due_on, WHICH, now, calendar, stopped)


def source_words(errand: Errand) -> str:
    """«протокол № 7» or the kind of the source."""
    return errand.source_words or KINDS[errand.kind]


def address(errand: Errand) -> str:
    """The card of the errand."""
    return reverse("desk:errand", args=[errand.number])


def deed_title(key: str) -> str:
    """The button of a deed."""
    return DEEDS[key].title
