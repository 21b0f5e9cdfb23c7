"""Terms of every clock by exact tables. The first five rows are the agreed vectors of the 30 days."""

from datetime import datetime
from typing import Any

import pytest

from otklik.common.errors import Refused
from otklik.deadlines.calendar import WorkCalendar
from otklik.deadlines.clocks import CLOCKS, WHOLE_DAYS
from otklik.deadlines.rules import count_terms, due, due_before, extended_due, promise_due
from otklik.deadlines.tests.days import KRASNOYARSK, MOSCOW, VOLGOGRAD, at, day

DAYS = [
    ("fz59.review_days", "05.12.2025", "30.12.2025", "12.01.2026"),
    ("fz59.review_days", "10.04.2026", "08.05.2026", "12.05.2026"),
    ("fz59.review_days", "02.12.2026", "30.12.2026", "11.01.2027"),
    ("fz59.review_days", "22.01.2027", "20.02.2027", "24.02.2027"),
    ("fz59.review_days", "03.10.2025", "01.11.2025", "05.11.2025"),
    ("fz59.review_days", "20.10.2026", "19.11.2026", "19.11.2026"),
    ("fz59.review_days", "01.02.2024", "01.03.2024", "04.03.2024"),
    ("fz59.register_days", "20.10.2026", "23.10.2026", "23.10.2026"),
    ("fz59.register_days", "21.10.2026", "23.10.2026", "26.10.2026"),
    ("fz59.register_days", "17.10.2026", "22.10.2026", "22.10.2026"),
    ("fz59.register_days", "30.12.2026", "30.12.2026", "11.01.2027"),
    ("fz59.register_days", "01.01.2026", "15.01.2026", "15.01.2026"),
    ("fz59.forward_days", "20.10.2026", "27.10.2026", "27.10.2026"),
    ("fz59.copies_days", "24.10.2026", "30.10.2026", "02.11.2026"),
    ("fz59.return_days", "28.10.2026", "03.11.2026", "05.11.2026"),
    ("fz59.court_decision_return_days", "20.10.2026", "27.10.2026", "27.10.2026"),
    ("fz59.unreadable_notice_days", "20.10.2026", "27.10.2026", "27.10.2026"),
    ("fz59.no_essence_notice_days", "25.12.2026", "30.12.2026", "11.01.2027"),
    ("fz59.site_answer_notice_days", "20.10.2026", "27.10.2026", "27.10.2026"),
    ("fz59.docs_request_days", "20.10.2026", "03.11.2026", "05.11.2026"),
    ("fz59.extension_days_max", "04.01.2026", "03.02.2026", "03.02.2026"),
    ("fz59.forward_migration_days", "20.10.2026", "23.10.2026", "26.10.2026"),
    ("fz59.review_migration_days", "20.10.2026", "09.11.2026", "09.11.2026"),
    ("fast_track.days", "20.10.2026", "18.11.2026", "18.11.2026"),
    ("fast_track.days", "02.12.2026", "30.12.2026", "30.12.2026"),
    ("pos.days_ordinary", "17.10.2026", "16.11.2026", "16.11.2026"),
    ("pos.days_ordinary", "05.12.2025", "30.12.2025", "12.01.2026"),
    ("pos.days_fast", "21.10.2026", "30.10.2026", "02.11.2026"),
    ("pos.coordinator_days", "23.10.2026", "26.10.2026", "26.10.2026"),
    ("pos.approval_days", "03.11.2026", "05.11.2026", "05.11.2026"),
    ("pos.executor_days_before", "20.10.2026", "17.11.2026", "17.11.2026"),
    ("pos.executor_days_before", "15.10.2026", "12.11.2026", "12.11.2026"),
    ("im.final_after_interim_days", "30.10.2026", "11.11.2026", "11.11.2026"),
    ("message.days_ordinary", "20.10.2026", "19.11.2026", "19.11.2026"),
    ("message.days_fast", "20.10.2026", "30.10.2026", "30.10.2026"),
    ("deadline.draft_days", "20.10.2026", "17.11.2026", "17.11.2026"),
    ("deadline.draft_days", "05.12.2025", "26.12.2025", "26.12.2025"),
    ("deadline.approval_days", "30.10.2026", "02.11.2026", "02.11.2026"),
]  # fmt: skip

HOURS = [
    ("im.first_answer_hours", MOSCOW, "20.10.2026 08:00", "20.10.2026 16:00", "21.10.2026 08:00"),
    ("im.first_answer_hours", MOSCOW, "20.10.2026 10:30", "21.10.2026 09:30", "21.10.2026 10:30"),
    ("im.first_answer_hours", MOSCOW, "23.10.2026 16:00", "26.10.2026 15:00", "24.10.2026 16:00"),
    ("im.first_answer_hours", MOSCOW, "03.11.2026 15:00", "05.11.2026 15:00", "04.11.2026 15:00"),
    ("im.first_answer_hours", MOSCOW, "31.12.2025 12:00", "12.01.2026 16:00", "01.01.2026 12:00"),
    ("im.first_answer_hours", KRASNOYARSK, "30.10.2026 16:00", "02.11.2026 15:00", "31.10.2026 16:00"),
    ("im.first_answer_hours", VOLGOGRAD, "20.02.2027 09:00", "24.02.2027 09:00", "21.02.2027 09:00"),
    ("im.first_answer_hours_urgent", MOSCOW, "20.10.2026 15:00", "21.10.2026 10:00", "21.10.2026 15:00"),
    ("im.first_answer_hours_urgent", KRASNOYARSK, "24.10.2026 02:00", "26.10.2026 12:00", "25.10.2026 02:00"),
    ("im.route_minutes", MOSCOW, "20.10.2026 16:50", "21.10.2026 08:20", "21.10.2026 08:20"),
    ("im.route_minutes", VOLGOGRAD, "25.10.2026 12:00", "26.10.2026 08:30", "26.10.2026 08:30"),
]


@pytest.mark.parametrize(("key", "start", "control", "legal"), DAYS)
def test_it_counts_days(key: str, start: str, control: str, legal: str) -> None:
    term = due(key, day(start), MOSCOW, {})
    assert (term.control_at.date(), term.legal_at.date()) == (day(control), day(legal))


@pytest.mark.parametrize(("key", "calendar", "start", "control", "legal"), HOURS)
def test_it_counts_hours(key: str, calendar: WorkCalendar, start: str, control: str, legal: str) -> None:
    term = due(key, at(start, calendar), calendar, {})
    assert (term.control_at, term.legal_at) == (at(control, calendar), at(legal, calendar))


def test_every_clock_stands_in_a_table_above() -> None:
    assert {row[0] for row in DAYS} == {key for key, one in CLOCKS.items() if one.unit in WHOLE_DAYS}
    assert {row[0] for row in HOURS} == {key for key, one in CLOCKS.items() if one.unit not in WHOLE_DAYS}


def test_control_ends_with_the_working_day_and_the_law_with_the_day() -> None:
    term = due("fz59.review_days", day("10.04.2026"), KRASNOYARSK, {})
    assert term.control_at == at("08.05.2026 16:00", KRASNOYARSK)
    assert term.legal_at == datetime(2026, 5, 12, 23, 59, 59, tzinfo=KRASNOYARSK.zone)


def test_a_moment_counts_by_its_local_date() -> None:
    late_in_moscow = at("19.10.2026 21:00")  # already 1:00 of the 20th in Krasnoyarsk
    assert due("fz59.forward_days", late_in_moscow, KRASNOYARSK, {}).control_at.date() == day("27.10.2026")


def test_a_message_that_came_after_hours_is_not_due_before_it_came() -> None:
    term = due("fz59.register_days", at("30.12.2026 18:30"), MOSCOW, {})
    assert term.control_at.date() == day("30.12.2026")
    assert term.control_at >= term.start


@pytest.mark.parametrize(
    ("parameters", "key", "start", "control", "legal"),
    [
        ({"deadline.control_shift": "next"}, "fz59.review_days", "10.04.2026", "12.05.2026", "12.05.2026"),
        ({"deadline.control_shift": "none"}, "fz59.review_days", "10.04.2026", "10.05.2026", "12.05.2026"),
        ({"deadline.legal_shift": "previous"}, "fz59.review_days", "10.04.2026", "08.05.2026", "08.05.2026"),
        ({"deadline.legal_shift": "none"}, "fz59.review_days", "10.04.2026", "08.05.2026", "10.05.2026"),
        ({"deadline.start": "same_day"}, "fz59.review_days", "20.10.2026", "18.11.2026", "18.11.2026"),
        ({"deadline.unit_fz59": "working"}, "fz59.register_days", "21.10.2026", "26.10.2026", "26.10.2026"),
        ({"deadline.register_shift": "none"}, "fz59.register_days", "17.10.2026", "20.10.2026", "20.10.2026"),
        ({"fz59.review_days": 15}, "fz59.review_days", "20.10.2026", "03.11.2026", "05.11.2026"),
        ({"pos.days_fast_unit": "working"}, "pos.days_fast", "20.10.2026", "03.11.2026", "03.11.2026"),
        ({"deadline.pos_shift": False}, "pos.days_fast", "21.10.2026", "31.10.2026", "31.10.2026"),
        ({"deadline.pos_shift": False}, "fz59.review_days", "10.04.2026", "08.05.2026", "12.05.2026"),
    ],
)
def test_it_counts_as_the_charter_says(
    parameters: dict[str, Any], key: str, start: str, control: str, legal: str
) -> None:
    term = due(key, day(start), MOSCOW, parameters)
    assert (term.control_at.date(), term.legal_at.date()) == (day(control), day(legal))


def test_it_follows_the_hours_and_norms_of_the_region() -> None:
    parameters = {
        "im.work_hours": ["09:00", "13:00", "14:00", "18:00"],
        "im.first_answer_hours": 4,
        "im.first_answer_legal_hours": 8,
    }
    term = due("im.first_answer_hours", at("20.10.2026 12:00"), MOSCOW, parameters)
    assert (term.control_at, term.legal_at) == (at("20.10.2026 17:00"), at("20.10.2026 20:00"))


@pytest.mark.parametrize(
    "parameters",
    [
        {"fz59.review_days": "30"},
        {"fz59.review_days": True},
        {"fz59.review_days": -1},
        {"deadline.legal_shift": "завтра"},
    ],
)
def test_it_refuses_a_parameter_it_cannot_use(parameters: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="Параметр"):
        due("fz59.review_days", day("20.10.2026"), MOSCOW, parameters)


def test_it_refuses_an_unknown_clock() -> None:
    with pytest.raises(Refused, match=r"pos\.days_slow"):
        due("pos.days_slow", day("20.10.2026"), MOSCOW, {})


@pytest.mark.parametrize(
    ("kind", "channel", "urgency", "fast", "registered", "keys"),
    [
        ("appeal", "paper", "normal", False, False, ["fz59.register_days"]),
        ("appeal", "paper", "normal", False, True, ["fz59.register_days", "fz59.review_days", "deadline.draft_days"]),
        (
            "appeal", "portal_gov", "high", True, True,
            ["fz59.register_days", "fz59.review_days", "fast_track.days", "deadline.draft_days"],
        ),
        (
            "message", "pos", "normal", False, True,
            ["pos.days_ordinary", "pos.coordinator_days", "pos.executor_days_before"],
        ),
        ("message", "pos", "normal", True, True, ["pos.days_fast", "pos.coordinator_days", "pos.executor_days_before"]),
        ("message", "vk", "normal", True, True, ["im.first_answer_hours", "im.route_minutes"]),
        ("message", "incident", "high", False, True, ["im.first_answer_hours_urgent", "im.route_minutes"]),
        ("message", "phone", "normal", False, True, ["message.days_ordinary", "deadline.draft_days"]),
        ("message", "web_form", "normal", True, True, ["message.days_fast", "deadline.draft_days"]),
    ],
)  # fmt: skip
def test_it_starts_the_clocks_of_the_case(
    kind: Any, channel: str, urgency: str, fast: bool, registered: bool, keys: list[str]
) -> None:
    received = at("20.10.2026 10:00")
    terms = count_terms(kind, channel, urgency, fast, received, received if registered else None, MOSCOW, {})
    assert [term.key for term in terms] == keys
    assert all(term.inner == CLOCKS[term.key].inner for term in terms)


def test_the_draft_of_a_fast_case_precedes_the_fast_term() -> None:
    answer = due("pos.days_fast", day("20.10.2026"), MOSCOW, {})
    assert due_before("pos.executor_days_before", answer, MOSCOW, {}).control_at.date() == day("28.10.2026")
    fast = due("fast_track.days", day("20.10.2026"), MOSCOW, {})
    assert due_before("deadline.draft_days", fast, MOSCOW, {}).control_at.date() == day("16.11.2026")


def test_an_extension_is_added_to_the_first_term_before_its_shift() -> None:
    first = due("fz59.review_days", day("05.12.2025"), MOSCOW, {})
    longer = extended_due(first, 30, first.start, MOSCOW, {})
    assert (longer.nominal_on, longer.legal_at.date()) == (day("03.02.2026"), day("03.02.2026"))
    assert longer.start == first.start


def test_a_promise_falls_due_on_the_promised_day() -> None:
    term = promise_due(at("20.10.2026 10:00"), day("30.10.2026"), MOSCOW, {})
    assert (term.control_at.date(), term.legal_at.date()) == (day("30.10.2026"), day("30.10.2026"))


def test_it_offers_working_days_instead_of_a_day_off() -> None:
    with pytest.raises(Refused, match=r"пятницу 30.октября или понедельник 2.ноября"):
        promise_due(at("20.10.2026 10:00"), day("31.10.2026"), MOSCOW, {})
    with pytest.raises(Refused, match=r"день: понедельник 2.ноября"):
        promise_due(at("31.10.2026 10:00"), day("31.10.2026"), MOSCOW, {})


def test_it_does_not_promise_the_past() -> None:
    with pytest.raises(Refused, match="прошло"):
        promise_due(at("20.10.2026 10:00"), day("19.10.2026"), MOSCOW, {})
