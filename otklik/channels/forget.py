"""Personal data of channels: raw messages, files, letters, unread rows — where they stand and how they end.

What became a case is erased with the case by `cases.forget`; what never did is erased here by its own age.
Rows stay, so counts of past years and "taken once" stay true; their content goes.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Case, QuerySet, Value, When

from otklik.audit.services import Entry, record_many
from otklik.channels.models import (
    AnswerSheet,
    EarlyChange,
    ImportRun,
    MediaFetch,
    Outgoing,
    PhoneCall,
    RawChange,
    RawMessage,
    RawUpdate,
    RowError,
    StoredFile,
)
from otklik.common.models import Municipality

ERASED = {"erased": True}
AT_ONCE = 1000
EARLY_WAITS = timedelta(days=1)
"""A message that has not come in a day after its own edit or removal comes no more."""
GONE = "удалено по сроку хранения"


def erase_raw(raw_ids: Iterable[int]) -> None:
    """Empty raw messages, their later states, their edits and the files that came with them."""
    ids = list(raw_ids)
    RawMessage.objects.filter(pk__in=ids).update(payload=ERASED, error="содержимое удалено по сроку хранения")
    RawUpdate.objects.filter(raw__in=ids).update(payload=ERASED)
    RawChange.objects.filter(raw__in=ids).update(text="")
    erase_calls(PhoneCall.objects.filter(raw__in=ids))
    links = MediaFetch.objects.filter(raw__in=ids)
    links.filter(state="waiting").update(state="failed")
    links.update(url="", name="", error="")
    erase_files(StoredFile.objects.filter(raw__in=ids).values_list("pk", flat=True))


def erase_letters(numbers: Iterable[str], municipality: Municipality) -> None:
    """Empty letters about these cases: to whom and what was written."""
    letters = Outgoing.objects.filter(municipality=municipality, about__in=list(numbers))
    letters.exclude(state__in=["waiting", "sending"]).update(
        recipient="", reply_to="", subject="", body="", proof=""
    )


def erase_files(file_ids: Iterable[int]) -> None:
    """Forget names and contents; a content that another row still needs stays on the disk."""
    files = list(StoredFile.objects.filter(pk__in=list(file_ids)).exclude(path=""))
    paths = {path for file in files for path in (file.path, file.thumbnail_path) if path}
    StoredFile.objects.filter(pk__in=[file.pk for file in files]).update(
        name="", path="", thumbnail_path="", lat=None, lon=None
    )
    needed = set(StoredFile.objects.filter(path__in=paths).values_list("path", flat=True))
    needed |= set(
        StoredFile.objects.filter(thumbnail_path__in=paths).values_list("thumbnail_path", flat=True)
    )
    _remove(paths - needed)


def erase_old(municipality: Municipality, now: datetime, years: int = 5) -> int:
    """Erase what is older than `years` and never became a case; returns how many messages were emptied."""
    edge = now - timedelta(days=365 * years)
    unread = RawMessage.objects.filter(
        municipality=municipality, came_at__lt=edge, state__in=["failed", "skipped"]
    )
    waiting = list(unread.exclude(payload=ERASED)[:AT_ONCE])
    erase_raw(raw.pk for raw in waiting)
    record_many([Entry(raw, "channels.erased", why="истёк срок хранения") for raw in waiting], municipality)
    _erase_runs(municipality, edge)
    _erase_sheets(municipality, edge)
    erase_calls(PhoneCall.objects.filter(municipality=municipality, came_at__lt=edge))
    EarlyChange.objects.filter(municipality=municipality, kept_at__lt=now - EARLY_WAITS).delete()
    return len(waiting)


def erase_calls(calls: QuerySet[PhoneCall]) -> int:
    """Forget who called and where the record is; that there was a call, and how it ended, stays."""
    known = calls.exclude(number="", operator="", recording="", why__in=["", GONE])
    return known.update(
        number="", operator="", recording="", why=Case(When(why="", then=Value("")), default=Value(GONE))
    )


def _erase_runs(municipality: Municipality, edge: datetime) -> None:
    """Tables taken in hold everything the messages do: the kept file and its unread rows."""
    runs = ImportRun.objects.filter(municipality=municipality, finished_at__lt=edge).exclude(file_path="")
    old = list(runs[:AT_ONCE])
    RowError.objects.filter(run__in=old).update(cells={})
    paths = {run.file_path for run in old}
    runs.filter(pk__in=[run.pk for run in old]).update(file_path="")
    record_many([Entry(run, "channels.erased", why="истёк срок хранения") for run in old], municipality)
    _remove(paths - set(ImportRun.objects.filter(file_path__in=paths).values_list("file_path", flat=True)))


def _erase_sheets(municipality: Municipality, edge: datetime) -> None:
    """Tables of answers hold the same words as the letters; that they were given, and how many, stays known."""
    sheets = AnswerSheet.objects.filter(municipality=municipality, at__lt=edge).exclude(file__path="")
    old = list(sheets[:AT_ONCE])
    erase_files(sheet.file_id for sheet in old)
    record_many([Entry(sheet, "channels.erased", why="истёк срок хранения") for sheet in old], municipality)


def _remove(paths: set[str]) -> None:
    """Off the disk, once the rows that named them are surely gone."""
    for path in paths:
        file = Path(settings.MEDIA_ROOT) / path
        transaction.on_commit(partial(file.unlink, missing_ok=True))
