"""Fetches files of kept messages through the guard of `outside`; the case does not wait for them.

A file that cannot be had says why on the card; one that may come later is tried again with growing pauses.
"""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from django.db import close_old_connections, connection
from django.db.models import QuerySet

from otklik.accounts.models import User
from otklik.audit.services import record
from otklik.channels import steps
from otklik.channels.adapters.source import MediaSource, Unreachable
from otklik.channels.adapters.sources import source_for
from otklik.channels.files import store_file
from otklik.channels.incoming import Media
from otklik.channels.models import MediaFetch
from otklik.channels.outside import fetch_media
from otklik.channels.rules import LEASE, is_hopeless, next_delay
from otklik.channels.services.accounts import account_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.scope import within

AT_ONCE = 8
A_RUN = 200
CANNOT = "Файл с таким адресом этот канал не отдаёт."
GAVE_UP = "Файл не удалось получить за несколько попыток: откройте его в источнике. "


def fetch_waiting(municipality: Municipality, now: datetime, limit: int = A_RUN) -> int:
    """Fetch every due file once, several at a time; returns how many were kept. Call outside a transaction."""
    with within(municipality.pk):
        due = list(_due(municipality, now).values_list("id", flat=True)[:limit])
    if not due:
        return 0
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="media") as threads:
        return sum(threads.map(lambda pk: _in_thread(municipality, pk, now), due))


def fetch_one(municipality: Municipality, pk: int, now: datetime) -> bool:
    """Claim one file, fetch it outside a transaction and keep it with its row; True when it was kept."""
    with within(municipality.pk):
        if not _due(municipality, now).filter(pk=pk).update(next_try_at=now + LEASE):
            return False
        row = MediaFetch.objects.select_related("raw__channel__municipality").get(pk=pk)
    steps.reached("media claimed")
    try:
        content = _content(row)
        steps.reached("media fetched")
        return _keep(row, content)
    except Unreachable as shut:
        _put_off(row, shut, now)
    except Refused as refused:
        _change(row, state="failed", error=str(refused)[:400])
    return False


def fetch_again(row: MediaFetch, by: User | None, now: datetime) -> None:
    """Try a failed file anew. Raises Refused when there is nothing to fetch."""
    if not row.url or not MediaFetch.objects.filter(pk=row.pk, state="failed").update(
        state="waiting", tries=0, error="", next_try_at=now
    ):
        raise Refused(
            "Снова взять можно только файл, который не удалось получить по ссылке: обновите страницу."
        )
    record(row.raw, "channels.media_again", by, row.municipality)


def _due(municipality: Municipality, now: datetime) -> QuerySet[MediaFetch]:
    due = MediaFetch.objects.filter(municipality=municipality, state="waiting", next_try_at__lte=now)
    return due.order_by("next_try_at", "id")


def _in_thread(municipality: Municipality, pk: int, now: datetime) -> bool:
    close_old_connections()
    try:
        return fetch_one(municipality, pk, now)
    finally:
        connection.close()  # the thread ends with the run


def _content(row: MediaFetch) -> bytes:
    """By the link itself, or by the channel's source where the address is the network's own."""
    if urlsplit(row.url).scheme in ("http", "https"):
        return fetch_media(row.url)[0]
    source: object = source_for(row.raw.channel)
    if not isinstance(source, MediaSource):
        raise Refused(CANNOT)
    with within(row.municipality_id):
        account = account_of(row.raw.channel)
    return source.open_media(account, Media(row.url, row.name, row.kind))


def _keep(row: MediaFetch, content: bytes) -> bool:
    """The file's row and the end of the fetching in one transaction."""
    with within(row.municipality_id):
        file = store_file(content, _name_of(row), row.raw.channel.municipality, row.raw)
        _mark(row, state="kept", file=file, error="")
        steps.reached("media kept")
    return True


def _put_off(row: MediaFetch, shut: Unreachable, now: datetime) -> None:
    tries = row.tries + 1
    if is_hopeless(tries):
        _change(row, state="failed", tries=tries, error=(GAVE_UP + shut.words)[:400])
        return
    plain = next_delay(tries, random.random())  # noqa: S311 - spreads repeats, no secret
    pause: timedelta = max(plain, shut.wait or plain)
    _change(row, tries=tries, error=shut.words[:400], next_try_at=now + pause)


def _change(row: MediaFetch, **fields: object) -> None:
    with within(row.municipality_id):
        _mark(row, **fields)


def _mark(row: MediaFetch, **fields: object) -> None:
    MediaFetch.objects.filter(pk=row.pk, state="waiting").update(**fields)


def _name_of(row: MediaFetch) -> str:
    """A name without an extension: networks lie about it, the content tells the right one."""
    name = row.name or PurePosixPath(urlsplit(row.url).path).name or "файл"
    return PurePosixPath(name).stem.replace(".", "_") or "файл"
