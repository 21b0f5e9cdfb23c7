"""Мой день: one sentence, the week of clocks, what burns, what waits for my hand."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from otklik.accounts.models import Notice
from otklik.accounts.selectors import notices_for
from otklik.cases.models import Case
from otklik.cases.selectors import cases_for, my_day
from otklik.common import words
from otklik.common.models import Municipality
from otklik.deadlines.calendar import WorkCalendar
from otklik.deadlines.selectors import calendar_of
from otklik.desk.clocks import row_chip
from otklik.desk.content_today import goes_out
from otklik.desk.findings import CONCERNED, findings_of
from otklik.desk.inbox import ANSWER_DEEDS, InboxRow, inbox_rows
from otklik.desk.page import may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.ruler import Ruler, draw_ruler

TERMS = ("срок", "срока", "сроков")
NEXT_DEED = {"registered": "Назначить", **ANSWER_DEEDS}


@require_safe
@needs()
def day(request: DeskRequest) -> HttpResponse:
    """What burns for this role, in the first 640 pixels."""
    now = timezone.now()
    town, calendar = request.municipality, calendar_of(request.municipality)
    mine = my_day(request.user, town, now, request.rights)
    waits = inbox_rows(request, mine.to_sign, now, calendar)
    context = {
        "now": now,
        "day": mine,
        "opening": opening(mine.broken, mine.today, len(mine.to_sign)),
        "burning": [rowed(case, now, calendar, may(request, "cases.bulk")) for case in mine.burning],
        "waits": waits,
        "late_waits": late_among(waits),
        "to_sign": mine.to_sign,
        "findings": findings_of(request, now),
        "sees_findings": may(request, *CONCERNED),
        "goes_out": goes_out(request, now),
        "ruler": week_ruler(request, now, calendar),
        "notices": news_of(request, {href for one in waits for href in (one.href, one.behind)}),
        "substituting": request.rights.substituting,
        "may_sort": may(request, "cases.sort", "cases.assign"),
    }
    return page_or_part(request, "day/day", context)


def rowed(case: Case, now: datetime, calendar: WorkCalendar, may_hurry: bool = False) -> dict[str, Any]:
    """A case with its chip and the nearest deed: who watches over others' work hurries it."""
    is_with_others = case.body_id is not None and case.state in ("assigned", "in_work")
    deed = "hurry" if may_hurry and is_with_others else NEXT_DEED.get(case.state, "Открыть")
    return {"case": case, "chip": row_chip(case, now, calendar), "deed": deed}


def late_among(waits: list[InboxRow]) -> int:
    """How many things besides answers are late: answers are counted among the breached cases already."""
    return sum(one.is_late and not one.is_answer for one in waits)


def news_of(request: DeskRequest, hrefs: set[str]) -> list[Notice]:
    """The newest notices about what does not stand among the things that wait."""
    found = notices_for(request.user, request.municipality, request.rights)[:20]
    return [one for one in found if one.link not in hrefs][:6]


def opening(broken: int, today: int, to_sign: int) -> list[dict[str, str]]:
    """The opening sentence in pieces; every number in it is a link to exactly those cases."""
    here = reverse("desk:list")
    pieces: list[dict[str, str]] = []
    if broken:
        verb = words.plural(broken, "нарушен", "нарушены", "нарушено")
        said = words.capitalised(f"{words.spell_count(broken, TERMS)} {verb}")
        pieces.append({"text": said, "href": f"{here}?term=overdue&order=term", "look": "is-over"})
    if today:
        ends = f"{words.plural(today, 'истекает', 'истекают', 'истекают')} сегодня"
        # After «три срока нарушены» the noun is understood: «шесть истекают сегодня».
        said = words.spell(today) if broken else words.capitalised(words.spell_count(today, TERMS))
        address, before = f"{here}?term=today&order=term", ", " if broken else ""
        pieces.append({"before": before, "text": f"{said} {ends}", "href": address, "look": "is-today"})
    if to_sign:
        verb = words.plural(to_sign, "ждёт", "ждут", "ждут")
        said = words.spell_count(to_sign, ("ответ", "ответа", "ответов"))
        pieces.append(
            {
                "before": f". Вашего слова {verb} " if pieces else f"Вашего слова {verb} ",
                "text": said,
                "href": "#to-sign",
                "look": "",
            }
        )
    return pieces


def week_ruler(request: DeskRequest, now: datetime, calendar: WorkCalendar) -> Ruler:
    """Clocks of the person's cases: breached, by the hours of today, by the days after."""
    local = calendar.local(now)
    end = (local + timedelta(days=9)).replace(hour=0, minute=0)
    rows = (
        cases_for(request.user, request.municipality, request.rights)
        .filter(next_control_at__lt=end)
        .order_by("next_control_at")
        .values_list("next_control_at", "next_term_key")[:2000]
    )
    return draw_ruler([(at, key) for at, key in rows if at is not None], now, calendar)


def zone_of(municipality: Municipality) -> ZoneInfo:
    """The municipality's clock."""
    return ZoneInfo(municipality.time_zone)
