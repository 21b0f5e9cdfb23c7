"""Календарь: holidays, transfers and short days of a year; a person compares it with the act and confirms it."""

from calendar import Calendar
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST, require_safe

from otklik.common.errors import Refused
from otklik.deadlines.plans import DAY_KINDS, QUARTERS, YearPlan, alarm_for, plan_year
from otklik.deadlines.selectors import own_days, year_plans
from otklik.deadlines.services import confirm_year, set_day
from otklik.deadlines.special_days import WORDS, SpecialDay, special_days
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest

MONTHS = (
    "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь",
    "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь",
)  # fmt: skip
YEARS = range(2000, 2101)


@require_safe
@needs("charter.view", "deadlines.manage")
def calendar(request: DeskRequest) -> HttpResponse:
    """One year: months at a glance, days to compare with the act, the deeds of who keeps the calendar."""
    today, plans = timezone.localdate(), year_plans()
    year = year_of(request.GET.get("year", "")) or today.year
    plan = plans.get(year) or plan_year(year)
    special = special_days(plan, own_days(request.municipality))
    context = {
        "plan": plan,
        "years": sorted({*(one for one in plans if one >= today.year - 1), today.year, today.year + 1, year}),
        "months": months_of(plan, special),
        "special": special,
        "quarters": [(number, plan.working_in_quarter(number)) for number in QUARTERS],
        "alarm": alarm_for(plans, today) if year != today.year + 1 else "",
        "next_year": today.year + 1,
        "may_keep": may(request, "deadlines.manage"),
        "kinds": [(kind, WORDS[kind]) for kind in DAY_KINDS],
    }
    return page_or_part(request, "calendar/calendar", context)


def months_of(plan: YearPlan, special: list[SpecialDay]) -> list[dict[str, Any]]:
    """Weeks of every month; a day is its number and what it is, an empty place is None."""
    marked = {one.date: one for one in special}

    def drawn(day: date) -> dict[str, Any]:
        one = marked.get(day)
        kind = one.kind if one else ("" if day in plan.working else "off")
        return {"n": day.day, "kind": kind, "special": one}

    return [
        {
            "title": title,
            "weeks": [
                [drawn(day) if day.month == number else None for day in week]
                for week in Calendar().monthdatescalendar(plan.year, number)
            ],
        }
        for number, title in enumerate(MONTHS, 1)
    ]


@require_POST
@needs("deadlines.manage")
def confirm(request: DeskRequest) -> HttpResponse:
    """The year is compared with its act, which is named."""
    year = year_of(request.POST.get("year", ""))
    if year is None:
        raise Refused("Не указан год.")
    act, source = request.POST.get("act", "").strip()[:200], request.POST.get("source", "").strip()[:200]
    confirm_year(year, act, source, request.user, request.municipality)
    return done(request, f"Календарь {year} года подтверждён", f"{reverse('desk:calendar')}?year={year}")


@require_POST
@needs("deadlines.manage")
def change_day(request: DeskRequest) -> HttpResponse:
    """One day off, working or short, for this municipality or for the whole country."""
    day = parse_date(request.POST.get("date", ""))
    kind = next((one for one in DAY_KINDS if one == request.POST.get("kind")), None)
    if day is None or kind is None or day.year not in YEARS:
        raise Refused("Укажите день и какой он: выходной, рабочий или короче на час.")
    ground = request.POST.get("note", "").strip()[:200]
    set_day(day, kind, ground, request.user, request.municipality, request.POST.get("country") == "1")
    said = f"{day:%d.%m.%Y} — {WORDS[kind]}. Уже посчитанные сроки не меняются"
    return done(request, said, f"{reverse('desk:calendar')}?year={day.year}")


def year_of(typed: str) -> int | None:
    """A year a calendar may have, or None."""
    return int(typed) if typed.isascii() and typed.isdigit() and int(typed) in YEARS else None
