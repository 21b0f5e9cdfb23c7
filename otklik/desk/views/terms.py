"""Сроки: running clocks as a board — overdue, today, tomorrow, the week, later; and how terms were kept."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from otklik.analytics.models import FactMark
from otklik.cases.models import Term
from otklik.cases.selectors import CaseFilter, list_page, terms_board
from otklik.common.periods import before
from otklik.deadlines.calendar import WorkCalendar
from otklik.deadlines.selectors import calendar_alarm, calendar_of
from otklik.desk.clocks import chip_of, row_chip
from otklik.desk.cuts import cut_links, heads_of, terms_asked
from otklik.desk.drawings import drawn
from otklik.desk.page import may, needs, page_or_part
from otklik.desk.periods import period_picker, say_days
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CASES
from otklik.desk.sight import say_sight
from otklik.desk.summary import address_of

COLUMNS = (
    ("overdue", "Просрочено", "term=overdue&order=term", "Просроченных сроков нет."),
    ("today", "Сегодня", "term=today&order=term", "На сегодня сроков не осталось."),
    ("tomorrow", "Завтра", "term=soon&order=term", "На завтра сроков нет."),
    ("week", "Неделя", "state=open&order=term", "На этой неделе больше ничего не истекает."),
)


@require_safe
@needs(*SEES_CASES)
def board(request: DeskRequest) -> HttpResponse:
    """Five columns; each card shows the very clock that put it there."""
    now, calendar = timezone.now(), calendar_of(request.municipality)
    found = terms_board(request.user, request.municipality, now, request.rights)
    columns: list[dict[str, Any]] = [
        {
            "key": key,
            "title": title,
            "query": query,
            "empty": empty,
            "n": found.counts[key],
            "rows": [{"term": term, "chip": chip_of(term, now, calendar)} for term in getattr(found, key)],
        }
        for key, title, query, empty in COLUMNS
    ]
    columns.append(later(request, calendar))
    today = timezone.localdate()
    context = {
        "columns": columns,
        "alarm": calendar_alarm(today),
        "next_year": today.year + 1,
        "may_see_kept": may(request, "analytics.view"),
        "may_see_calendar": may(request, "charter.view", "deadlines.manage"),
    }
    return page_or_part(request, "terms/board", context)


def later(request: DeskRequest, calendar: WorkCalendar) -> dict[str, Any]:
    """The nearest of what is due after the week; the rest is in the list."""
    now = timezone.now()
    conditions = CaseFilter(state="open", order="term", term="in_time")
    page = list_page(request.user, request.municipality, conditions, now, "", 50, request.rights)
    edge = now + timedelta(days=8)
    cases = [case for case in page.rows if case.next_control_at and case.next_control_at > edge][:12]
    rows = [{"term": Term(case=case), "chip": row_chip(case, now, calendar)} for case in cases]
    return {
        "key": "later",
        "title": "Позже",
        "query": conditions.to_query(),
        "empty": "Дальше недели сроков нет.",
        "n": len(rows),
        "rows": rows,
    }


@require_safe
@needs("analytics.view")
def kept(request: DeskRequest) -> HttpResponse:
    """Соблюдение: who keeps terms and who does not, by body, topic, channel and block; waits of nine in ten."""
    asked, address = terms_asked(request), address_of(request)
    mark = FactMark.objects.filter(municipality=asked.town).first()
    context: dict[str, Any] = {
        "has_waits": asked.has_waits,
        "picker": period_picker(request.GET, asked.period, asked.today),
        "past": say_days(before(asked.period), asked.today),
        "cuts": cut_links(request.GET, asked),
        "may_see_board": bool(address),
        "limits": say_sight(asked.sight, asked.town),
        "mark": mark,
    }
    if mark and mark.brought_at:
        context["heads"] = heads_of(asked.heads, address)
        context["charts"] = drawn(request, "terms", {name: asked.drawing(name) for name in ("time", "cut")})
    return page_or_part(request, "terms/kept", context)
