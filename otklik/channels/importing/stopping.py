"""Stops a run between two portions and lets it go on; states of a run and which of them wait for a reader.

Stopping is asked for in the table, so it reaches the worker and the command alike.
"""

from typing import Any

from django.utils import timezone

from otklik.audit.services import record
from otklik.channels.models import ImportRun
from otklik.common.errors import Refused

# `stopping` is asked to stop and still reads its portion; a reader that died in it leaves it to the worker.
TO_READ = ("waiting", "running", "stopping")
UNFINISHED = (*TO_READ, "stopped")


def stop_run(run: ImportRun, by: Any) -> None:
    """Ask to stop after the present portion; what is read stays. Runs inside the municipality's scope."""
    here = ImportRun.objects.filter(pk=run.pk)
    stopped = here.filter(state="waiting").update(state="stopped", finished_at=timezone.now())
    if not stopped and not here.filter(state="running").update(state="stopping"):
        raise Refused("Загрузка уже не идёт: прерывать нечего.")
    run.refresh_from_db()
    record(run, "channels.import_stopped", by, run.municipality, details={"done": run.done})


def continue_run(run: ImportRun, by: Any) -> None:
    """Let a stopped run wait for a reader again: it goes on from its mark."""
    if not run.file_path:
        raise Refused("Файл удалён по сроку хранения: загрузите таблицу снова.")
    waits = ImportRun.objects.filter(pk=run.pk, state="stopped").update(state="waiting", finished_at=None)
    if not waits:
        raise Refused("Эта загрузка не прервана: продолжать нечего.")
    run.refresh_from_db()
    record(run, "channels.import_continued", by, run.municipality, details={"done": run.done})
