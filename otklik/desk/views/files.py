"""A file of a card, handed out only through the card's door."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from otklik.cases.models import CaseFile
from otklik.desk.frame import SEES_CASES
from otklik.desk.page import needs
from otklik.desk.request import DeskRequest
from otklik.desk.views.card import find

SHOWN_IN_PLACE = ("image/jpeg", "image/png", "image/webp", "application/pdf")


@require_safe
@needs(*SEES_CASES)
def file(request: DeskRequest, number: str, key: int) -> HttpResponseBase:
    """Pictures and PDF open in the browser, everything else is saved."""
    case = find(request, number)
    found = CaseFile.objects.filter(case=case, pk=key).select_related("file").first()
    path = Path(settings.MEDIA_ROOT) / found.file.path if found else None
    if found is None or path is None or not path.is_file():
        raise Http404
    is_safe = found.file.content_type in SHOWN_IN_PLACE
    return FileResponse(
        path.open("rb"),
        content_type=found.file.content_type if is_safe else "application/octet-stream",
        as_attachment=not is_safe,
        filename=found.file.name,
    )
