"""Мониторинг: the daily log of pages and chats, findings of the machine, risk-prone topics."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.common.periods import last_days
from otklik.common.words import count
from otklik.desk.forms.problems import first_fault
from otklik.desk.forms.risk_watch import LookForm, ProneForm, WatchedPageForm
from otklik.desk.forms.risks import ReasonForm
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.views.risks import SEES, WORKS
from otklik.risks import services
from otklik.risks.models import RiskProneTopic, Sighting, WatchDay, WatchedPage
from otklik.risks.selectors import levels_of, prone_topics, sightings, watched_pages
from otklik.risks.watchlog import PageRow, watch_table

DAYS = 14
AT_ONCE = 30
STEP = 12.0
GROUPS = {"local_pages": "Местные страницы", "resident_chats": "Чаты с жителями"}
SAID = {
    "none": "не под наблюдением",
    "missing": "не смотрели",
    "nothing": "ничего не найдено",
    "found": "замечено",
}


@dataclass(frozen=True)
class Mark:
    """A day of the strip: its place, its look, its words."""

    x: float
    look: str
    said: str


@dataclass(frozen=True)
class Line:
    """A page of the log as the screen shows it: today's looks, the strip of the last days, days owed before today."""

    row: PageRow
    marks: Sequence[Mark]
    owed: int

    @property
    def today(self) -> Sequence[WatchDay]:
        """Looks of today."""
        return self.row.cells[-1].looks

    @property
    def is_looked(self) -> bool:
        """Whether a person has looked today."""
        return self.row.cells[-1].is_looked


@require_safe
@needs(*SEES)
def watch(request: DeskRequest) -> HttpResponse:
    """Today's log, also when nothing is found; what the machine noticed; topics that easily become risks."""
    town, today = request.municipality, timezone.localdate()
    rows = [line_of(one) for one in watch_table(town, last_days(today, DAYS)) if one.page.until is None]
    found = sightings(town)
    context: dict[str, Any] = {
        "groups": [
            (title, [one for one in rows if one.row.page.kind == key]) for key, title in GROUPS.items()
        ],
        "asks": [GROUPS[one].lower() for one in charter_of(town).risks.daily_watch],
        "rows": rows,
        "left": [one for one in rows if not one.is_looked],
        "today": today,
        "days": DAYS,
        "width": DAYS * STEP,
        "sightings": list(found.order_by("-at", "-pk")[:AT_ONCE]),
        "sightings_count": found.count(),
        "prone": prone_topics(town).count(),
        "may_work": may(request, WORKS),
        "page_form": WatchedPageForm(town, auto_id="page-%s"),
    }
    return page_or_part(request, "risks/watch", context)


def line_of(row: PageRow) -> Line:
    """A page with its strip; today is not owed yet."""
    marks = [
        Mark(place * STEP, one.state, f"{one.day:%d.%m}: {SAID[one.state]}")
        for place, one in enumerate(row.cells)
    ]
    return Line(row, marks, sum(one.state == "missing" for one in row.cells[:-1]))


@require_POST
@needs(WORKS)
def look(request: DeskRequest, key: int) -> HttpResponse:
    """One look at one page today."""
    page = _page(request, key)
    form = LookForm(request.municipality, request.POST)
    if not form.is_valid():
        raise Refused(first_fault(form))
    data = form.cleaned_data
    services.log_look(page, data["found"] or 0, request.user, timezone.now(), data["words"])
    said = "ничего не найдено" if not data["found"] else f"замечено {data['found']}"
    return done(request, f"{page.title}: {said}", reverse("desk:risk_watch"))


@require_POST
@needs(WORKS)
def nothing(request: DeskRequest) -> HttpResponse:
    """«Ничего не найдено» for the pages ticked."""
    keys = [one for one in request.POST.getlist("page") if one.isdecimal()]
    pages = list(watched_pages(request.municipality).filter(pk__in=keys))
    if not pages:
        raise Refused("Отметьте страницы, которые посмотрели.")
    many = services.log_nothing(pages, request.user, timezone.now())
    said = count(many, "страница", "страницы", "страниц")
    return done(request, f"Ничего не найдено: {said}", reverse("desk:risk_watch"))


@require_POST
@needs(WORKS)
def add_page(request: DeskRequest) -> HttpResponse:
    """A page or a chat goes under the daily watch."""
    form = WatchedPageForm(request.municipality, request.POST)
    if not form.is_valid():
        raise Refused(first_fault(form))
    made = services.watch_page(request.municipality, form.told(), request.user, timezone.now())
    return done(request, f"Под наблюдением: {made.title}", reverse("desk:risk_watch"))


@require_POST
@needs(WORKS)
def leave_page(request: DeskRequest, key: int) -> HttpResponse:
    """The page is looked at no more."""
    page = services.leave_page(_page(request, key), _why(request), request.user, timezone.now())
    return done(request, f"Больше не смотрим: {page.title}", reverse("desk:risk_watch"))


@require_POST
@needs(WORKS)
def dismiss(request: DeskRequest, key: int) -> HttpResponse:
    """A finding of the machine is no risk."""
    sighting = get_object_or_404(Sighting, municipality=request.municipality, pk=key)
    services.dismiss(sighting, _why(request), request.user, timezone.now())
    return done(request, "Записано: не риск", reverse("desk:risk_watch"))


@require_safe
@needs(*SEES)
def prone(request: DeskRequest) -> HttpResponse:
    """The register of risk-prone topics of municipal level."""
    town = request.municipality
    levels = levels_of(town)
    rows = [(one, levels.get(one.level_key)) for one in prone_topics(town)]
    context: dict[str, Any] = {
        "rows": rows,
        "form": ProneForm(town, auto_id="prone-%s"),
        "may_work": may(request, WORKS),
    }
    return page_or_part(request, "risks/prone", context)


@require_POST
@needs(WORKS)
def add_prone(request: DeskRequest) -> HttpResponse:
    """A topic enters the register of risk-prone ones."""
    form = ProneForm(request.municipality, request.POST)
    if not form.is_valid():
        raise Refused(first_fault(form))
    data, now = form.cleaned_data, timezone.now()
    services.list_prone(
        request.municipality, data["topic"], data["why"], request.user, now, form.listed(), data["level_key"]
    )
    return done(request, f"Рискогенная тема: {data['topic'].title}", reverse("desk:risk_prone"))


@require_POST
@needs(WORKS)
def strike_prone(request: DeskRequest, key: int) -> HttpResponse:
    """A topic leaves the register; the line stays with its dates."""
    row = get_object_or_404(RiskProneTopic, municipality=request.municipality, pk=key)
    services.strike_prone(row, _why(request), request.user, timezone.now())
    return done(request, "Тема исключена из перечня", reverse("desk:risk_prone"))


def _page(request: DeskRequest, key: int) -> WatchedPage:
    return get_object_or_404(WatchedPage, municipality=request.municipality, pk=key)


def _why(request: DeskRequest) -> str:
    form = ReasonForm(request.municipality, request.POST)
    if not form.is_valid():
        raise Refused("Напишите почему: причина останется в журнале.")
    return str(form.cleaned_data["why"])
