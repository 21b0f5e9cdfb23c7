"""Таблицы для региона: what was handed over to BI ЦУР РФ and ЦУР, when and where, and what could not leave."""

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.channels.files import path_of
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.reports.handover.services import channels_out, hand_over_again
from otklik.reports.models import HandedTable

READS = ("reports.view", "reports.compose")
SEES = (*READS, "channels.manage")
SHOWN = 100


@require_safe
@needs(*SEES)
def handed(request: DeskRequest) -> HttpResponse:
    """The tables, newest first."""
    tables = HandedTable.objects.filter(municipality=request.municipality).select_related("channel", "file")
    context = {
        "tables": list(tables[:SHOWN]),
        "is_on": bool(channels_out(request.municipality)),
        "may_send": may(request, "channels.manage"),
        # Whoever leads channels and reads no reports has no tab for it.
        "is_apart": not may(request, *READS),
    }
    return page_or_part(request, "handed/list", context)


@require_safe
@needs(*SEES)
def file(request: DeskRequest, key: int) -> HttpResponseBase:
    """The table as it left."""
    table = get_object_or_404(
        HandedTable.objects.select_related("file"), municipality=request.municipality, pk=key
    )
    path = path_of(table.file)
    if not path.is_file():
        raise Http404
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=table.file.name, content_type=table.file.content_type
    )


@require_POST
@needs("channels.manage")
def again(request: DeskRequest, key: int) -> HttpResponse:
    """Try to leave it once more."""
    table = get_object_or_404(HandedTable, municipality=request.municipality, pk=key)
    hand_over_again(table, request.user, timezone.now())
    return done(request, "Таблица снова в очереди", reverse("desk:handed"))
