"""Места: settlements and streets the machine knows by name, and the loading of lists."""

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from otklik.common.errors import Refused
from otklik.desk.page import may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.places.selectors import settlements_of, street_total, streets_of
from otklik.places.services import ListLoad, load_settlements, load_streets
from otklik.places.spelling import fold

LARGEST_LIST = 20 * 1024 * 1024
SHOWN_ERRORS = 200
COLUMN_WORDS = {
    "settlement": "населённый пункт",
    "kind": "тип",
    "name": "название",
    "oktmo": "ОКТМО",
    "population": "население",
    "lat": "широта",
    "lon": "долгота",
}


@require_safe
@needs("charter.view", "places.manage")
def places(request: DeskRequest) -> HttpResponse:
    """Settlements with the number of their streets, and the streets of the chosen one."""
    return page_or_part(request, "places/places", context_of(request))


@require_POST
@needs("places.manage")
def load(request: DeskRequest) -> HttpResponse:
    """Take a list in and tell what became of every row."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise Refused("Выберите файл CSV со списком.")
    if (file.size or 0) > LARGEST_LIST:
        raise Refused("Файл больше 20 МБ: разделите список на части.")
    with NamedTemporaryFile(suffix=".csv") as kept:
        for piece in file.chunks():
            kept.write(piece)
        kept.flush()
        take_in = load_settlements if request.POST.get("what") == "settlements" else load_streets
        loaded = take_in(Path(kept.name), request.municipality, request.user)
    return page_or_part(request, "places/places", {**context_of(request), **told(loaded)})


def context_of(request: DeskRequest) -> dict[str, Any]:
    """The gazetteer as the screen shows it."""
    # The database sorts by codes of letters, where Ё stands before А.
    settlements = sorted(
        settlements_of(request.municipality), key=lambda one: (not one.is_centre, fold(one.name))
    )
    chosen = next((one for one in settlements if str(one.pk) == request.GET.get("settlement")), None)
    streets = sorted(streets_of(chosen), key=lambda one: fold(one.name)) if chosen else []
    return {
        "settlements": settlements,
        "street_total": street_total(request.municipality),
        "without_point": sum(one.lat is None for one in settlements),
        "chosen": chosen,
        "streets": streets,
        "streets_without_point": sum(one.lat is None for one in streets),
        "may_load": may(request, "places.manage"),
    }


def told(loaded: ListLoad) -> dict[str, Any]:
    """The outcome of a load: which column was taken for what, counts, rows to mend."""
    columns = [(title, COLUMN_WORDS[name]) for name, title in loaded.columns.items()]
    return {"loaded": loaded, "columns": columns, "bad": loaded.bad[:SHOWN_ERRORS]}
