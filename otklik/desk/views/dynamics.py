"""Динамика: how the flow changed, what it is made of, unusual days, the weeks ahead with the error of the forecast."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from otklik.analytics.growth.forecast import Forecast
from otklik.analytics.growth.selectors import compare, foretell, spikes_of
from otklik.analytics.growth.split import Factor
from otklik.analytics.growth.words import finding
from otklik.analytics.models import FactMark
from otklik.analytics.names import Names, names_of
from otklik.cases.selectors import CaseFilter
from otklik.cases.selectors.filters import NOT_KNOWN
from otklik.common import words
from otklik.common.period import Period
from otklik.common.periods import before, week_of, year_before
from otklik.desk.frame import SEES_CASES
from otklik.desk.page import may, needs, page_or_part
from otklik.desk.periods import period_asked, period_picker, say_days, say_past, turned
from otklik.desk.request import DeskRequest

CUTS = {
    "topic": "по темам",
    "settlement": "по местам",
    "channel": "по каналам",
    "body": "по органам",
    "block": "по блокам",
}
MOST = 15


@dataclass(frozen=True)
class Line:
    """A factor in words, with the list of its cases."""

    name: str
    before: int
    after: int
    change: str
    href: str


@require_safe
@needs("analytics.view")
def dynamics(request: DeskRequest) -> HttpResponse:
    """The period against the one before it or the same days a year ago; the whole question stands in the address."""
    town, query, today = request.municipality, request.GET, timezone.localdate()
    period = period_asked(query, today)
    past = year_before(period) if query.get("past") == "year" else before(period)
    by = query.get("by", "") if query.get("by") in CUTS else "topic"
    growth, name = compare([town.pk], past, period, by), names_of(town, by)
    listed = may(request, *SEES_CASES)
    context = {
        "growth": growth,
        "said": finding(growth, name),
        "season": words.number(round(growth.season)),
        "lines": [line_of(one, by, name, period, listed) for one in growth.factors[:MOST]],
        "rest": rest_of(growth.factors[MOST:]),
        "spikes": [
            (
                words.long_day(one.day),
                one.count,
                round(one.band.expected),
                href_of("", "", Period(one.day, one.day), listed),
            )
            for one in spikes_of([town.pk], period)
        ],
        "ahead": {
            "Поступит": weeks_of(foretell([town.pk], today), today),
            "Просрочек будет": weeks_of(foretell([town.pk], today, None, "due_overdue"), today),
        },
        "picker": period_picker(query, period, today),
        "cuts": [(title, turned(query, by=key), key == by) for key, title in CUTS.items()],
        "pasts": [
            (say_past(period, before(period)), turned(query, past=""), query.get("past") != "year"),
            (say_past(period, year_before(period)), turned(query, past="year"), query.get("past") == "year"),
        ],
        "says_past": say_past(period, past),
        "by_title": CUTS[by],
        "past": say_days(past, today),
        "now": say_days(period, today),
        "mark": FactMark.objects.filter(municipality=town).first(),
    }
    return page_or_part(request, "dynamics/dynamics", context)


def rest_of(factors: Sequence[Factor[Any]]) -> Line | None:
    """Every factor below the shown ones in one row, so that the table adds up to the whole."""
    if not factors:
        return None
    name = f"Ещё {words.count(len(factors), 'строка', 'строки', 'строк')}"
    change = round(sum(one.change for one in factors))
    before_all, after_all = sum(one.before for one in factors), sum(one.after for one in factors)
    return Line(name, before_all, after_all, signed(change), "")


def signed(change: int) -> str:
    """«+12», «−3», «0»."""
    return f"+{words.number(change)}" if change > 0 else words.number(change)


def line_of(one: Factor[Any], by: str, name: Names, period: Period, listed: bool) -> Line:
    """A factor as a row: «+12» of its own beside what was and is."""
    href = href_of(by, one.key, period, listed)
    return Line(name(one.key), one.before, one.after, signed(round(one.change)), href)


def href_of(by: str, key: object, period: Period, listed: bool) -> str:
    """The list of the cases behind a figure; empty where the list cannot ask for them."""
    unknown_too = by in ("topic", "settlement")
    if not listed or (by and not key and not unknown_too):
        return ""
    asked = {by: str(key) if key else NOT_KNOWN} if by else {}
    days = {"since": period.since.isoformat(), "until": period.until.isoformat()}
    return f"{reverse('desk:list')}?{CaseFilter(**asked, **days).to_query()}"


def weeks_of(told: Forecast | None, today: date) -> dict[str, Any] | None:
    """The weeks ahead from the current one, and the error of the method on the past."""
    if told is None:
        return None
    weeks = []
    for step, week in enumerate(told.weeks):
        days = week_of(today + timedelta(weeks=step))
        weeks.append(
            {
                "days": f"{words.short_day(days.since)} — {words.short_day(days.until)}",
                "expected": round(week.expected),
                "low": round(week.low),
                "high": round(week.high),
            }
        )
    return {"weeks": weeks, "error": told.error}
