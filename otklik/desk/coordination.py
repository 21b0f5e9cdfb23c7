"""What screens of coordination share: who sees them, the inner ways, chips of days, papers in two forms."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from otklik.common.models import Municipality
from otklik.deadlines.selectors import calendar_of
from otklik.desk.clocks import Chip
from otklik.desk.day_clock import day_chip
from otklik.desk.page import may
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import COORDINATES
from otklik.office.coordination.paper import TablePaper, paper_docx, paper_pdf

ASKED = (*COORDINATES, "reports.compose", "reports.view", "cases.view_body")
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
TITLES = {
    "outer_meeting": "Совещания",
    "training": "Обучение",
    "cooperation": "Взаимодействие",
    "support": "Обеспечение",
    "process": "Порядок работы",
}


def ways(request: DeskRequest, here: str) -> list[dict[str, object]]:
    """The inner pages in one row; who does not coordinate sees only the method notes."""
    found = [("methods", "Методики", reverse("desk:methods"))]
    if may(request, *COORDINATES):
        found = [
            ("coordination", "Обзор", reverse("desk:coordination")),
            ("plans", "План", reverse("desk:plans")),
            ("requests", "Запросы", reverse("desk:requests")),
            ("proposals", "Предложения", reverse("desk:proposals")),
            *((kind, title, reverse("desk:affairs", args=[kind])) for kind, title in TITLES.items()),
            *found,
            ("visas", "Визы", reverse("desk:visas")),
            ("competence", "Кто что решает", reverse("desk:competence")),
        ]
    return [{"title": title, "address": address, "is_here": key == here} for key, title, address in found]


def screen_of_requests(request: DeskRequest, name: str) -> str:
    """Whose tab the screens of requests stand under: who coordinates finds them inside «Координация»."""
    return "coordination/coordination" if may(request, *COORDINATES) else name


def chip_for(town: Municipality, due: date, which: str, done: datetime | date | None = None) -> Chip:
    """The chip of a day; a day of an end counts as its noon."""
    stopped = done if isinstance(done, datetime) or done is None else _noon(done, town)
    return day_chip(due, which, timezone.now(), calendar_of(town), stopped)


def _noon(day: date, town: Municipality) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo(town.time_zone))


def paper(made: TablePaper, form: str, name: str) -> HttpResponse:
    """The paper as a file: DOCX is saved, PDF opens."""
    content = paper_pdf(made) if form == "pdf" else paper_docx(made)
    response = HttpResponse(content, content_type=TYPES[form])
    place = "inline" if form == "pdf" else "attachment"
    response.headers["Content-Disposition"] = f'{place}; filename="{name}.{form}"'
    return response
