"""Импорт: a file with a preset or a mapping of its columns; progress while the worker reads; errors to mend."""

from typing import Any, BinaryIO, cast

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.channels.importing import preview as previewing
from otklik.channels.importing.errors_table import errors_xlsx
from otklik.channels.importing.layout import FIELDS
from otklik.channels.importing.presets import PRESETS
from otklik.channels.importing.run import start_run
from otklik.channels.importing.stopping import TO_READ, continue_run, stop_run
from otklik.channels.models import Channel, ImportRun
from otklik.channels.selectors import import_runs, open_channels
from otklik.channels.services import save_mapping
from otklik.common.errors import Refused
from otklik.desk.page import done, needs, page_or_part
from otklik.desk.request import DeskRequest


@require_safe
@needs("channels.import")
def runs(request: DeskRequest) -> HttpResponse:
    """The form and the files taken in."""
    context = {
        "runs": list(import_runs(request.municipality)[:50]),
        "channels": list(open_channels(request.municipality)),
        "presets": [(layout.key, layout.title) for layout in PRESETS.values()],
    }
    return page_or_part(request, "imports/list", context)


@require_POST
@needs("channels.import")
def upload(request: DeskRequest) -> HttpResponse:
    """Keep the file, look into it, and ask what its columns mean; a known table asks only to be confirmed."""
    uploaded_file = request.FILES.get("file")
    if uploaded_file is None:
        raise Refused("Выберите файл: XLSX, XLS, CSV или ZIP с ними.")
    channel = chosen_channel(request)
    seen = previewing.upload(
        cast(BinaryIO, uploaded_file), uploaded_file.name or "table", request.municipality
    )
    chosen = {heading: field for field, heading in seen.columns.items()}
    context = {
        "seen": seen,
        "channel": channel,
        "preset": PRESETS.get(request.POST.get("preset") or seen.preset),
        "presets": PRESETS.values(),
        "fields": FIELDS.items(),
        "columns": [{"guess": one, "field": chosen.get(one.heading, "")} for one in seen.guesses],
    }
    return page_or_part(request, "imports/mapping", context)


@require_POST
@needs("channels.import")
def start(request: DeskRequest) -> HttpResponse:
    """Open a run of the kept file with a preset or the mapping; the mapping is saved for the next such table."""
    channel, preset = chosen_channel(request), request.POST.get("preset", "")
    token, name = request.POST.get("token", ""), request.POST.get("name", "table")[:200]
    columns = {} if preset else mapping_of(request)
    if columns:
        seen = previewing.preview(token, name, request.municipality)
        save_mapping(request.municipality, request.POST.get("title", "") or name, columns, seen.headings)
    with previewing.uploaded(token, request.municipality).open("rb") as file:
        opened = start_run(file, name, channel, request.user, preset, columns)
    return done(request, f"Файл «{opened.file_name}» принят", reverse("desk:import_run", args=[opened.pk]))


def mapping_of(request: DeskRequest) -> dict[str, str]:
    """Field -> heading as the clerk has chosen; a field chosen twice keeps the first column."""
    found: dict[str, str] = {}
    pairs = zip(request.POST.getlist("heading"), request.POST.getlist("field"), strict=False)
    for heading, field in pairs:
        if field:
            found.setdefault(field, heading)
    if "text" not in found:
        raise Refused("Не указан столбец с текстом сообщения. Выберите его: без текста карточки не будет.")
    return found


def chosen_channel(request: DeskRequest) -> Channel:
    """The channel the table came from."""
    channel = open_channels(request.municipality).filter(pk=request.POST.get("channel") or 0).first()
    if channel is None:
        raise Refused("Выберите канал, из которого эта таблица.")
    return channel


def find_run(request: DeskRequest, key: int) -> ImportRun:
    """A run of this municipality; 404 otherwise."""
    run = import_runs(request.municipality).filter(pk=key).first()
    if run is None:
        raise Http404
    return run


@require_safe
@needs("channels.import")
def run(request: DeskRequest, key: int) -> HttpResponse:
    """How far the file is read; asks again every second until the end."""
    found = find_run(request, key)
    context = {"run": found, "errors": list(found.errors.order_by("row_number")[:20]), **pace_of(found)}
    return page_or_part(request, "imports/run", context)


def pace_of(run: ImportRun) -> dict[str, Any]:
    """Rows a second, seconds left, how many cards are made of what was read."""
    seconds = ((run.finished_at or timezone.now()) - (run.reading_since or run.started_at)).total_seconds()
    read = run.done - run.reading_from
    rate = read / seconds if seconds > 0 and read > 0 else 0.0
    left = (run.total - run.done) / rate if rate and run.total > run.done else 0.0
    return {
        "rate": round(rate),
        "left": round(left),
        "is_running": run.state in TO_READ,
        "to_register": run.raw.filter(state="new").count(),
        "registered": run.raw.filter(state="registered").count(),
    }


@require_POST
@needs("channels.import")
def stop(request: DeskRequest, key: int) -> HttpResponse:
    """Ask the reader to stop after its portion."""
    found = find_run(request, key)
    stop_run(found, request.user)
    return done(request, "Загрузка прерывается", reverse("desk:import_run", args=[found.pk]))


@require_POST
@needs("channels.import")
def go_on(request: DeskRequest, key: int) -> HttpResponse:
    """Read on from the mark."""
    found = find_run(request, key)
    continue_run(found, request.user)
    return done(request, "Загрузка продолжается", reverse("desk:import_run", args=[found.pk]))


@require_safe
@needs("channels.import")
def errors(request: DeskRequest, key: int) -> HttpResponse:
    """The unread rows as a table to mend and load again."""
    found = find_run(request, key)
    response = HttpResponse(
        errors_xlsx(found), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="errors-{found.pk}.xlsx"'
    return response
