"""Figures of risks over a period: how quickly the centre tells, verifies and answers; by level, topic and page.

Exercises never count. Times are of rounds: a risk that came again is measured again.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Literal

from django.db.models import Count, Q

from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.today import day_in
from otklik.risks.models import Risk, RiskClock, RiskMove
from otklik.risks.selectors import levels_of
from otklik.risks.watchlog import watch_table
from otklik.risks.words import OPEN_STATES

Cut = Literal["level", "topic", "page"]
MINUTE = timedelta(minutes=1)
SPEEDS = ("alert", "verify", "first_word", "full_answer")


@dataclass(frozen=True)
class Speed:
    """One clock of one cut: how many rounds had it, how many in time, the median in minutes (None: none done)."""

    started: int = 0
    done: int = 0
    in_time: int = 0
    minutes: float | None = None

    @property
    def share(self) -> float | None:
        """The share done in time of all that were started and are due or done."""
        return self.in_time / self.started if self.started else None


@dataclass(frozen=True)
class Line:
    """A row of the table: a level, a topic or a page with its risks and the speed of each clock."""

    key: str
    title: str
    risks: int
    speeds: dict[str, Speed] = field(default_factory=dict)


@dataclass(frozen=True)
class Summary:
    """The period in numbers; `hours_to_close` is a median, None when nothing was closed. `looks` are days of pages."""

    found: int
    closed: int
    open_now: int
    confirmed: int
    refuted: int
    partly: int
    repeated: int
    returned: int
    hours_to_close: float | None
    looks: int
    missing_looks: int


def summary(municipality: Municipality, period: Period, now: datetime) -> Summary:
    """Risks of the period and the watch of its days; a look of today is not missing yet."""
    start, end = period.moments(municipality.time_zone)
    rows = Risk.objects.filter(municipality=municipality, drill=False)
    inside = rows.filter(found_at__gte=start, found_at__lt=end)
    verdicts = inside.aggregate(
        found=Count("pk"),
        **{key: Count("pk", filter=Q(verdict=key)) for key in ("confirmed", "refuted", "partly")},
    )
    closed = list(rows.filter(closed_at__gte=start, closed_at__lt=end).values_list("began_at", "closed_at"))
    moves = RiskMove.objects.filter(
        municipality=municipality, risk__drill=False, at__gte=start, at__lt=end, deed__in=["repeat", "return"]
    )
    deeds = dict(moves.values_list("deed").annotate(n=Count("pk")).order_by())
    today = day_in(municipality, now)
    days = [cell for row in watch_table(municipality, period) for cell in row.cells]
    return Summary(
        **verdicts,
        closed=len(closed),
        open_now=rows.filter(state__in=OPEN_STATES).count(),
        repeated=deeds.get("repeat", 0),
        returned=deeds.get("return", 0),
        hours_to_close=_median((till - since) / timedelta(hours=1) for since, till in closed if till),
        looks=sum(one.is_looked for one in days),
        missing_looks=sum(one.state == "missing" and one.day < today for one in days),
    )


def speeds(municipality: Municipality, period: Period, cut: Cut, now: datetime) -> list[Line]:
    """The table of a cut: levels in the charter's order, topics and pages by how many risks they had."""
    start, end = period.moments(municipality.time_zone)
    rows = RiskClock.objects.filter(
        municipality=municipality, risk__drill=False, start_at__gte=start, start_at__lt=end, key__in=SPEEDS
    ).values_list(*CUTS[cut], "risk_id", "key", "start_at", "due_at", "stopped_at")
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for key, title, *rest in rows:
        groups[str(key or ""), str(title or "не указано")].append(Row(*rest))
    levels = levels_of(municipality)
    lines = [
        _line(key, levels[key].title if key in levels else title, found, now)
        for (key, title), found in groups.items()
    ]
    if cut == "level":
        places = list(levels)
        return sorted(lines, key=lambda one: places.index(one.key) if one.key in places else len(places))
    return sorted(lines, key=lambda one: (-one.risks, one.title))


CUTS: dict[Cut, tuple[str, str]] = {
    "level": ("risk__level_key", "risk__level_key"),
    "topic": ("risk__topic__key", "risk__topic__title"),
    "page": ("risk__page_id", "risk__page__title"),
}


@dataclass(frozen=True)
class Row:
    """A clock as it was read."""

    risk_id: int
    key: str
    start_at: datetime
    due_at: datetime
    stopped_at: datetime | None


def _line(key: str, title: str, rows: list[Row], now: datetime) -> Line:
    return Line(
        key,
        title,
        len({one.risk_id for one in rows}),
        {name: _speed([one for one in rows if one.key == name], now) for name in SPEEDS},
    )


def _speed(rows: list[Row], now: datetime) -> Speed:
    """A clock that still runs and is not due says nothing yet."""
    judged = [one for one in rows if one.stopped_at or one.due_at < now]
    done = [(one, one.stopped_at) for one in judged if one.stopped_at]
    return Speed(
        started=len(judged),
        done=len(done),
        in_time=sum(stopped <= one.due_at for one, stopped in done),
        minutes=_median((stopped - one.start_at) / MINUTE for one, stopped in done),
    )


def _median(values: Iterable[float]) -> float | None:
    kept = list(values)
    return round(median(kept), 1) if kept else None
