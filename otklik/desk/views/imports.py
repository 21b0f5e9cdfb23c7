"""Импорт: a file with a preset or a mapping of its columns; progress while the worker reads; errors to mend."""

from typing import Any, BinaryIO, cast

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.channels.importing.errors_table import errors_xlsx
from otklik.channels.importing.presets import PRESETS
from otklik.channels.importing.run import start_run
from otklik.channels.models import Channel, ImportRun
from otklik.channels.selectors import import_runs, open_channels
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
    """Keep the file and open a run; the worker reads it."""
    uploaded = request.FILES.get("file")
    if uploaded is None:
        raise Refused("Выберите файл: XLSX, XLS, CSV или ZIP с ними.")
    channel = chosen_channel(request)
    run = start_run(
        cast(BinaryIO, uploaded),
        uploaded.name or "table",
        channel,
        request.user,
        request.POST.get("preset", ""),
    )
    return done(request, f"Файл «{run.file_name}» принят", reverse("desk:import_run", args=[run.pk]))


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
    seconds = ((run.finished_at or timezone.now()) - run.started_at).total_seconds()
    rate = run.done / seconds if seconds > 0 and run.done else 0.0
    left = (run.total - run.done) / rate if rate and run.total > run.done else 0.0
    return {
        "rate": round(rate),
        "left": round(left),
        "is_running": run.state in ("waiting", "running"),
        "to_register": run.raw.filter(state="new").count(),
        "registered": run.raw.filter(state="registered").count(),
    }


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
