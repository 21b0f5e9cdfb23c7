"""Counting of terms: which clocks a case starts and when each falls due.

Pure: no database, clock or settings. Called by `cases.services.register_case` and `otklik deadlines count`.
The decision behind the counting is docs/decisions/0003-counting-of-terms.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from otklik.common.errors import Refused
from otklik.common.words import long_day
from otklik.deadlines.calendar import ONE_DAY, WorkCalendar
from otklik.deadlines.clocks import (
    CLOCKS,
    FAST_STAGES,
    INCIDENT_CHANNELS,
    POS_CHANNELS,
    PROMISE,
    WHOLE_DAYS,
    Clock,
    Unit,
)
from otklik.deadlines.norms import (
    CONTROL_SHIFT,
    FIRST_ANSWER_LEGAL,
    LEGAL_SHIFT,
    REGISTER_SHIFT,
    Norms,
    Parameters,
    Shift,
)
from otklik.deadlines.words import choosable_day

Kind = Literal["appeal", "message"]
MIDNIGHT = time(0, 0)


@dataclass(frozen=True)
class CountedTerm:
    """A clock with its moments in local time. Whole-day clocks end with the working day (control) and with
    the day itself (law); `nominal_on` is the day before any shift. `legal_at` decides what is overdue.
    """

    key: str
    title: str
    clause: str
    unit: Unit
    inner: bool
    start: datetime
    control_at: datetime
    legal_at: datetime
    nominal_on: date

    @property
    def is_whole_days(self) -> bool:
        """The term is named by dates, not by moments."""
        return self.unit in WHOLE_DAYS


def count_terms(
    kind: Kind,
    channel: str,
    urgency: str,
    fast_track: bool,
    received_at: datetime,
    registered_at: datetime | None,
    calendar: WorkCalendar,
    parameters: Parameters,
) -> list[CountedTerm]:
    """Every clock that starts with the case. `channel` is its kind; `urgency` is `high` or `normal`.

    An appeal that is not registered yet has only the clock of registration.
    """
    if kind == "appeal":
        return list(_appeal_terms(fast_track, received_at, registered_at, calendar, parameters))
    if channel in INCIDENT_CHANNELS:
        key = "im.first_answer_hours_urgent" if urgency == "high" else "im.first_answer_hours"
        return [due(one, received_at, calendar, parameters) for one in (key, "im.route_minutes")]
    if channel in POS_CHANNELS:
        answer = due(
            "pos.days_fast" if fast_track else "pos.days_ordinary", received_at, calendar, parameters
        )
        coordinator = due("pos.coordinator_days", received_at, calendar, parameters)
        return [answer, coordinator, due_before("pos.executor_days_before", answer, calendar, parameters)]
    answer = due(
        "message.days_fast" if fast_track else "message.days_ordinary", received_at, calendar, parameters
    )
    return [answer, due_before("deadline.draft_days", answer, calendar, parameters)]


def _appeal_terms(
    fast_track: bool,
    received_at: datetime,
    registered_at: datetime | None,
    calendar: WorkCalendar,
    parameters: Parameters,
) -> Iterator[CountedTerm]:
    yield due("fz59.register_days", received_at, calendar, parameters)
    if registered_at is None:
        return
    answer = due("fz59.review_days", registered_at, calendar, parameters)
    yield answer
    if fast_track:
        answer = due("fast_track.days", registered_at, calendar, parameters)
        yield answer
    yield due_before("deadline.draft_days", answer, calendar, parameters)


def due(key: str, start: date | datetime, calendar: WorkCalendar, parameters: Parameters) -> CountedTerm:
    """When one clock that starts at this local date or moment falls due. `Refused` for an unknown key."""
    clock = clock_of(key)
    begin = _begin_of(start, calendar)
    if clock.before:
        return due_before(key, due(clock.before, begin, calendar, parameters), calendar, parameters)
    norms = Norms(parameters)
    if clock.unit in WHOLE_DAYS:
        return _due_in_days(clock, begin, calendar, norms)
    return _due_in_hours(clock, begin, calendar, norms)


def stage_terms(
    days: Mapping[str, int], received_at: datetime, registered_at: datetime, calendar: WorkCalendar
) -> list[CountedTerm]:
    """Inner clocks of a fast-track mechanism's stages; `days` are working days of each stage by its key.

    Registration is counted from receipt. Every later stage ends by its own days and those of the stages before it,
    so a stage done early leaves its days to the next one. A stage without days of its own takes the usual ones.
    """
    found = []
    passed = 0
    for clock in FAST_STAGES:
        own = days.get(clock.key, clock.amount)
        begin, count = calendar.local(received_at), own
        if clock.start == "registered":
            passed += own
            begin, count = calendar.local(registered_at), passed
        day = calendar.working_day_from(calendar.add_working_days(begin.date(), count))
        found.append(_whole_days(clock, begin, day, day, day, calendar))
    return found


def clock_of(key: str) -> Clock:
    """The catalogue's line. Raises `Refused` naming the unknown key."""
    clock = CLOCKS.get(key)
    if clock is None:
        raise Refused(f"Часов «{key}» нет в перечне сроков.")
    return clock


def due_before(key: str, outer: CountedTerm, calendar: WorkCalendar, parameters: Parameters) -> CountedTerm:
    """An inner clock that ends some days before an outer one, but not before its start.

    ПОС counts back in the days of its term («к дню N−2»), the house in working days before the control date.
    """
    clock = clock_of(key)
    days = Norms(parameters).number(key)
    control = calendar.day_of(outer.control_at)
    if clock.unit == "day":
        day = calendar.working_day_until(outer.nominal_on - days * ONE_DAY)
    else:
        day = calendar.add_working_days(control, -days)
    day = min(max(day, calendar.working_day_from(outer.start.date())), control)
    return _whole_days(clock, outer.start, day, day, outer.nominal_on, calendar)


def promise_due(made_at: datetime, day: date, calendar: WorkCalendar, parameters: Parameters) -> CountedTerm:
    """The clock of a date promised to the applicant: the word given is kept on that very day.

    Raises `Refused` for a day off or a day already past.
    """
    begin = calendar.local(made_at)
    if day < begin.date():
        raise Refused(f"{long_day(day)} — уже прошло. Назовите день не раньше сегодняшнего.")
    if not calendar.is_working(day):
        near = (calendar.previous_working_day(day), calendar.next_working_day(day))
        choice = " или ".join(choosable_day(one) for one in near if one >= begin.date())
        raise Refused(f"{long_day(day)} — выходной. Выберите рабочий день: {choice}.")
    return _whole_days(PROMISE, begin, day, day, day, calendar)


def extended_due(
    first: CountedTerm | date, days: int, start: datetime, calendar: WorkCalendar, parameters: Parameters
) -> CountedTerm:
    """The law's clock extended once: the days are added to the first term before any shift (12 ч. 2).

    `first` is the first term or its nominal day. Whether it may be extended says `running.extend`.
    """
    nominal = first.nominal_on if isinstance(first, CountedTerm) else first
    norms = Norms(parameters)
    clock = clock_of("fz59.review_days")
    later = _count(nominal, days, norms.unit_of(clock.key), calendar)
    return _shifted(clock, calendar.local(start), later, calendar, norms)


def _begin_of(start: date | datetime, calendar: WorkCalendar) -> datetime:
    if isinstance(start, datetime):
        return calendar.local(start)
    return datetime.combine(start, MIDNIGHT, tzinfo=calendar.zone)


def _due_in_days(clock: Clock, begin: datetime, calendar: WorkCalendar, norms: Norms) -> CountedTerm:
    begin = _moved_start(clock, begin, calendar, norms)
    days, unit = norms.number(clock.key), norms.unit_of(clock.key)
    if norms.first_day_counts() and not clock.inner:
        days = max(days - 1, 0)
    return _shifted(clock, begin, _count(begin.date(), days, unit, calendar), calendar, norms)


def _moved_start(clock: Clock, begin: datetime, calendar: WorkCalendar, norms: Norms) -> datetime:
    """Received on a day off: the term of registration starts with the next working day."""
    if clock.key != "fz59.register_days" or norms.shift(REGISTER_SHIFT) != "next":
        return begin
    day = calendar.working_day_from(begin.date())
    return begin if day == begin.date() else datetime.combine(day, MIDNIGHT, tzinfo=calendar.zone)


def _count(day: date, days: int, unit: Unit, calendar: WorkCalendar) -> date:
    return calendar.add_working_days(day, days) if unit == "working_day" else day + days * ONE_DAY


def _shifted(
    clock: Clock, begin: datetime, nominal: date, calendar: WorkCalendar, norms: Norms
) -> CountedTerm:
    """Move both dates off days off; the control date neither precedes the start nor outlives the law's."""
    to_control, to_legal = norms.shift(CONTROL_SHIFT), norms.shift(LEGAL_SHIFT)
    if clock.key.startswith("pos.") and not norms.shifts_pos():
        to_control = to_legal = "none"
    legal = _not_before(begin.date(), _shift(nominal, to_legal, calendar), calendar)
    control = min(_not_before(begin.date(), _shift(nominal, to_control, calendar), calendar), legal)
    return _whole_days(clock, begin, control, control if clock.inner else legal, nominal, calendar)


def _not_before(start: date, day: date, calendar: WorkCalendar) -> date:
    return day if day >= start else calendar.working_day_from(start)


def _shift(day: date, shift: Shift, calendar: WorkCalendar) -> date:
    if shift == "none":
        return day
    return calendar.working_day_from(day) if shift == "next" else calendar.working_day_until(day)


def _whole_days(
    clock: Clock, begin: datetime, control: date, legal: date, nominal: date, calendar: WorkCalendar
) -> CountedTerm:
    control_at = calendar.end_of_work(control)
    if control_at < begin:
        control_at = calendar.end_of_day(control)
    legal_at = control_at if clock.inner else calendar.end_of_day(legal)
    return CountedTerm(
        clock.key, clock.title, clock.clause, clock.unit, clock.inner, begin, control_at, legal_at, nominal
    )


def _due_in_hours(clock: Clock, begin: datetime, calendar: WorkCalendar, norms: Norms) -> CountedTerm:
    """Working hours for the control moment; for the law, clock hours since the message was caught."""
    amount = norms.number(clock.key)
    span = timedelta(minutes=amount) if clock.unit == "minute" else timedelta(hours=amount)
    hours = replace(norms.answering_hours(), short_by=calendar.hours.short_by)
    answering = replace(calendar, hours=hours)
    control_at = answering.add_working_time(begin, span)
    legal_at = control_at
    if not clock.inner:
        legal_at = calendar.add_clock_time(begin, timedelta(hours=norms.number(FIRST_ANSWER_LEGAL)))
    return CountedTerm(
        clock.key,
        clock.title,
        clock.clause,
        clock.unit,
        clock.inner,
        begin,
        control_at,
        legal_at,
        legal_at.date(),
    )
