"""Шаблоны отчётов: versions of a municipality's own DOCX, tried on real figures before papers are drawn by them."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.periods import before, month_of
from otklik.common.today import today_in
from otklik.desk.page import done, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.office.models import Meeting
from otklik.office.protocol import protocol_of
from otklik.reports import protocols
from otklik.reports.composing import Order, compose
from otklik.reports.forms import LOOKS, PROTOCOL, Form
from otklik.reports.models import Report, ReportTemplate
from otklik.reports.parts import Document
from otklik.reports.render import CONTENT_TYPES
from otklik.reports.render.beside import draw
from otklik.reports.selectors import document_of
from otklik.reports.templating import (
    MAX_BYTES,
    drop_template,
    own_template,
    take_template,
    template_of,
    try_template,
    versions,
)

FIELDS = {
    "title": "название с номером",
    "subject": "о чём",
    "period": "период",
    "centre": "название центра",
    "addressee": "кому",
    "day": "дата документа",
    "parts": "разделы, абзацы, таблицы и диаграммы",
    "confirmed": "кто подтвердил",
    "signer": "должность подписывающего",
    "signature": "отметка о подписи",
    "attachments": "приложения",
    "foot": "строка внизу",
}


@require_safe
@needs("reports.verify")
def look(request: DeskRequest, name: str) -> HttpResponse:
    """The look of a form: which version draws, all versions, fields, and the tried one with its preview."""
    form = _form(name)
    own = list(versions(request.municipality, form))
    context = {
        "form": form,
        "current": own_template(request.municipality, name),
        "tried": next((one for one in own if one.taken_at is None), None),
        "versions": [one for one in own if one.taken_at],
        "fields": FIELDS.items(),
    }
    return page_or_part(request, "reports/look", context)


@require_safe
@needs("reports.verify")
def template(request: DeskRequest, name: str) -> HttpResponse:
    """The DOCX a form is drawn by, of today or of a version: to be edited and loaded back."""
    _form(name)
    asked = request.GET.get("version", "")
    content = template_of(request.municipality, name, int(asked) if asked.isdigit() else None)
    return _docx(content, f"{name}-template")


@require_POST
@needs("reports.verify")
def change_template(request: DeskRequest, name: str) -> HttpResponse:
    """Try a file, take the tried or an earlier version, or go back to the look of the product."""
    form, now = _form(name), timezone.now()
    to = reverse("desk:report_look", args=[name])
    match request.POST.get("deed", "try"):
        case "drop":
            drop_template(request.municipality, form, request.user)
            return done(request, f"{form.heading}: снова общий шаблон", to)
        case "take":
            take_template(_version(request, name, request.POST.get("version", "")), request.user, now)
            return done(request, f"{form.heading}: отчёты рисуются по этому шаблону", to)
        case _:
            given = request.FILES.get("file")
            if given is None:
                raise Refused("Выберите файл шаблона: DOCX, сохранённый из скачанного.")
            content = given.read(MAX_BYTES + 1)
            try_template(request.municipality, form, given.name or "", content, request.user, now)
            return done(request, "Шаблон проверен: посмотрите на цифрах и примите", to)


@require_safe
@needs("reports.verify")
def preview(request: DeskRequest, name: str, version: int) -> HttpResponse:
    """A version filled with real figures: of the newest paper of the form, else of the month that has ended."""
    kept = _version(request, name, str(version))
    document = _real(request, _form(name))
    return _docx(draw(document, "docx", bytes(kept.content)), f"{name}-preview-{version}")


def _real(request: DeskRequest, form: Form) -> Document:
    town = request.municipality
    if form == PROTOCOL:
        return _newest_protocol(town)
    newest = Report.objects.filter(municipality=town, form=form.key).order_by("-composed_at").first()
    if newest is not None:
        return document_of(newest)
    if form.about:
        raise Refused("Составьте хотя бы одну такую справку: шаблон показывают на её цифрах.")
    today = today_in(town)
    return compose(town, Order(form, before(month_of(today.year, today.month))), timezone.now())


def _newest_protocol(town: Municipality) -> Document:
    held = Meeting.objects.filter(municipality=town, started_at__isnull=False).order_by("-started_at").first()
    if held is None:
        raise Refused("Проведите хотя бы одно заседание: шаблон показывают на его протоколе.")
    return protocols.document_of(protocol_of(held))


def _version(request: DeskRequest, name: str, version: str) -> ReportTemplate:
    own = ReportTemplate.objects.filter(municipality=request.municipality, form=name)
    found = own.filter(version=int(version)).first() if version.isdigit() else None
    if found is None:
        raise Http404
    return found


def _form(name: str) -> Form:
    if name not in LOOKS:
        raise Http404
    return LOOKS[name]


def _docx(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPES["docx"])
    response["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return response
