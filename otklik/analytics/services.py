"""Building the facts: the whole of them, given days, or only the days that have changed since the last time.

Called by the timer, by `otklik facts` and by the demo; calls the SELECTs of `sources`. Every way of building gives
the same figures for the same `now`, which a test holds.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from otklik.analytics.columns import COLUMNS
from otklik.analytics.models import DayFact, FactHours, FactMark, MonthFact
from otklik.analytics.sources import DAYS_OF_CASES, FIXED, SOURCES, WAITED, Source
from otklik.cases.models import Move, Twin
from otklik.cases.states import OPEN_STATES
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.satisfaction.models import Invitation, Score

OVERLAP = 1000
"""Ids read again from before the mark: a long transaction may have kept its rows to itself until now."""

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
MONTH_NAMES = "municipality_id, day, channel, kind, topic, body, block"
MONTH_IN = """
INSERT INTO analytics_monthfact ({names}, {columns})
SELECT municipality_id, date_trunc('month', day)::date, channel, kind, topic, body, block, {sums}
FROM analytics_dayfact
WHERE municipality_id = %(municipality)s AND (%(months)s::date[] IS NULL
  OR day >= %(first)s AND date_trunc('month', day)::date = ANY(%(months)s))
GROUP BY 1, 2, 3, 4, 5, 6, 7
"""


def rebuild(
    municipality: Municipality, days: Iterable[date] | None = None, now: datetime | None = None
) -> int:
    """Build the facts of these local days anew, of all days when none are named; returns rows of day facts."""
    with within(municipality.pk):
        mark = _mark_of(municipality)
        if days is None:
            _remember(mark, now or timezone.now())
        return _build(municipality, None if days is None else sorted(set(days)), now or timezone.now())


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
    own = {"municipality": mark.municipality}
    mark.brought_at = now
    mark.last_move = Move.objects.filter(**own).aggregate(last=Max("id"))["last"] or 0
    mark.last_score = Score.objects.filter(**own).aggregate(last=Max("id"))["last"] or 0
    mark.last_invitation = Invitation.objects.filter(**own).aggregate(last=Max("id"))["last"] or 0
    mark.save()


def _touched_days(municipality: Municipality, mark: FactMark, now: datetime) -> set[date]:
    """Every day a touched case has ever stood on, and those whose terms have run out since the mark."""
    zone = ZoneInfo(municipality.time_zone)
    since, today = (mark.brought_at or now).astimezone(zone).date(), now.astimezone(zone).date()
    span = (today - since).days
    days = {since + timedelta(days=step) for step in range(min(span, 0) - 1, max(span, 0) + 1)}
    with connection.cursor() as cursor:
        cursor.execute(
            DAYS_OF_CASES, {"zone": municipality.time_zone, "cases": _touched_cases(municipality, mark)}
        )
        return days | {row[0] for row in cursor.fetchall()}


def _touched_cases(municipality: Municipality, mark: FactMark) -> list[int]:
    """Cases with rows added since the mark, and those they were joined to or parted from."""
    cases: set[int] = set()
    for model, last in (
        (Move, mark.last_move),
        (Score, mark.last_score),
        (Invitation, mark.last_invitation),
    ):
        added = model.objects.filter(municipality=municipality, pk__gt=last - OVERLAP)
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
        made = 0
        for source in SOURCES:
            cursor.execute(_day_statement(source), values)
            made += cursor.rowcount
        cursor.execute(HOURS_IN + FROM_EVENTS.format(sql=WAITED) + "GROUP BY 1, 2, 3, 4, 5, 6, 7, 8", values)
        cursor.execute(_month_statement(), values)
    return made


def _clear(municipality: Municipality, days: list[date] | None) -> None:
    own = {"municipality": municipality}
    if days is None:
        for model in (DayFact, FactHours, MonthFact):
            model.objects.filter(**own).delete()
        return
    months = {day.replace(day=1) for day in days}
    DayFact.objects.filter(**own, day__in=days).delete()
    FactHours.objects.filter(**own, day__in=days).delete()
    MonthFact.objects.filter(**own, day__in=months).delete()


def _day_statement(source: Source) -> str:
    sums = ", ".join(f"nullif(sum(event.{name}), 0)" for name in source.columns)
    return (
        f"INSERT INTO analytics_dayfact ({CUT_NAMES}, {', '.join(source.columns)}) {DAY_CUT}, {sums} "
        f"{FROM_EVENTS.format(sql=source.sql)} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10"
    )


def _month_statement() -> str:
    return MONTH_IN.format(
        names=MONTH_NAMES, columns=", ".join(COLUMNS), sums=", ".join(f"sum({name})" for name in COLUMNS)
    )
