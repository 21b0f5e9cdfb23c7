"""Takes a file in by portions: each portion is one transaction with its own mark of how far the file is read.

`start_run` keeps the file and its layout, `take_in` reads on from the mark, so a run cut or stopped at any moment
loses and doubles nothing. Called by the `otklik import` command, the import screen's job and tests.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils import timezone

from otklik.audit.services import record
from otklik.channels.disk import settle, unnamed
from otklik.channels.importing.faults import FileFault, RowFault
from otklik.channels.importing.layout import Layout, build, mapped
from otklik.channels.importing.presets import PRESETS, recognise
from otklik.channels.importing.stopping import TO_READ, UNFINISHED, continue_run
from otklik.channels.importing.tables import Line, lines_of, look_into
from otklik.channels.incoming import Incoming
from otklik.channels.models import Channel, ImportRun, RowError
from otklik.channels.services.raw import keep_many
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.scope import within

PORTION = 1000
LONGEST_KEPT_CELL = 32_767  # what one cell of XLSX holds, for the table of errors must open in it
BUSY = "Этот файл уже загружает другой процесс: дождитесь его окончания."
LOCK_SPACE = 4717  # our part of PostgreSQL's advisory locks
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Unread:
    """A row that was not read, and why."""

    number: int
    cells: dict[str, str]
    message: str


def layout_of(preset: str, columns: Mapping[str, str]) -> Layout:
    """The layout of a preset's key or of a mapping field -> heading. Raises FileFault."""
    if not preset or preset == "columns":
        return mapped(columns)
    if preset not in PRESETS:
        raise FileFault(f"Нет разметки «{preset}»; есть {', '.join(PRESETS)}.")
    return PRESETS[preset]


def recognise_layout(path: Path, name: str = "") -> Layout | None:
    """The preset that fits the file by its headings."""
    glance = look_into(path, name)
    return recognise(glance.headings)


def start_run(
    file: BinaryIO,
    name: str,
    channel: Channel,
    by: Any = None,
    preset: str = "",
    columns: Mapping[str, str] | None = None,
) -> ImportRun:
    """Keep the file, look into it, and open a run; an unfinished run of the same file is given back instead.

    Runs inside the municipality's scope. Raises FileFault when the table cannot be read or lacks a column.
    """
    path = keep_file(file, channel.municipality)
    if not preset and not columns:
        found = recognise_layout(path, name)
        if found is None:
            raise FileFault("Таблица не похожа на известные: укажите, что в каком столбце.")
        preset = found.key
    layout = layout_of(preset, columns or {})
    glance = look_into(path, name, layout, rows=1)
    same = {"channel": channel, "file_path": str(path.relative_to(settings.MEDIA_ROOT)), "preset": layout.key}
    same["columns"] = dict(columns or {})
    unfinished = ImportRun.objects.filter(state__in=UNFINISHED, **same).first()
    if unfinished:
        if unfinished.state == "stopped":
            continue_run(unfinished, by)
        return unfinished
    run = ImportRun.objects.create(
        municipality=channel.municipality,
        by=by,
        file_name=name[-255:],
        total=max(glance.total - 1, 0),
        headings=list(glance.headings.titles),
        **same,
    )
    record(run, "channels.import_started", by, channel.municipality, details={"file": run.file_name})
    return run


def take_in(run: ImportRun, tell: Tell | None = None, portion: int = PORTION) -> ImportRun:
    """Read the run's file on from where it stopped. Ends as `done`, as `stopped` when it was asked to, or as
    `failed` with the reason in `error`.

    Must be called outside a transaction: each portion opens its own, in the municipality's scope. Raises Refused
    when another process is reading this very run.
    """
    with _alone(run):
        return _take_in(run, tell, portion)


def _take_in(run: ImportRun, tell: Tell | None, portion: int) -> ImportRun:
    if not _begin(run):
        return run
    try:
        is_stopped = _read_on(run, tell, portion)
    except FileFault as fault:
        _advance(run, state="failed", error=str(fault), finished_at=timezone.now())
    else:
        if is_stopped:
            _advance(run, state="stopped", finished_at=timezone.now())
            return run
        _advance(run, state="done", total=run.done, finished_at=timezone.now())
    with within(run.municipality_id):
        details = {name: getattr(run, name) for name in ("done", "new", "updated", "unchanged", "failed")}
        record(run, "channels.import_done", run.by, run.municipality, why=run.error, details=details)
    return run


def _read_on(run: ImportRun, tell: Tell | None, portion: int) -> bool:
    """Portions from the mark to the end of the file; True when it was asked to stop before the end."""
    layout = layout_of(run.preset, run.columns)
    zone = ZoneInfo(run.municipality.time_zone)
    lines = lines_of(Path(settings.MEDIA_ROOT) / run.file_path, layout, run.file_name)
    for chunk in _portions(islice(lines, run.done, None), portion):
        if _is_asked_to_stop(run):
            return True
        _take_portion(run, chunk, layout, zone)
        if tell:
            tell(run.done, max(run.total, run.done))
    return False


def _begin(run: ImportRun) -> bool:
    """Mark that reading goes on; False when another reader has brought the run to an end meanwhile."""
    stretch = {"reading_since": timezone.now(), "reading_from": F("done"), "error": ""}
    with within(run.municipality_id):
        here = ImportRun.objects.filter(pk=run.pk)
        begun = here.filter(state__in=TO_READ).update(**stretch)
        here.filter(state="waiting").update(state="running")
        run.refresh_from_db()
    return bool(begun)


def _is_asked_to_stop(run: ImportRun) -> bool:
    with within(run.municipality_id):
        run.refresh_from_db(fields=["state"])
    return run.state == "stopping"


def _take_portion(run: ImportRun, chunk: Sequence[Line], layout: Layout, zone: ZoneInfo) -> None:
    """One transaction: messages kept, unread rows kept, the mark moved, or none of it."""
    incomings, unread = _read(chunk, layout, zone, run.started_at)
    with within(run.municipality_id):
        kept = keep_many(incomings, run.channel, run)
        RowError.objects.bulk_create(
            RowError(
                municipality_id=run.municipality_id,
                run=run,
                row_number=one.number,
                cells=one.cells,
                message=one.message,
            )
            for one in unread
        )
        moved = ImportRun.objects.filter(pk=run.pk, done=run.done).update(
            done=F("done") + len(chunk),
            new=F("new") + kept.new,
            updated=F("updated") + kept.updated,
            unchanged=F("unchanged") + kept.unchanged,
            failed=F("failed") + len(unread),
        )
        if not moved:
            raise Refused(BUSY)
        run.refresh_from_db()


def _read(
    chunk: Sequence[Line], layout: Layout, zone: ZoneInfo, now: datetime
) -> tuple[list[Incoming], list[Unread]]:
    incomings: list[Incoming] = []
    unread: list[Unread] = []
    for line in chunk:
        try:
            incomings.append(build(line.record, layout, zone, now))
        except RowFault as fault:
            cells = {title: text[:LONGEST_KEPT_CELL] for title, text in line.record.columns().items()}
            unread.append(Unread(line.number, cells, str(fault)[:400]))
    return incomings, unread


@contextmanager
def _alone(run: ImportRun) -> Iterator[None]:
    """A lock that PostgreSQL lets go by itself when the process dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s::int)", [LOCK_SPACE, run.pk])
        row = cursor.fetchone()
    if not row or not row[0]:
        raise Refused(BUSY)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s::int)", [LOCK_SPACE, run.pk])


def _portions(lines: Iterator[Line], size: int) -> Iterator[list[Line]]:
    while chunk := list(islice(lines, size)):
        yield chunk


def _advance(run: ImportRun, **values: Any) -> None:
    with within(run.municipality_id):
        ImportRun.objects.filter(pk=run.pk).update(**values)
        run.refresh_from_db()


def keep_file(file: BinaryIO, municipality: Municipality) -> Path:
    """The file under its own digest, so the same file kept twice takes the room of one."""
    folder = Path(settings.MEDIA_ROOT) / municipality.key / "imports"
    digest = hashlib.sha256()
    with unnamed(folder) as out:
        while piece := file.read(1024 * 1024):
            digest.update(piece)
            out.write(piece)
        target = folder / digest.hexdigest()
        settle(out, target)
    return target
