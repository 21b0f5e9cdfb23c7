"""Исполнительская дисциплина: posts and bodies over a period, on the screen and on paper."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from otklik.desk.errand_paper import discipline_paper
from otklik.desk.page import needs, page_or_part
from otklik.desk.periods import period_asked, period_picker
from otklik.desk.request import DeskRequest
from otklik.desk.views.errands import SEES_DISCIPLINE
from otklik.office.errands.discipline import discipline_of
from otklik.reports.render import CONTENT_TYPES, RENDERERS


@require_safe
@needs(*SEES_DISCIPLINE)
def scores(request: DeskRequest) -> HttpResponse:
    """Errands due in the period by bodies and posts, the weakest first; numbers open the errands."""
    today = timezone.localdate()
    period = period_asked(request.GET, today)
    whole, bodies = discipline_of(request.municipality, period, today)
    context = {
        "whole": whole,
        "bodies": bodies,
        "picker": period_picker(request.GET, period, today),
        "days": f"since={period.since}&until={period.until}",
    }
    return page_or_part(request, "errands/scores", context)


@require_safe
@needs(*SEES_DISCIPLINE)
def scores_paper(request: DeskRequest, form: str) -> HttpResponse:
    """The same as DOCX, XLSX or PDF."""
    if form not in ("docx", "xlsx", "pdf"):
        raise Http404
    today = timezone.localdate()
    period = period_asked(request.GET, today)
    whole, bodies = discipline_of(request.municipality, period, today)
    sheet = discipline_paper(request.municipality, whole, bodies, period, timezone.localtime())
    response = HttpResponse(RENDERERS[form](sheet), content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="distsiplina-{period.until}.{form}"'
    return response
