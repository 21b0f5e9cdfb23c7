"""Пресс-релизы: written, approved by another person, printed, sent by mail."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.channels.print_forms import AnswerSheet, answer_docx, answer_pdf
from otklik.charter.selectors import charter_of
from otklik.common.words import full_day
from otklik.desk.forms.pages import ReleaseForm
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.page_ways import APPROVES, PUBLISHES, keeps, number_of, ways
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_PAGES
from otklik.outreach import services
from otklik.outreach.models import MediaOutlet, PressRelease
from otklik.outreach.selectors import owner_of, publications_about, releases_of
from otklik.reports.render import CONTENT_TYPES

AT_ONCE = 30
PAPERS = {"docx": answer_docx, "pdf": answer_pdf}


@require_safe
@needs(*SEES_PAGES)
def releases(request: DeskRequest) -> HttpResponse:
    """Releases, the newest first; those that wait for approval are counted above."""
    town = request.municipality
    rows = releases_of(town)
    context: dict[str, Any] = {
        "ways": ways("releases"),
        "shown": Paginator(rows, AT_ONCE).get_page(number_of(request.GET.get("page", ""))),
        "waiting": list(rows.filter(state="approval")[:10]),
        "may_keep": keeps(request),
    }
    return page_or_part(request, "pages/releases", context)


def _release(request: DeskRequest, number: int) -> PressRelease:
    return get_object_or_404(releases_of(request.municipality), number=number)


@require_safe
@needs(*SEES_PAGES)
def release(request: DeskRequest, number: int) -> HttpResponse:
    """One release: the text, approval, letters, publications that came of it."""
    town, found = request.municipality, _release(request, number)
    sendings = list(found.sendings.select_related("outlet", "outgoing"))
    sent_to = {one.outlet_id for one in sendings}
    takers = MediaOutlet.objects.filter(municipality=town, takes_releases=True, closed_on=None)
    context: dict[str, Any] = {
        "ways": ways("releases"),
        "one": found,
        "sendings": sendings,
        "takers": [one for one in takers if one.pk not in sent_to],
        "publications": list(publications_about(town, f"release:{found.number}")[:20]),
        "may_keep": keeps(request),
        "may_approve": may(request, APPROVES) and found.written_by_id != request.user.pk,
        "is_mine": found.written_by_id == request.user.pk,
    }
    return page_or_part(request, "pages/release", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PUBLISHES)
def release_edit(request: DeskRequest, number: int = 0) -> HttpResponse:
    """A new release or a change of a draft."""
    town = request.municipality
    found = _release(request, number) if number else None
    form = ReleaseForm(town, request.POST or None, initial=ReleaseForm.of_release(found) if found else None)
    if request.method == "POST" and form.is_valid():
        if found is None:
            saved = services.write_release(town, form.words(), request.user, timezone.now())
        else:
            saved = services.change_release(found, form.words(found.about), request.user)
        return done(request, f"Пресс-релиз {saved} записан", _address(saved))
    context = {"form": form, "one": found, "ways": ways("releases")}
    return page_or_part(request, "pages/release_edit", context, status=422 if form.is_bound else 200)


@require_POST
@needs(PUBLISHES)
def ask(request: DeskRequest, number: int) -> HttpResponse:
    """«На согласование»."""
    found = services.ask_approval(_release(request, number), request.user)
    return done(request, f"Пресс-релиз {found} ждёт согласования", _address(found))


@require_POST
@needs(APPROVES)
def approve(request: DeskRequest, number: int) -> HttpResponse:
    """«Согласовать»."""
    found = services.approve_release(_release(request, number), request.user, timezone.now())
    return done(request, f"Пресс-релиз {found} согласован", _address(found))


@require_POST
@needs(APPROVES)
def send_back(request: DeskRequest, number: int) -> HttpResponse:
    """«Вернуть с замечанием»."""
    words = request.POST.get("words", "")
    found = services.return_release(_release(request, number), words, request.user)
    return done(request, f"Пресс-релиз {found} возвращён", _address(found))


@require_POST
@needs(PUBLISHES)
def send(request: DeskRequest, number: int) -> HttpResponse:
    """«Разослать» to the outlets ticked."""
    found = _release(request, number)
    ticked = [int(one) for one in request.POST.getlist("outlets") if one.isdigit()]
    outlets = MediaOutlet.objects.filter(municipality=request.municipality, pk__in=ticked)
    sent = services.send_release(found, list(outlets), request.user, timezone.now())
    return done(request, f"Писем в очереди: {sent}", _address(found))


@require_POST
@needs(PUBLISHES)
def withdraw(request: DeskRequest, number: int) -> HttpResponse:
    """«Отозвать» before it is sent."""
    found = _release(request, number)
    services.withdraw_release(found, request.POST.get("words", ""), request.user)
    return done(request, f"Пресс-релиз {found} отозван", _address(found))


@require_safe
@needs(*SEES_PAGES)
def paper(request: DeskRequest, number: int, form: str) -> HttpResponse:
    """The release on a letterhead as DOCX or PDF."""
    if form not in PAPERS:
        raise Http404
    found = _release(request, number)
    identity = charter_of(request.municipality).identity
    day = timezone.localtime(found.approved_at).date() if found.approved_at else None
    sheet = AnswerSheet(
        sender=owner_of(request.municipality),
        sender_lines=[one for one in (identity.address, identity.site) if one],
        body="\n".join(one for one in (found.lead, found.text, _ask_at(found)) if one),
        signer_post=found.speaker.title if found.speaker else found.approved_title,
        date=full_day(day) if day else "",
        number=str(found.number),
        addressee="Средствам массовой информации",
        subject=f"Пресс-релиз. {found.title}",
    )
    response = HttpResponse(PAPERS[form](sheet), content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="press-release-{found.number}.{form}"'
    return response


def _ask_at(found: PressRelease) -> str:
    return f"Вопросы редакций: {found.contact}" if found.contact else ""


def _address(found: PressRelease) -> str:
    return reverse("desk:release", args=[found.number])
