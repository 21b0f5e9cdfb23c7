"""Building the facts: the whole of them, given days, or only the days that have changed since the last time.

Called by the timer, by `otklik facts` and by the demo; calls the SELECTs of `sources`. Every way of building gives
the same figures for the same `now`, which a test holds.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Max, Q
from django.utils import timezone

from otklik.analytics.columns import COLUMNS
from otklik.analytics.grains import BUILT, CASE_CUTS, FULL, Grain, made_of, next_month
from otklik.analytics.models import DayFact, FactHours, FactMark, HoursRoll, RollFact
from otklik.analytics.sources import DAYS_COME, DAYS_OF_CASES, FIXED, SOURCES, WAITED, Source
from otklik.cases.models import Move, Twin
from otklik.cases.states import OPEN_STATES
from otklik.charter.carrying import carries_out
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.satisfaction.models import Invitation, Score

ADDED: tuple[tuple[str, type[Move] | type[Score] | type[Invitation]], ...] = (
    ("move", Move),
    ("score", Score),
    ("invitation", Invitation),
)
"""Rows that change a case's facts are only ever added; the mark keeps a number for each kind."""

DAY_CUT = """
SELECT %(municipality)s, event.day, channel.key, told.kind, coalesce(topic.key, ''), coalesce(told.body_id, 0),
  told.block_key, coalesce(told.settlement_id, 0), told.h3,
  CASE WHEN told.state = ANY(%(open_states)s) THEN 'open' WHEN told.state = 'sent' THEN 'answered' ELSE 'closed' END
"""
CUT_NAMES = "municipality_id, day, channel, kind, topic, body, block, settlement, h3, state_class"
FROM_EVENTS = """
FROM (SELECT (at AT TIME ZONE %(zone)s)::date AS day, found.* FROM ({sql}) AS found WHERE at >= %(since)s
  AND at < %(until)s) AS event
JOIN cases_case AS told ON told.id = event.case_id
JOIN channels_channel AS channel ON channel.id = told.channel_id
LEFT JOIN topics_topic AS topic ON topic.id = told.topic_id
WHERE %(days)s::date[] IS NULL OR event.day = ANY(%(days)s)
"""
HOURS_IN = """
INSERT INTO analytics_facthours (municipality_id, day, channel, kind, topic, body, what, hours, count)
SELECT %(municipality)s, event.day, channel.key, told.kind, coalesce(topic.key, ''), coalesce(told.body_id, 0),
  event.what, greatest(0, floor(extract(epoch FROM event.at - event.came_at) / 3600))::int AS waited, count(*)
"""
ROLL_IN = """
INSERT INTO analytics_rollfact
  (municipality_id, grain, day, channel, kind, topic, block, body, settlement, h3, {columns})
SELECT municipality_id, '{grain}', {day}, {cuts}, {sums}
FROM {table}
WHERE municipality_id = %(municipality)s{only} AND (%(months)s::date[] IS NULL
  OR day >= %(first)s AND date_trunc('month', day)::date = ANY(%(months)s))
GROUP BY {places}
"""
HOURS_ROLL_IN = """
INSERT INTO analytics_hoursroll (municipality_id, day, body, what, hours, count)
SELECT municipality_id, date_trunc('month', day)::date, body, what, hours, sum(count)
FROM analytics_facthours
WHERE municipality_id = %(municipality)s AND (%(months)s::date[] IS NULL
  OR day >= %(first)s AND date_trunc('month', day)::date = ANY(%(months)s))
GROUP BY 1, 2, 3, 4, 5
ORDER BY 4, 2
"""
ROLLED = (*CASE_CUTS, "settlement", "h3")
ROOM = "SET LOCAL work_mem = '128MB'"
"""A whole history is sorted and gathered in memory rather than on disk; the setting ends with the transaction."""
NOTHING = {"body": "0::bigint", "settlement": "0::bigint"}
"""What stands for a cut that a roll does not keep; the others are texts and are empty."""


def rebuild(
    municipality: Municipality, days: Iterable[date] | None = None, now: datetime | None = None
) -> int:
    """Build the facts of these local days anew, of all days when none are named; returns rows of day facts."""
    with within(municipality.pk):
        mark = _mark_of(municipality)
        if days is None:
            _remember(mark, now or timezone.now())
        return _build(municipality, None if days is None else sorted(set(days)), now or timezone.now())


@carries_out(
    "BOG-II.2.1.1",
    "BOG-II.2.1.6",
    "BOG-III.4.4.3",
    "BOG-III.4.5.3",
    "BOR-1.1.3.в",
    "BOR-1.1.3.г",
    "BOR-2.3.б.1",
    "BOR-2.4.г",
    "BOR-2.5.в",
    "BOR-2.6.в",
    "DEM-2.2.1",
    "DEM-3.3.2.1",
    "LOV-1.2.4",
    "LOV-1.2.6",
    "LOV-2.2.1.1",
    "LOV-2.2.1.6",
    "LOV-4.3.1",
    "MIH-1.1.7.3",
    "MIH-1.1.7.4",
    "MIH-1.4.1",
    "MIH-1.4.6",
    "MIH-2.2.1.1",
    "MIH-2.2.1.5",
    "MIH-2.2.4",
    "MIH-3.2.4",
    "MIH-3.2.6.1.1",
)
def correct(municipality: Municipality, now: datetime | None = None) -> int:
    """Build anew only the days touched since the last time; returns how many. The first time builds them all."""
    moment = now or timezone.now()
    with within(municipality.pk):
        mark = _mark_of(municipality)
        if mark.brought_at is None:
            _remember(mark, moment)
            _build(municipality, None, moment)
            return DayFact.objects.filter(municipality=municipality).values("day").distinct().count()
        days = _touched_days(municipality, mark, moment)
        _remember(mark, moment)
        _build(municipality, sorted(days), moment)
        return len(days)


def _mark_of(municipality: Municipality) -> FactMark:
    """The municipality's mark, locked: two builders wait for one another."""
    FactMark.objects.get_or_create(municipality=municipality)
    return FactMark.objects.select_for_update().get(municipality=municipality)


def _remember(mark: FactMark, now: datetime) -> None:
    """Set the mark to what can be seen now; called before building, so nothing added meanwhile is missed."""
    mark.brought_at = now
    for name, model in ADDED:
        rows = model._default_manager.filter(municipality=mark.municipality)
        setattr(mark, f"last_{name}", getattr(mark, f"seen_{name}"))
        setattr(mark, f"seen_{name}", rows.aggregate(last=Max("id"))["last"] or 0)
    mark.save()


def _touched_days(municipality: Municipality, mark: FactMark, now: datetime) -> set[date]:
    """Every day a touched case has ever stood on, and the days of terms that have come since the mark."""
    values: dict[str, Any] = {
        "municipality": municipality.pk,
        "zone": municipality.time_zone,
        "cases": _touched_cases(municipality, mark),
        "since": mark.brought_at,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(DAYS_OF_CASES, values)
        days = {row[0] for row in cursor.fetchall()}
        cursor.execute(DAYS_COME, values)
        return days | {row[0] for row in cursor.fetchall()}


def _touched_cases(municipality: Municipality, mark: FactMark) -> list[int]:
    """Cases with rows added since the mark, and those they were joined to or parted from."""
    cases: set[int] = set()
    for name, model in ADDED:
        added = model._default_manager.filter(municipality=municipality, pk__gt=getattr(mark, f"last_{name}"))
        cases.update(added.order_by().values_list("case_id", flat=True))
    others = Twin.objects.filter(municipality=municipality, kind="joined", case_id__in=cases)
    cases.update(others.values_list("other_id", flat=True))
    return sorted(cases)


def _build(municipality: Municipality, days: list[date] | None, now: datetime) -> int:
    """Take away what stands on the days and put the figures of today's cases in."""
    if days == []:
        return 0
    _clear(municipality, days)
    zone = ZoneInfo(municipality.time_zone)
    first, last = (days[0], days[-1]) if days else (date(1900, 1, 1), date(2200, 1, 1))
    values: dict[str, Any] = {
        **FIXED,
        "municipality": municipality.pk,
        "zone": municipality.time_zone,
        "open_states": list(OPEN_STATES),
        "days": days,
        "now": now,
        "since": datetime(first.year, first.month, first.day, tzinfo=zone),
        "until": datetime(last.year, last.month, last.day, tzinfo=zone) + timedelta(days=1),
        "months": sorted({day.replace(day=1) for day in days}) if days else None,
        "first": first.replace(day=1),
    }
    with connection.cursor() as cursor:
        cursor.execute(ROOM)
        made = 0
        for source in SOURCES:
            cursor.execute(_day_statement(source), values)
            made += cursor.rowcount
        cursor.execute(HOURS_IN + FROM_EVENTS.format(sql=WAITED) + "GROUP BY 1, 2, 3, 4, 5, 6, 7, 8", values)
        cursor.execute(HOURS_ROLL_IN, values)
        for grain in BUILT:
            cursor.execute(_roll_statement(grain), values)
    return made


def _clear(municipality: Municipality, days: list[date] | None) -> None:
    own = {"municipality": municipality}
    if days is None:
        for model in (DayFact, FactHours, RollFact, HoursRoll):
            model.objects.filter(**own).delete()
        return
    months = {day.replace(day=1) for day in days}
    DayFact.objects.filter(**own, day__in=days).delete()
    FactHours.objects.filter(**own, day__in=days).delete()
    for model in (RollFact, HoursRoll):
        model.objects.filter(**own).filter(_in_months(months)).delete()


def _day_statement(source: Source) -> str:
    sums = ", ".join(f"nullif(sum(event.{name}), 0)" for name in source.columns)
    return (
        f"INSERT INTO analytics_dayfact ({CUT_NAMES}, {', '.join(source.columns)}) {DAY_CUT}, {sums} "
        f"{FROM_EVENTS.format(sql=source.sql)} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 ORDER BY 2"
    )


def _roll_statement(grain: Grain) -> str:
    cuts = [name if name in grain.keeps else NOTHING.get(name, "''") for name in ROLLED]
    source = made_of(grain)
    kept = [place for place, name in enumerate(ROLLED, 4) if name in grain.keeps]
    return ROLL_IN.format(
        grain=grain.key,
        table="analytics_dayfact" if source == FULL else "analytics_rollfact",
        only="" if source == FULL else f" AND grain = '{source.key}'",
        day="date_trunc('month', day)::date" if grain.is_monthly else "day",
        cuts=", ".join(cuts),
        columns=", ".join(COLUMNS),
        sums=", ".join(f"sum({name})" for name in COLUMNS),
        places=", ".join(str(place) for place in (1, 3, *kept)),
    )


def _in_months(months: set[date]) -> Q:
    """Days of these months, whichever day of it a roll stands on."""
    found = Q(pk__in=[])
    for month in months:
        found |= Q(day__gte=month, day__lt=next_month(month))
    return found
