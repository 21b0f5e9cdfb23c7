"""Запросы материалов: what the regional centre has asked for, parts of blocks, one paper of them."""

from datetime import date

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST, require_safe

from otklik.charter.schema.office import Report as CharterReport
from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.common.today import today_in
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.reports import materials
from otklik.reports.material_state import line_of, part_lines, requests_of
from otklik.reports.materials import CHARTER_KEY, Asked
from otklik.reports.models import MaterialRequest, RequestPart
from otklik.reports.norms import part_days
from otklik.reports.periods import in_words
from otklik.topics.models import Block


@require_safe
@needs("reports.compose")
def new(request: DeskRequest) -> HttpResponse:
    """The form of a new request; the addressee of the charter stands in it."""
    town = request.municipality
    context = {
        "sender": (asked := _charter_report(request)) and asked.addressee,
        "blocks": list(Block.objects.filter(municipality=town)),
        "part_days": part_days(town),
        "today": today_in(town),
    }
    return page_or_part(request, "reports/request_new", context)


@require_POST
@needs("reports.compose")
def take(request: DeskRequest) -> HttpResponse:
    """Write the request down, ask the blocks."""
    asked = Asked(
        sender=request.POST.get("sender", ""),
        text=request.POST.get("text", ""),
        period=_period(request),
        due=_day(request, "due", "Укажите срок, к которому ждут материалы."),
        blocks=request.POST.getlist("blocks"),
        outer_number=request.POST.get("outer_number", ""),
        outer_day=parse_date(request.POST.get("outer_day", "") or " "),
        charter_key=CHARTER_KEY if _charter_report(request) else "",
    )
    made = materials.take_request(request.municipality, asked, request.user, timezone.now())
    return done(request, f"{made}: блоки попросили о частях", _address(made))


@require_safe
@needs("reports.view", "reports.compose")
def one(request: DeskRequest, key: int) -> HttpResponse:
    """The request with its term and the parts, each with the deeds of the viewer."""
    found, today = _request(request, key), today_in(request.municipality)
    line = line_of(found, today)
    context = {
        "line": line,
        "request_": found,
        "words": in_words(Period(found.since, found.until)),
        "parts": part_lines(found, found.parts.all(), request.rights, today),
        "may_compose": may(request, "reports.compose"),
    }
    return page_or_part(request, "reports/request", context)


@require_POST
@needs("reports.compose", "reports.verify")
def deed(request: DeskRequest, key: int, name: str) -> HttpResponse:
    """Fill, confirm or return a part; assemble the paper; withdraw the request."""
    found, now, text = _request(request, key), timezone.now(), request.POST.get("text", "")
    match name:
        case "fill":
            materials.fill_part(_part(request, found), text, request.user, now)
            said = "Часть записана"
        case "confirm":
            materials.confirm_part(_part(request, found), request.user, now)
            said = "Часть подтверждена"
        case "return":
            materials.return_part(_part(request, found), text, request.user)
            said = "Часть возвращена блоку"
        case "withdraw":
            materials.withdraw(found, text, request.user, now)
            said = "Запрос снят"
        case "assemble":
            report = materials.assemble(found, request.user, now)
            return done(
                request, "Материалы собраны: проверьте и заморозьте", reverse("desk:report", args=[report.pk])
            )
        case _:
            raise Http404
    return done(request, said, _address(found))


def _charter_report(request: DeskRequest) -> CharterReport | None:
    return charter_of(request.municipality).reports.get(CHARTER_KEY)


def _request(request: DeskRequest, key: int) -> MaterialRequest:
    found = requests_of(request.municipality).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _part(request: DeskRequest, found: MaterialRequest) -> RequestPart:
    key = request.POST.get("part", "")
    part = found.parts.filter(pk=int(key)).first() if key.isdigit() else None
    if part is None:
        raise Http404
    part.request = found
    return part


def _period(request: DeskRequest) -> Period:
    since = _day(request, "since", "Укажите, за какие дни нужны данные.")
    until = _day(request, "until", "Укажите, за какие дни нужны данные.")
    if until < since:
        raise Refused("Последний день данных раньше первого: исправьте даты.")
    return Period(since, until)


def _day(request: DeskRequest, name: str, refusal: str) -> date:
    try:
        day = parse_date(request.POST.get(name, ""))
    except ValueError:
        day = None
    if day is None:
        raise Refused(refusal)
    return day


def _address(found: MaterialRequest) -> str:
    return reverse("desk:report_request", args=[found.pk])
