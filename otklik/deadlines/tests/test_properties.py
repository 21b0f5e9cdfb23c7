"""What must hold for every clock, whatever the start: the law of the clocks in one page."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.deadlines.calendar import WorkCalendar
from otklik.deadlines.clocks import CLOCKS, WHOLE_DAYS
from otklik.deadlines.plans import shipped_plans
from otklik.deadlines.rules import Kind, count_terms, due
from otklik.deadlines.running import Term, pause, resume, state_of

ZONES = ["Europe/Moscow", "Asia/Krasnoyarsk", "Europe/Volgograd", "Asia/Kamchatka", "Europe/Kaliningrad"]
CALENDARS = {zone: WorkCalendar(shipped_plans(), zone=ZoneInfo(zone)) for zone in ZONES}

calendars = st.sampled_from(list(CALENDARS.values()))
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
SIX_YEARS = 6 * 365 * 24 * 60 * 60
moments = st.integers(0, SIX_YEARS).map(lambda seconds: FIRST + timedelta(seconds=seconds))
keys = st.sampled_from(sorted(CLOCKS))
day_keys = st.sampled_from(sorted(key for key, clock in CLOCKS.items() if clock.unit in WHOLE_DAYS))
kinds: st.SearchStrategy[Kind] = st.sampled_from(["appeal", "message"])
shifts = st.sampled_from(["previous", "next", "none"])
options = st.fixed_dictionaries(
    {
        "deadline.control_shift": shifts,
        "deadline.legal_shift": shifts,
        "deadline.start": st.sampled_from(["next_day", "same_day"]),
        "deadline.unit_fz59": st.sampled_from(["calendar", "working"]),
        "fz59.forward_days": st.integers(0, 10),
        "pos.executor_days_before": st.integers(0, 60),
    }
)
quick = settings(max_examples=150, deadline=None)


@quick
@given(keys, moments, calendars, options)
def test_a_due_is_never_before_its_start(
    key: str, start: datetime, calendar: WorkCalendar, parameters: dict[str, object]
) -> None:
    term = due(key, start, calendar, parameters)
    assert term.start <= term.control_at
    assert term.start <= term.legal_at
    if term.is_whole_days:
        assert term.control_at <= term.legal_at


@quick
@given(day_keys, moments, calendars)
def test_a_date_is_never_on_a_day_off(key: str, start: datetime, calendar: WorkCalendar) -> None:
    term = due(key, start, calendar, {})
    assert calendar.is_working(term.control_at.date())
    assert calendar.is_working(term.legal_at.date())


@quick
@given(
    st.sampled_from(["im.first_answer_hours", "im.first_answer_hours_urgent", "im.route_minutes"]),
    moments,
    calendars,
)
def test_a_control_moment_is_within_working_hours(key: str, start: datetime, calendar: WorkCalendar) -> None:
    control = due(key, start, calendar, {}).control_at
    assert any(begin <= control <= end for begin, end in calendar.parts_of(control.date()))


@quick
@given(keys, moments, st.timedeltas(timedelta(0), timedelta(days=40)), calendars)
def test_a_later_start_never_falls_due_earlier(
    key: str, start: datetime, later: timedelta, calendar: WorkCalendar
) -> None:
    first, second = due(key, start, calendar, {}), due(key, start + later, calendar, {})
    assert first.control_at.date() <= second.control_at.date()
    assert first.legal_at <= second.legal_at or first.inner


@quick
@given(keys, moments, moments, calendars)
def test_looking_at_a_clock_never_moves_it(
    key: str, start: datetime, now: datetime, calendar: WorkCalendar
) -> None:
    term = Term.started(due(key, start, calendar, {}))
    state_of(term, now, calendar)
    assert term == Term.started(due(key, start, calendar, {}))


@quick
@given(
    keys,
    moments,
    st.timedeltas(timedelta(0), timedelta(days=20)),
    st.timedeltas(timedelta(0), timedelta(days=20)),
    calendars,
)
def test_a_pause_never_moves_the_law_and_never_hastens_the_staff(
    key: str, start: datetime, before: timedelta, stood: timedelta, calendar: WorkCalendar
) -> None:
    term = Term.started(due(key, start, calendar, {}))
    after = resume(pause(term, start + before), start + before + stood, calendar)
    if term.is_inner:
        assert after.control_at >= term.control_at
        assert after.paused_at is None
    else:
        assert after == term


@quick
@given(
    moments,
    calendars,
    kinds,
    st.sampled_from(["pos", "vk", "paper"]),
    st.booleans(),
)
def test_the_same_case_starts_the_same_clocks_once_each(
    received: datetime, calendar: WorkCalendar, kind: Kind, channel: str, fast: bool
) -> None:
    terms = count_terms(kind, channel, "normal", fast, received, received, calendar, {})
    assert len({term.key for term in terms}) == len(terms)
    assert terms == count_terms(kind, channel, "normal", fast, received, received, calendar, {})
    assert any(not term.inner for term in terms)


@quick
@given(st.dates(date(2024, 1, 1), date(2029, 12, 1)), st.integers(-40, 40), calendars)
def test_working_days_come_back_to_where_they_went(start: date, count: int, calendar: WorkCalendar) -> None:
    start = calendar.working_day_from(start)
    end = calendar.add_working_days(start, count)
    assert calendar.working_days_between(start, end) == count
    assert calendar.add_working_days(end, -count) == start


@quick
@given(moments, st.timedeltas(timedelta(minutes=1), timedelta(hours=60)), calendars)
def test_working_time_comes_back_to_where_it_went(
    start: datetime, span: timedelta, calendar: WorkCalendar
) -> None:
    assert calendar.working_time_between(start, calendar.add_working_time(start, span)) == span
