"""Pause, resume, stop and extension; the state of a clock and the words of its chip."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from otklik.common.errors import Refused
from otklik.common.words import NBSP
from otklik.deadlines.calendar import WorkCalendar
from otklik.deadlines.clocks import State
from otklik.deadlines.rules import due
from otklik.deadlines.running import (
    Term,
    days_to_warn,
    extend,
    nearest,
    next_moment,
    pause,
    pause_words,
    resume,
    state_of,
    step_to_tell,
    stop,
)
from otklik.deadlines.tests.days import KRASNOYARSK, MOSCOW, at, day
from otklik.deadlines.words import aloud, caption, chip_words


def started(key: str, start: str, calendar: WorkCalendar = MOSCOW) -> Term:
    return Term.started(due(key, at(start, calendar), calendar, {}))


REVIEW = started("fz59.review_days", "20.10.2026 10:00")  # 19.11.2026
DRAFT = started("deadline.draft_days", "20.10.2026 10:00")  # 17.11.2026
FIRST = started("im.first_answer_hours", "20.10.2026 10:30")  # 21.10 09:30, 21.10 10:30
ROUTE = started("im.route_minutes", "20.10.2026 16:50")  # 21.10 08:20


def test_a_pause_moves_an_inner_clock_by_the_working_days_it_stood() -> None:
    standing = pause(DRAFT, at("23.10.2026 12:00"))
    going = resume(standing, at("28.10.2026 09:00"), MOSCOW)
    assert standing.paused_at == at("23.10.2026 12:00")
    assert (going.paused_at, going.control_at) == (None, at("20.11.2026 17:00"))
    assert going.legal_at == going.control_at


def test_a_pause_moves_a_clock_of_minutes_by_working_time() -> None:
    standing = pause(ROUTE, at("20.10.2026 16:55"))
    assert resume(standing, at("21.10.2026 08:10"), MOSCOW).control_at == at("21.10.2026 08:35")


def test_a_pause_never_touches_the_law_s_clock() -> None:
    standing = pause(REVIEW, at("23.10.2026 12:00"))
    assert standing == REVIEW
    assert resume(standing, at("28.10.2026 09:00"), MOSCOW) == REVIEW


def test_an_inner_clock_does_not_outrun_the_law_s() -> None:
    standing = pause(DRAFT, at("23.10.2026 12:00"))
    going = resume(standing, at("16.11.2026 09:00"), MOSCOW, not_after=REVIEW.control_at)
    assert going.control_at == REVIEW.control_at


def test_a_pause_over_a_weekend_costs_nothing_but_working_time() -> None:
    standing = pause(DRAFT, at("23.10.2026 17:30"))
    assert resume(standing, at("25.10.2026 09:00"), MOSCOW).control_at == DRAFT.control_at


def test_a_stopped_clock_stays_stopped() -> None:
    done = stop(pause(DRAFT, at("23.10.2026 12:00")), at("26.10.2026 12:00"))
    assert (done.stopped_at, done.paused_at) == (at("26.10.2026 12:00"), None)
    assert stop(done, at("27.10.2026 12:00")) == pause(done, at("27.10.2026 12:00")) == done


def extended(
    days: int = 30, reason: str = "запрошены документы", now: str = "10.11.2026 10:00", was: bool = False
) -> datetime:
    later = extend(REVIEW, days, reason, at(now), was, day("19.11.2026"), MOSCOW, {})
    return later.legal_at


def test_the_law_s_clock_is_extended_from_its_first_date() -> None:
    assert extended().date() == day("21.12.2026")  # 19.12.2026 is a Saturday
    assert extended(1).date() == day("20.11.2026")


@pytest.mark.parametrize(
    ("days", "reason", "now", "was", "says"),
    [
        (31, "причина", "10.11.2026 10:00", False, "от 1 до 30"),
        (0, "причина", "10.11.2026 10:00", False, "от 1 до 30"),
        (30, " ", "10.11.2026 10:00", False, "причину"),
        (30, "причина", "20.11.2026 00:10", False, "истёк 19"),
        (30, "причина", "10.11.2026 10:00", True, "один раз"),
    ],
)
def test_it_refuses_an_extension_the_law_does_not_allow(
    days: int, reason: str, now: str, was: bool, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        extended(days, reason, now, was)


def test_only_the_running_term_of_the_answer_is_extended() -> None:
    for term in (DRAFT, stop(REVIEW, at("21.10.2026 10:00"))):
        with pytest.raises(Refused, match="идущий срок"):
            extend(term, 30, "причина", at("10.11.2026 10:00"), False, day("19.11.2026"), MOSCOW, {})


FRIDAY = replace(REVIEW, control_at=at("30.12.2025 17:00"), legal_at=at("12.01.2026 23:59"))

STATES: list[tuple[Term, str, State, str]] = [
    (REVIEW, "20.10.2026 10:00", "in_time", "19 ноя · 30 дней"),
    (REVIEW, "13.11.2026 10:00", "in_time", "чт 19 ноя · 6 дней"),
    (REVIEW, "16.11.2026 10:00", "soon", "чт 19 ноя · 3 дня"),
    (REVIEW, "18.11.2026 23:00", "soon", "чт 19 ноя · 1 день"),
    (REVIEW, "19.11.2026 09:00", "today", "до 17:00"),
    (REVIEW, "19.11.2026 18:00", "today", "до конца дня"),
    (REVIEW, "20.11.2026 00:00", "overdue", "просрочено 1 день"),
    (REVIEW, "30.11.2026 12:00", "overdue", "просрочено 11 дней"),
    (FRIDAY, "02.01.2026 12:00", "soon", "12 янв · 10 дней"),
    (FRIDAY, "29.12.2025 12:00", "soon", "вт 30 дек · 1 день"),
    (FIRST, "20.10.2026 11:00", "soon", "ср 21 окт, 9:30"),
    (FIRST, "21.10.2026 08:00", "today", "до 9:30"),
    (FIRST, "21.10.2026 10:00", "today", "до 10:30"),
    (FIRST, "21.10.2026 10:50", "overdue", "просрочено 20 мин"),
    (FIRST, "21.10.2026 16:00", "overdue", "просрочено 5 ч"),
    (FIRST, "23.10.2026 16:00", "overdue", "просрочено 2 дня"),
    (pause(DRAFT, at("20.10.2026 10:30")), "22.10.2026 10:00", "paused", "пауза 2 дня"),
    (pause(DRAFT, at("20.10.2026 10:30")), "20.10.2026 17:00", "paused", "пауза с 10:30"),
    (stop(REVIEW, at("21.10.2026 10:30")), "22.10.2026 10:00", "done", "исполнено 21 окт"),
    (stop(REVIEW, at("20.11.2026 10:30")), "25.11.2026 10:00", "done_late", "исполнено, +1 день"),
    (stop(FIRST, at("21.10.2026 14:00")), "25.11.2026 10:00", "done_late", "исполнено, +3 ч"),
]


@pytest.mark.parametrize(("term", "now", "state", "words"), STATES)
def test_it_says_the_state_of_a_clock(term: Term, now: str, state: State, words: str) -> None:
    moment = at(now)
    assert state_of(term, moment, MOSCOW) == state
    said = chip_words(term, state, next_moment(term, moment), moment, MOSCOW)
    assert said.replace(NBSP, " ") == words


def test_days_of_a_working_term_are_counted_as_working() -> None:
    term = started("im.final_after_interim_days", "30.10.2026 12:00")
    now = at("02.11.2026 09:00")
    said = chip_words(term, state_of(term, now, MOSCOW), next_moment(term, now), now, MOSCOW)
    assert said.replace(NBSP, " ") == "11 ноя · 6 дней"
    assert caption(term) == "окончательный ответ, дни рабочие"


def test_it_reads_a_clock_aloud() -> None:
    said = aloud(REVIEW, "overdue", at("20.11.2026 10:00"), MOSCOW).replace(NBSP, " ")
    assert said.startswith("просрочено 1 день, ответ по закону, срок 19 ноября 2026")
    assert said.endswith("59-ФЗ, ст. 12 ч. 1")


def test_the_same_moment_reads_by_the_town_s_own_clock() -> None:
    term = started("im.route_minutes", "20.10.2026 10:00", KRASNOYARSK)
    now = at("20.10.2026 10:05", KRASNOYARSK).astimezone(MOSCOW.zone)
    assert chip_words(term, "today", next_moment(term, now), now, KRASNOYARSK) == f"до{NBSP}10:30"


@pytest.mark.parametrize(
    ("now", "told", "left"),
    [("08.11.2026 10:00", None, None), ("09.11.2026 10:00", None, 10), ("10.11.2026 10:00", None, 9),
     ("10.11.2026 10:00", 10, None), ("17.11.2026 10:00", 10, 2), ("17.11.2026 10:00", 3, None),
     ("18.11.2026 10:00", 2, 1), ("19.11.2026 10:00", 1, 0), ("19.11.2026 18:00", 0, None),
     ("22.11.2026 10:00", -1, -3), ("22.11.2026 15:00", -3, None)],
)  # fmt: skip
def test_it_warns_on_the_days_of_the_charter_and_daily_after_once(
    now: str, told: int | None, left: int | None
) -> None:
    assert days_to_warn(REVIEW, at(now), MOSCOW, (10, 5, 3, 1), told) == left
    assert days_to_warn(stop(REVIEW, at(now)), at(now), MOSCOW, (10, 5, 3, 1), told) is None


@pytest.mark.parametrize(
    ("now", "told", "step"),
    [("15.11.2026 10:00", 5, None), ("16.11.2026 10:00", 5, 3), ("17.11.2026 10:00", 5, 3),
     ("17.11.2026 10:00", 3, None), ("20.11.2026 10:00", 0, -1), ("21.11.2026 10:00", 0, -1),
     ("21.11.2026 10:00", -1, None), ("22.11.2026 10:00", 0, -3), ("22.11.2026 10:00", -3, None),
     ("01.12.2026 10:00", -2, -3), ("01.12.2026 10:00", -11, None), ("01.12.2026 10:00", None, -3)],
)  # fmt: skip
def test_of_missed_steps_of_the_ladder_only_the_newest_is_told_and_once(
    now: str, told: int | None, step: int | None
) -> None:
    assert step_to_tell(REVIEW, at(now), MOSCOW, (3, -1, -3), told) == step
    assert step_to_tell(pause(DRAFT, at(now)), at(now), MOSCOW, (3, -1, -3), told) is None


def test_a_day_before_the_clock_started_is_not_told() -> None:
    promise = replace(REVIEW, start_at=at("16.11.2026 10:00"))
    assert step_to_tell(promise, at("17.11.2026 10:00"), MOSCOW, (10, 5), None) is None
    assert step_to_tell(promise, at("17.11.2026 10:00"), MOSCOW, (10, 3), None) == 3


def test_the_nearest_clock_is_shown_and_the_law_s_on_equality() -> None:
    now = at("20.10.2026 11:00")
    assert nearest([REVIEW, DRAFT], now) == DRAFT
    twin = replace(DRAFT, control_at=REVIEW.control_at, legal_at=REVIEW.control_at)
    assert nearest([twin, REVIEW], now) == REVIEW
    assert nearest([pause(DRAFT, now)], now) is None


def test_a_standing_case_says_that_the_law_s_clock_runs() -> None:
    assert pause_words(2).replace(NBSP, " ") == "Внутренние сроки стоят 2 дня, срок по закону идёт."


def test_a_late_hour_is_never_called_zero() -> None:
    late = FIRST.legal_at + timedelta(seconds=20)
    assert chip_words(FIRST, "overdue", FIRST.legal_at, late, MOSCOW) == f"просрочено 1{NBSP}мин"
