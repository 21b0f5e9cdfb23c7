"""The state of a duty: kept, overdue, never done yet, or a fact that stands. Pure: figures in, a state out.

A cadence that names a rhythm («2 раза в месяц») makes a duty overdue when nothing was done in the last whole
stretch of it and nothing since; words without one («оперативно», «по запросу») are judged by records alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from otklik.charter.evidence import Evidence
from otklik.common.period import Period
from otklik.common.periods import before, fortnight_of, month_of, quarter_of, week_of, year_of

State = Literal["late", "never", "done", "fact"]
STATES: dict[State, str] = {
    "late": "просрочено",
    "never": "ещё не исполнялось",
    "done": "исполняется",
    "fact": "организационный факт",
}
"""In the order of urgency: what burns stands first."""

GAPS: tuple[State, ...] = ("late", "never")


def _month(day: date) -> Period:
    return month_of(day.year, day.month)


def _quarter(day: date) -> Period:
    return quarter_of(day.year, (day.month + 2) // 3)


RHYTHMS: dict[str, Callable[[date], Period]] = {
    "ежедневно": lambda day: Period(day, day),
    "еженедельно": week_of,
    "2 раза в месяц": fortnight_of,
    "ежемесячно": _month,
    "ежеквартально": _quarter,
    "ежегодно": lambda day: year_of(day.year),
    "сезонно / ежегодно": lambda day: year_of(day.year),
}


@dataclass(frozen=True)
class Stretch:
    """One stretch of a rhythm: how much was done in it, and whether it is over."""

    period: Period
    count: int
    is_over: bool

    @property
    def is_missed(self) -> bool:
        return self.is_over and not self.count


def yesterday(day: date) -> date:
    """The day before: what precedes a day where nobody counts days off."""
    return day - timedelta(days=1)


def state_of(
    cadence: str,
    evidence: Evidence | None,
    is_fact: bool,
    today: date,
    workday_before: Callable[[date], date] = yesterday,
    is_late: bool = False,
) -> State:
    """The state on a day. `is_late` is said by those who know a due day of their own: papers, errands.

    `workday_before` gives the working day before a day: a daily duty rests on days off.
    """
    if is_late:
        return "late"
    if evidence is None or not evidence.count:
        return "never"
    if is_fact:
        return "fact"
    since = must_be_since(cadence, today, workday_before)
    if since is None or evidence.last_at is None or evidence.last_at.date() >= since:
        return "done"
    return "late"


def must_be_since(
    cadence: str, today: date, workday_before: Callable[[date], date] = yesterday
) -> date | None:
    """The first day a last record may be of and not be overdue; None without a rhythm."""
    stretch_of = RHYTHMS.get(cadence)
    if stretch_of is None:
        return None
    running = stretch_of(today)
    if running.since == running.until:
        return workday_before(today)
    return before(running).since


def stretches_of(cadence: str, days: Iterable[date], within: Period) -> list[Stretch]:
    """The stretches of the rhythm from the first to the last day of `within`, which is today; empty without one.

    `days` are the days of records, repeated as often as records are.
    """
    stretch_of = RHYTHMS.get(cadence)
    if stretch_of is None:
        return []
    done = list(days)
    found: list[Stretch] = []
    period = stretch_of(within.since)
    while period.since <= within.until:
        count = sum(period.since <= day <= period.until for day in done)
        found.append(Stretch(period, count, period.until < within.until))
        period = stretch_of(period.until + timedelta(days=1))
    return found
