"""Tables of a period made once and left in the depot of their channel; a shut depot is tried again."""

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F
from django.utils import timezone

from otklik.accounts.models import User
from otklik.audit.services import record
from otklik.channels.adapters.source import Unreachable
from otklik.channels.depots.opening import open_depot
from otklik.channels.files import path_of, store_made
from otklik.channels.models import Channel, Feed
from otklik.channels.rules import is_hopeless, next_delay
from otklik.channels.services.accounts import account_of
from otklik.channels.spreadsheet import TYPES, to_file
from otklik.charter.part_file import PartFault
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.scope import within
from otklik.reports.handover.tables import rows_of
from otklik.reports.handover.template import Table, template_of
from otklik.reports.models import HandedTable

MOST_MISSED = 31
KIND = "heat_map"
"""Kind of the channel of BI ЦУР РФ in charters; any channel may say `tables_out = true` instead."""


def channels_out(municipality: Municipality) -> list[Channel]:
    """Channels that tables are handed over by: switched on, with a depot."""
    on = Feed.objects.filter(municipality=municipality, is_on=True).select_related("channel__municipality")
    found = [feed.channel for feed in on.order_by("channel__position", "channel_id")]
    return [one for one in found if one.settings.get("depot") and _is_out(one)]


def _is_out(channel: Channel) -> bool:
    return channel.kind == KIND or channel.settings.get("tables_out") is True


def make_due(municipality: Municipality, now: datetime) -> int:
    """Make tables whose period has ended and whose hour has come; within the municipality's scope."""
    made = 0
    for channel in channels_out(municipality):
        try:
            tables = template_of(channel).tables
        except PartFault as fault:
            _complain(channel, str(fault))
            continue
        made += sum(_make_one(channel, table, now) for table in tables)
    return made


def _make_one(channel: Channel, table: Table, now: datetime) -> int:
    """Every period that has ended since the last table: days when nothing ran are handed over too."""
    local = now.astimezone(ZoneInfo(channel.municipality.time_zone))
    if local.hour < table.hour:
        return 0
    made = HandedTable.objects.filter(channel=channel, key=table.key)
    last = made.order_by("-until").values_list("until", flat=True).first()
    periods = periods_after(table.every, last, local.date())
    for period in periods:
        make_table(channel, table, period, now)
    return len(periods)


def make_table(channel: Channel, table: Table, period: Period, now: datetime) -> HandedTable:
    """The table of this period, kept and ready to leave. Raises IntegrityError for one made before."""
    municipality = channel.municipality
    rows = list(rows_of(table, municipality, period, now))
    content = to_file(table.format, [one.heading for one in table.columns], rows, table.title)
    name = f"{municipality.key}-{table.file or table.key}-{period.until:%Y-%m-%d}.{table.format}"
    made = HandedTable.objects.create(
        municipality=municipality,
        channel=channel,
        key=table.key,
        title=table.title,
        since=period.since,
        until=period.until,
        file=store_made(content, name, TYPES[table.format], municipality),
        rows=len(rows),
        next_try_at=now,
        made_at=now,
    )
    details = {"table": table.title, "rows": len(rows), "sha256": made.file.sha256}
    record(made, "reports.table_made", None, municipality, details=details)
    return made


def period_of(every: str, today: date) -> Period:
    """The last whole day, week from Monday, or month before today."""
    if every == "day":
        return Period(today - timedelta(days=1), today - timedelta(days=1))
    if every == "week":
        monday = today - timedelta(days=today.weekday())
        return Period(monday - timedelta(days=7), monday - timedelta(days=1))
    last = today.replace(day=1) - timedelta(days=1)
    return Period(last.replace(day=1), last)


def periods_after(every: str, last: date | None, today: date) -> list[Period]:
    """Whole periods before today that end after `last`, the eldest first; a new table begins with the last one."""
    found = [period_of(every, today)]
    while last and len(found) < MOST_MISSED and (before := period_of(every, found[-1].since)).until > last:
        found.append(before)
    return [period for period in reversed(found) if last is None or period.until > last]


def hand_over_due(municipality: Municipality, now: datetime) -> int:
    """Leave every waiting table in its depot, the eldest first; returns how many left. Call outside a transaction."""
    with within(municipality.pk):
        due = HandedTable.objects.filter(municipality=municipality, state="waiting", next_try_at__lte=now)
        waiting = list(due.select_related("channel__municipality", "file").order_by("made_at", "id")[:50])
    return sum(hand_over(one, now) for one in waiting)


def hand_over(table: HandedTable, now: datetime) -> bool:
    """Put the file; putting it twice under its name changes nothing, so a cut try is simply repeated."""
    try:
        with within(table.municipality_id):
            account = account_of(table.channel)
        with open_depot(account) as depot:
            proof = depot.put(table.file.name, path_of(table.file).read_bytes())
    except (Unreachable, Refused, OSError) as error:
        _put_off(table, str(error), now)
        return False
    with within(table.municipality_id):
        moved = HandedTable.objects.filter(pk=table.pk, state="waiting").update(
            state="sent", sent_at=timezone.now(), proof=proof[:300], error="", tries=table.tries + 1
        )
        if moved:
            table.refresh_from_db()
            details = {"table": table.title, "sha256": table.file.sha256, "where": proof}
            record(table, "reports.table_handed", None, table.municipality, details=details)
            Feed.objects.filter(channel=table.channel).update(out_failures=0, out_error="")
    return bool(moved)


def hand_over_again(table: HandedTable, by: User, now: datetime) -> None:
    """Start anew after the reason of the failure is mended. Raises Refused."""
    if not HandedTable.objects.filter(pk=table.pk, state="dead").update(
        state="waiting", tries=0, next_try_at=now, error=""
    ):
        raise Refused("Снова отправить можно только таблицу, которая не ушла: обновите страницу.")
    table.refresh_from_db()
    record(table, "reports.table_again", by, table.municipality, details={"table": table.title})


def _put_off(table: HandedTable, words: str, now: datetime) -> None:
    tries = table.tries + 1
    # Jitter spreads the load of repeats; nothing secret hangs on it.
    delay = next_delay(tries, random.random())  # noqa: S311
    with within(table.municipality_id):
        HandedTable.objects.filter(pk=table.pk, state="waiting").update(
            state="dead" if is_hopeless(tries) else "waiting",
            tries=tries,
            next_try_at=now + delay,
            error=words[:400],
        )
        _complain(table.channel, words)


def _complain(channel: Channel, words: str) -> None:
    """The status page of channels shows what to mend."""
    told = words.replace("\n", "; ")[:400]
    Feed.objects.filter(channel=channel).update(out_failures=F("out_failures") + 1, out_error=told)
