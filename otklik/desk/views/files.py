"""Files of a card: handed out and added only through the card's door; the answer as a paper form."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.cases.models import Answer, Case, CaseFile
from otklik.cases.services import add_file, reveal_personal
from otklik.channels.files import store_file
from otklik.channels.services.media import fetch_again
from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.common.words import full_day
from otklik.desk.page import done, needs
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CASES
from otklik.desk.unfetched import find_unfetched
from otklik.desk.views.card import find

SHOWN_IN_PLACE = ("image/jpeg", "image/png", "image/webp", "application/pdf")
FORMS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@require_safe
@needs(*SEES_CASES)
def file(request: DeskRequest, number: str, key: int) -> HttpResponseBase:
    """Pictures and PDF open in the browser, everything else is saved; `?small` gives the picture's thumbnail."""
    case = find(request, number)
    found = CaseFile.objects.filter(case=case, pk=key).select_related("file").first()
    small = found.file.thumbnail_path if found and "small" in request.GET else ""
    path = Path(settings.MEDIA_ROOT) / (small or found.file.path) if found else None
    if found is None or path is None or not path.is_file():
        raise Http404
    is_safe = found.file.content_type in SHOWN_IN_PLACE
    return FileResponse(
        path.open("rb"),
        content_type=found.file.content_type if is_safe else "application/octet-stream",
        as_attachment=not is_safe,
        filename=found.file.name,
    )


@require_POST
@needs("cases.work", "cases.assign")
def add(request: DeskRequest, number: str) -> HttpResponse:
    """A proof of the deed or a paper."""
    case = find(request, number)
    sent = request.FILES.get("file")
    if sent is None:
        raise Refused("Выберите файл: фотографию, скан или документ.")
    stored = store_file(sent.read(), sent.name or "file", request.municipality)
    add_file(case, stored, request.POST.get("purpose", ""), request.user)
    return done(request, f"{number}: файл приложен", reverse("desk:card", args=[number]))


@require_POST
@needs("cases.work", "cases.assign")
def fetch(request: DeskRequest, number: str, key: int) -> HttpResponse:
    """Ask the source anew for a file that did not come."""
    row = find_unfetched(find(request, number), key)
    if row is None:
        raise Http404
    fetch_again(row, request.user, timezone.now())
    return done(request, f"{number}: запрашиваем файл снова", reverse("desk:card", args=[number]))


@require_safe
@needs("cases.view_personal")
def paper(request: DeskRequest, number: str, key: int, form: str) -> HttpResponse:
    """The signed answer on paper, with its addressee: a reading of personal data, journaled as such.

    A version that is not signed has no paper.
    """
    case = find(request, number)
    answer = Answer.objects.filter(case=case, pk=key, signed_at__isnull=False).first()
    if answer is None or form not in FORMS:
        raise Http404
    reveal_personal(case, request.user, timezone.now(), f"ответ на бумаге, {form.upper()}")
    response = HttpResponse(rendered(case, answer, form), content_type=FORMS[form])
    response.headers["Content-Disposition"] = f'inline; filename="otvet-{answer.pk}.{form}"'
    return response


def rendered(case: Case, answer: Answer, form: str) -> bytes:
    """The paper: who answers whom, on what, in which words."""
    # Writers of documents are heavy and seldom asked: a process of pages loads them with its first paper.
    from otklik.channels.print_forms import AnswerSheet, answer_docx, answer_pdf

    charter, applicant = charter_of(case.municipality), case.applicant
    signed = timezone.localtime(answer.signed_at).date() if answer.signed_at else timezone.localdate()
    came = full_day(timezone.localtime(case.registered_at).date())
    sheet = AnswerSheet(
        sender=charter.identity.centre_title,
        body=answer.text,
        signer_post=answer.signer_title,
        date=full_day(signed),
        number=case.number,
        addressee=applicant.name if applicant else "",
        addressee_lines=(applicant.address,) if applicant and applicant.address else (),
        answers_to=f"на № {case.number} от {came}",
    )
    return answer_pdf(sheet) if form == "pdf" else answer_docx(sheet)
