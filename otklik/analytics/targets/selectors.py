"""Questions about targets: what was handed down, the fact beside the plan, where it goes, directions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from otklik.accounts.models import Post
from otklik.analytics.figures import Histogram, Sums
from otklik.analytics.measures import GROUPS, MEASURES, Measure, Value
from otklik.analytics.selectors import hours, sums
from otklik.analytics.targets.models import Direction, Target
from otklik.analytics.targets.rules import (
    RECENT_DAYS,
    End,
    State,
    Step,
    foretell_end,
    state_of,
    steps_of,
    way_of,
)
from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.common.period import Period

INDICATORS = {
    "on_time_share": "in_time",
    "quality_share": "first_pass",
    "satisfaction_mean": "satisfaction",
    "solved_share": "solvable_solved",
    "first_answer_hours": "first_median",
    "repeat_share": "repeated",
}
"""Which measure of the catalogue an indicator of the charter's goal is."""


@dataclass(frozen=True)
class Stand:
    """A target as it stands on a day: fact, way, end, state."""

    target: Target
    measure: Measure
    period: Period
    fact: Value
    way: tuple[Step, ...]
    end: End | None
    state: State


def targets_of(municipality: Municipality) -> QuerySet[Target]:
    """Targets in force, the latest periods first."""
    return Target.objects.filter(municipality=municipality, dropped_at=None).select_related("post__body")


def running(municipality: Municipality, today: date) -> QuerySet[Target]:
    """Targets whose period holds the day."""
    return targets_of(municipality).filter(since__lte=today, until__gte=today)


def directions_of(municipality: Municipality) -> QuerySet[Direction]:
    """Directions of development, those in force first."""
    return Direction.objects.filter(municipality=municipality).order_by("until", "-since")


def in_force(municipality: Municipality, today: date) -> QuerySet[Direction]:
    """Directions that have not been ended by the day."""
    return directions_of(municipality).filter(Q(until__isnull=True) | Q(until__gte=today))


def asked_by_charter(municipality: Municipality) -> list[Measure]:
    """Measures the charter's goal is seen by."""
    return [
        MEASURES[INDICATORS[key]] for key in charter_of(municipality).goal.indicators if key in INDICATORS
    ]


def measures_to_plan() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every measure that may have a plan, by the groups of the catalogue."""
    return [
        (title, [(one.key, f"{one.title}, {one.unit}") for one in group]) for title, group in GROUPS.items()
    ]


def posts_of(municipality: Municipality) -> QuerySet[Post]:
    """Posts that may answer for a target."""
    return Post.objects.filter(municipality=municipality).select_related("body").order_by("title")


def stand_of(target: Target, municipality: Municipality, today: date) -> Stand:
    """The fact, the way and the end of one target."""
    return stands_of([target], municipality, today)[0]


def stands_of(targets: Sequence[Target], municipality: Municipality, today: date) -> list[Stand]:
    """How each target stands; targets of one period and block share one reading of the facts."""
    read: dict[tuple[Period, str], _Read] = {}
    found = []
    for target in targets:
        period = Period(target.since, target.until)
        place = (period, target.block)
        if place not in read:
            read[place] = _read(municipality, period, target.block, today)
        found.append(_stand(target, period, read[place], municipality.population, today))
    return found


@dataclass(frozen=True)
class _Read:
    """Facts of a period by day, of the four weeks up to today, and waits where they can be cut so."""

    days: dict[date, Sums]
    hours: dict[str, dict[date, Histogram]]
    recent: Sums
    recent_hours: dict[str, Histogram]


def _read(municipality: Municipality, period: Period, block: str, today: date) -> _Read:
    towns, where = [municipality.pk], {"block": block} if block else None
    recent = Period(today - timedelta(days=RECENT_DAYS), today - timedelta(days=1))
    days = {key[0]: one for key, one in sums(towns, period, ("day",), where).items()}
    lately = sums(towns, recent, (), where).get((), Sums())
    if block:
        return _Read(days, {}, lately, {})
    waits = {
        what: {key[0]: one for key, one in hours(towns, period, what, ("day",)).items()}
        for what in ("first", "final")
    }
    lately_waits = {what: hours(towns, recent, what)[()] for what in ("first", "final")}
    return _Read(days, waits, lately, lately_waits)


def _stand(target: Target, period: Period, read: _Read, population: int | None, today: date) -> Stand:
    measure, last = MEASURES[target.measure], min(period.until, today)
    waits = read.hours.get(measure.waited, {})
    parts = [(part, _added(read.days, part), _waited(waits, part)) for part in steps_of(period, last)] or [
        (Period(period.since, period.since), Sums(), Histogram())
    ]
    way = way_of(measure, parts, population)
    so_far = Period(period.since, max(last, period.since))
    left = (period.until - today).days
    end = foretell_end(
        measure,
        (_added(read.days, so_far), _waited(waits, so_far)),
        (read.recent, read.recent_hours.get(measure.waited, Histogram())),
        left,
    )
    fact = way[-1].so_far
    state = state_of(period, today, target.is_floor, target.plan, fact.number, end)
    return Stand(target, measure, period, fact, tuple(way), end, state)


def _added(days: dict[date, Sums], period: Period) -> Sums:
    added: dict[str, int] = {}
    for day in period.days():
        for name, count in days.get(day, Sums()).items():
            added[name] = added.get(name, 0) + count
    return Sums(added)


def _waited(days: dict[date, Histogram], period: Period) -> Histogram:
    added: dict[int, int] = {}
    for day in period.days():
        for hour, count in days[day].counts.items() if day in days else ():
            added[hour] = added.get(hour, 0) + count
    return Histogram(added)
