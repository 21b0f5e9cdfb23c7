"""What would be different: a next version of the charter beside the one in force. Nothing is loaded or kept."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from otklik.charter.comparing import compare as compare_presets
from otklik.charter.errors import CharterError
from otklik.charter.evidence import answered_keys
from otklik.charter.files import Preset, preset_folders, read_preset
from otklik.charter.models import CharterVersion
from otklik.charter.proof import evidence_of
from otklik.charter.versions import handed_in, kept_preset, versions_of
from otklik.common.errors import Refused
from otklik.common.today import today_in
from otklik.desk.page import needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.what_if import touched

FOLDER = "folder"
MOST_FILES = 2


@require_http_methods(["GET", "POST"])
@needs("charter.view")
def compare(request: DeskRequest) -> HttpResponse:
    """The form, and after a choice the differences: of a loaded version, of the folder on the server, of files."""
    kept = list(versions_of(request.municipality))
    context: dict[str, Any] = {
        "now": kept[0] if kept else None,
        "former": kept[1:],
        "has_folder": request.municipality.key in preset_folders(),
        "chosen": request.GET.get("with", ""),
    }
    if not kept:
        return page_or_part(request, "charter/compare", context)
    try:
        other = _other(request, kept)
    except CharterError as error:
        context["faults"] = error.faults
        return page_or_part(request, "charter/compare", context, status=422)
    if other is not None:
        context |= _told(request, kept_preset(kept[0], request.municipality.key), other)
    return page_or_part(request, "charter/compare", context)


def _other(request: DeskRequest, kept: list[CharterVersion]) -> Preset | None:
    """The version to compare with; None before a choice. Raises `CharterError` for files that do not pass."""
    key, chosen = request.municipality.key, request.GET.get("with", "")
    if request.method == "POST":
        files = request.FILES.getlist("files")[:MOST_FILES]
        if not files:
            raise Refused("Выберите файлы новой версии: charter.toml и clauses.csv или ZIP с ними.")
        return handed_in({one.name or "": one.read() for one in files}, key)
    if chosen == FOLDER and key in preset_folders():
        return read_preset(preset_folders()[key])
    return next((kept_preset(one, key) for one in kept[1:] if str(one.pk) == chosen), None)


def _told(request: DeskRequest, old: Preset, new: Preset) -> dict[str, Any]:
    town = request.municipality
    keys = [row.evidence for row in (*old.clauses, *new.clauses)]
    found = evidence_of(keys, town, timezone.now(), today_in(town))
    counts = {key: one.count for key, one in found.items() if one is not None}
    told = compare_presets(old, new, counts, answered_keys())
    titles = {row.id: row.title for row in old.clauses}
    return {
        "told": told,
        "touched": touched(town, old, new, told),
        "lost": [(one, titles[one]) for one in told.lost],
        "duties": len(new.clauses),
    }
