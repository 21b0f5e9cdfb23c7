"""The words of clocks: the chip in a list, the sentence for a reader's ear, the day offered in a refusal.

Called by screens, documents and notices, so that one clock reads the same everywhere.
"""

from datetime import date, datetime, timedelta

from otklik.common.words import MONTHS, NBSP, clock, count, full_day, short_day, weekday_and_day
from otklik.deadlines.calendar import LAST_MOMENT, WorkCalendar
from otklik.deadlines.clocks import CLOCKS, PROMISE, WHOLE_DAYS, Running, State

DAYS = ("день", "дня", "дней")
HOUR = timedelta(hours=1)
WEEK = 7
ACCUSATIVE_WEEKDAYS = ("понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье")

STATE_WORDS: dict[State, str] = {
    "in_time": "в срок",
    "soon": "скоро",
    "today": "сегодня",
    "overdue": "просрочено",
    "paused": "пауза",
    "done": "исполнено",
    "done_late": "исполнено с опозданием",
}


def choosable_day(day: date) -> str:
    """«пятницу 30 октября»: a day to choose instead."""
    return f"{ACCUSATIVE_WEEKDAYS[day.weekday()]} {day.day}{NBSP}{MONTHS[day.month - 1]}"


def chip_words(term: Running, state: State, moment: datetime, now: datetime, calendar: WorkCalendar) -> str:
    """The words inside a chip. `moment` is `running.next_moment(term, now)`."""
    match state:
        case "paused":
            return _paused(term, now, calendar)
        case "done" | "done_late":
            return _done(term, state, calendar)
        case "overdue":
            return f"просрочено {lateness(term, now, calendar)}"
        case "today":
            return _today(calendar.local(moment))
        case _:
            return _ahead(term, calendar.local(moment), calendar.local(now), calendar)


def caption(term: Running) -> str:
    """Under the chip: which clock it is; says so when its days are working days."""
    known = PROMISE if term.key == PROMISE.key else CLOCKS.get(term.key)
    title = known.title if known else term.key
    return f"{title}, дни рабочие" if term.unit == "working_day" else title


def lateness(term: Running, until: datetime, calendar: WorkCalendar) -> str:
    """How late: hours while under one working day, then days: «5 ч», «1 день»."""
    late_days = (calendar.day_of(until) - calendar.day_of(term.legal_at)).days
    if term.unit in WHOLE_DAYS:
        return count(max(late_days, 1), *DAYS)
    late = until - term.legal_at
    if late < HOUR:
        return f"{max(int(late.total_seconds() // 60), 1)}{NBSP}мин"
    if late < _working_day(calendar) or late_days < 1:
        return f"{int(late / HOUR)}{NBSP}ч"
    return count(late_days, *DAYS)


def aloud(term: Running, state: State, now: datetime, calendar: WorkCalendar) -> str:
    """The whole chip for a screen reader and a tooltip: state, clock, date and clause."""
    legal, control = calendar.local(term.legal_at), calendar.local(term.control_at)
    head = f"просрочено {lateness(term, now, calendar)}" if state == "overdue" else STATE_WORDS[state]
    words = [head, caption(term), f"срок {_moment(legal, term)}"]
    if control < legal:
        words.append(f"контроль {_moment(control, term)}")
    known = CLOCKS.get(term.key)
    return ", ".join([*words, known.clause] if known else words)


def _moment(moment: datetime, term: Running) -> str:
    day = full_day(moment.date())
    return day if term.unit in WHOLE_DAYS else f"{day}, {clock(moment)}"


def _today(moment: datetime) -> str:
    return "до конца дня" if moment.time() == LAST_MOMENT else f"до{NBSP}{clock(moment)}"


def _ahead(term: Running, moment: datetime, now: datetime, calendar: WorkCalendar) -> str:
    day, today = moment.date(), now.date()
    left = (day - today).days
    named = weekday_and_day(day) if left <= WEEK else short_day(day, today)
    if term.unit not in WHOLE_DAYS:
        return f"{named}, {clock(moment)}"
    if term.unit == "working_day":
        left = calendar.working_days_between(today, day)
    return f"{named} · {count(left, *DAYS)}" if left else named


def _paused(term: Running, now: datetime, calendar: WorkCalendar) -> str:
    since = term.paused_at or now
    days = (calendar.day_of(now) - calendar.day_of(since)).days
    return f"пауза {count(days, *DAYS)}" if days else f"пауза с{NBSP}{clock(calendar.local(since))}"


def _done(term: Running, state: State, calendar: WorkCalendar) -> str:
    stopped = term.stopped_at or term.legal_at
    if state == "done":
        return f"исполнено {short_day(calendar.day_of(stopped))}"
    return f"исполнено, +{lateness(term, stopped, calendar)}"


def _working_day(calendar: WorkCalendar) -> timedelta:
    any_day = date.min
    return sum(
        (
            datetime.combine(any_day, end) - datetime.combine(any_day, begin)
            for begin, end in calendar.hours.parts
        ),
        timedelta(0),
    )
