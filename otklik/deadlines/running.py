"""A term on its way: pause and resume of inner clocks, stop, the law's extension, and the state people see.

Pure. Only inner clocks stand while the applicant is asked; the law knows no pause, so its clocks are never
touched here except by the one extension of 59-ФЗ, ст. 12 ч. 2.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from otklik.common.errors import Refused
from otklik.common.words import count, full_day
from otklik.deadlines.calendar import WorkCalendar
from otklik.deadlines.clocks import WHOLE_DAYS, Running, State
from otklik.deadlines.norms import Norms, Parameters
from otklik.deadlines.rules import CountedTerm, extended_due

EXTENDABLE = "fz59.review_days"
LONGEST_EXTENSION = "fz59.extension_days_max"
SOON_WORKING_DAYS = 3


@dataclass(frozen=True)
class Term:
    """The moments of a running clock. `Term.of` takes them from a row."""

    key: str
    unit: str
    is_inner: bool
    start_at: datetime
    control_at: datetime
    legal_at: datetime
    paused_at: datetime | None = None
    stopped_at: datetime | None = None

    @classmethod
    def of(cls, row: Running) -> "Term":
        """The moments of a row of `cases.Term`."""
        return cls(
            row.key,
            row.unit,
            row.is_inner,
            row.start_at,
            row.control_at,
            row.legal_at,
            row.paused_at,
            row.stopped_at,
        )

    @classmethod
    def started(cls, counted: CountedTerm) -> "Term":
        """A clock just counted begins to run."""
        return cls(
            counted.key, counted.unit, counted.inner, counted.start, counted.control_at, counted.legal_at
        )


def pause(term: Term, at: datetime) -> Term:
    """The inner clock stands from this moment; an outer, stopped or already standing one stays as it is."""
    if not term.is_inner or term.stopped_at or term.paused_at:
        return term
    return replace(term, paused_at=at)


def resume(term: Term, at: datetime, calendar: WorkCalendar, not_after: datetime | None = None) -> Term:
    """The inner clock goes on: its moment moves by the working time it stood, not beyond `not_after`
    (the control moment of the law's clock, which ran on)."""
    if not term.paused_at or term.stopped_at:
        return term
    moved = _moved(term, term.paused_at, at, calendar)
    if not_after is not None:
        moved = max(min(moved, not_after), term.control_at)
    return replace(term, paused_at=None, control_at=moved, legal_at=moved)


def _moved(term: Term, since: datetime, until: datetime, calendar: WorkCalendar) -> datetime:
    if term.unit not in WHOLE_DAYS:
        return calendar.add_working_time(term.control_at, calendar.working_time_between(since, until))
    stood = calendar.working_days_between(calendar.day_of(since), calendar.day_of(until))
    if stood <= 0:
        return term.control_at
    return calendar.end_of_work(calendar.add_working_days(calendar.day_of(term.control_at), stood))


def stop(term: Term, at: datetime) -> Term:
    """The clock's event has come; a standing clock stops too. A stopped one keeps its first moment."""
    return term if term.stopped_at else replace(term, stopped_at=at, paused_at=None)


def extend(
    term: Term,
    days: int,
    reason: str,
    at: datetime,
    was_extended: bool,
    first_nominal_on: date,
    calendar: WorkCalendar,
    parameters: Parameters,
) -> CountedTerm:
    """The law's clock extended once, with a reason, before the first date, so that the notice leaves in time.

    Raises `Refused` with the rule that is not kept. The reason goes to the term's row and to the notice.
    """
    longest = Norms(parameters).number(LONGEST_EXTENSION)
    if term.key != EXTENDABLE or term.stopped_at:
        raise Refused("Продлевается только идущий срок ответа на обращение по 59-ФЗ.")
    if was_extended:
        raise Refused("Срок уже продлевали. По статье 12 закона 59-ФЗ это можно сделать один раз.")
    if not 1 <= days <= longest:
        raise Refused(f"Продлить можно на срок от 1 до {longest} дней, а указано {days}.")
    if not reason.strip():
        raise Refused("Назовите причину продления: она войдёт в уведомление заявителю.")
    if at > term.legal_at:
        was_due = full_day(calendar.day_of(term.legal_at))
        raise Refused(f"Срок истёк {was_due}. Уведомить о продлении нужно было до этого дня.")
    return extended_due(first_nominal_on, days, term.start_at, calendar, parameters)


def state_of(
    term: Running, now: datetime, calendar: WorkCalendar, warn_days: int = SOON_WORKING_DAYS
) -> State:
    """The one state of a clock that every list, card and report shows (`warn_days` are working days)."""
    if term.stopped_at:
        return "done" if term.stopped_at <= term.legal_at else "done_late"
    if term.paused_at:
        return "paused"
    if now > term.legal_at:
        return "overdue"
    today, day = calendar.day_of(now), calendar.day_of(next_moment(term, now))
    if day == today:
        return "today"
    control_is_past = now > term.control_at
    if control_is_past or calendar.working_days_between(today, day) <= warn_days:
        return "soon"
    return "in_time"


def next_moment(term: Running, now: datetime) -> datetime:
    """The nearest moment still ahead: the control one, then the law's; the law's when both are past."""
    return min((one for one in (term.control_at, term.legal_at) if one >= now), default=term.legal_at)


def days_left(term: Running, now: datetime, calendar: WorkCalendar) -> int:
    """Days to the control date, below zero after it."""
    return (calendar.day_of(term.control_at) - calendar.day_of(now)).days


def step_to_tell(
    term: Running, now: datetime, calendar: WorkCalendar, steps: Collection[int], told: int | None
) -> int | None:
    """The newest of these steps (days left, below zero after the control date) that came since the start of the clock
    and was not told; `told` is how many days were left when something was said last.

    A morning without the timer loses no step: it is told on the next one, and of several missed only the newest.
    """
    if term.stopped_at or term.paused_at:
        return None
    left, whole = days_left(term, now, calendar), days_left(term, term.start_at, calendar)
    newest = min((step for step in steps if left <= step <= whole), default=None)
    return newest if newest is not None and (told is None or told > newest) else None


def days_to_warn(
    term: Running, now: datetime, calendar: WorkCalendar, warn_days: Collection[int], told: int | None
) -> int | None:
    """Days left when a warning about this clock is due (`deadline.warn_days`; from the control date on every day),
    else None. Negative after the control date."""
    left = days_left(term, now, calendar)
    step = step_to_tell(term, now, calendar, {*warn_days, min(left, 0)}, told)
    return None if step is None else left


def nearest(terms: Collection[Running], now: datetime) -> Running | None:
    """The running clock nearest to breach; on equality the legal one. None when nothing runs."""
    live = [term for term in terms if not term.stopped_at and not term.paused_at]
    return min(live, key=lambda term: (next_moment(term, now), term.is_inner), default=None)


def pause_words(days: int) -> str:
    """What the card says of the law's clock while inner ones stand."""
    return f"Внутренние сроки стоят {count(days, 'день', 'дня', 'дней')}, срок по закону идёт."
