"""How long a source is left alone, when its breaker opens, what silence is unusual: tables and properties."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from otklik.channels.rhythm import ENOUGH, KEPT, SHORTEST, hours_of, is_silent, longest_usual, with_messages
from otklik.channels.rules import (
    EVERY,
    LONGEST_ASKED,
    LONGEST_PAUSE,
    OPENS_AFTER,
    breaker,
    is_failing_long,
    pause_after,
    pause_of,
    trips,
)

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Moscow")
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 1), (1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (9, 256), (10, 300), (1000, 300)],
)
def test_it_doubles_the_pause_up_to_five_minutes(failures: int, seconds: int) -> None:
    assert pause_after(failures, None, 0.5) == timedelta(seconds=seconds)


@given(
    some.integers(0, 10_000),
    some.floats(0, 1),
    some.none() | some.timedeltas(timedelta(0), timedelta(days=9)),
)
def test_it_never_asks_sooner_than_it_was_told_and_never_waits_forever(
    failures: int, chance: float, asked: timedelta | None
) -> None:
    pause = pause_after(failures, asked, chance)
    assert timedelta(0) < pause <= max(LONGEST_PAUSE * 1.2, LONGEST_ASKED)
    if asked:
        assert pause >= min(asked, LONGEST_ASKED)


@given(some.integers(0, 30), some.floats(0, 1), some.floats(0, 1))
def test_it_waits_no_shorter_after_two_more_failures(failures: int, one: float, other: float) -> None:
    plain = pause_after(failures, None, one) < pause_after(failures + 2, None, other)
    assert plain or pause_after(failures + 2, None, 0.5) == LONGEST_PAUSE


@pytest.mark.parametrize(
    ("failures", "shut_for", "state"),
    [
        (0, None, "closed"),
        (OPENS_AFTER - 1, None, "closed"),
        (OPENS_AFTER, MINUTE, "open"),
        (1, MINUTE, "open"),
        (OPENS_AFTER, -MINUTE, "half_open"),
        (OPENS_AFTER, timedelta(0), "half_open"),
        (1, -MINUTE, "closed"),
    ],
)
def test_it_knows_the_three_states_of_a_breaker(
    failures: int, shut_for: timedelta | None, state: str
) -> None:
    assert breaker(failures, NOW + shut_for if shut_for is not None else None, NOW) == state


def test_it_opens_after_failures_in_a_row_or_at_once_when_asked_to() -> None:
    assert not trips(OPENS_AFTER - 1, None)
    assert trips(OPENS_AFTER, None)
    assert trips(1, timedelta(seconds=5))


@pytest.mark.parametrize(
    ("given_seconds", "pause"),
    [(10, 10), (0.1, 0.5), (10**9, 86400), ("soon", 0), (True, 0), (None, 0)],
)
def test_it_asks_as_often_as_the_settings_say_within_reason(given_seconds: object, pause: float) -> None:
    expected = timedelta(seconds=pause) if pause else EVERY
    assert pause_of({"every_seconds": given_seconds}) == expected


@pytest.mark.parametrize(("minutes", "long"), [(None, False), (14, False), (15, True), (600, True)])
def test_it_calls_a_person_after_a_quarter_of_an_hour_of_failures(minutes: int | None, long: bool) -> None:
    since = NOW - minutes * MINUTE if minutes is not None else None
    assert is_failing_long(since, NOW) is long


def day_of(count: int, pause: timedelta) -> dict[str, list[float]]:
    return {"day": [pause.total_seconds()] * count}


@pytest.mark.parametrize(
    ("pauses", "pause", "silence", "alarm"),
    [
        (ENOUGH, 10 * MINUTE, 79 * MINUTE, False),
        (ENOUGH, 10 * MINUTE, 81 * MINUTE, True),
        (ENOUGH - 1, 10 * MINUTE, 600 * MINUTE, False),
        (ENOUGH, timedelta(seconds=5), SHORTEST - MINUTE, False),
        (ENOUGH, timedelta(seconds=5), SHORTEST + MINUTE, True),
    ],
)
def test_it_calls_silence_what_is_unusual_for_this_channel(
    pauses: int, pause: timedelta, silence: timedelta, alarm: bool
) -> None:
    now = datetime(2026, 11, 20, 20, tzinfo=ZONE)
    assert is_silent(day_of(pauses, pause), now - silence, now, ZONE) is alarm


def test_it_does_not_take_the_night_for_silence() -> None:
    rhythm = day_of(ENOUGH, 10 * MINUTE)
    last = datetime(2026, 11, 19, 21, 50, tzinfo=ZONE)
    assert not is_silent(rhythm, last, datetime(2026, 11, 20, 3, tzinfo=ZONE), ZONE)
    assert not is_silent(rhythm, last, datetime(2026, 11, 20, 9, tzinfo=ZONE), ZONE)
    assert is_silent(rhythm, last, datetime(2026, 11, 20, 9, 30, tzinfo=ZONE), ZONE)


def test_it_learns_pauses_of_day_and_of_night_apart() -> None:
    evening = datetime(2026, 11, 19, 21, 40, tzinfo=ZONE)
    came = [evening + offset * MINUTE for offset in (10, 40, 60, 700)]
    rhythm = with_messages({}, evening, came, ZONE)
    assert rhythm == {"day": [600.0], "night": [1200.0]}
    assert hours_of(evening, ZONE) == "day"


def test_it_says_nothing_of_a_channel_without_a_history() -> None:
    assert longest_usual({}, NOW, ZONE) is None
    assert not is_silent({}, None, NOW, ZONE)


@given(some.lists(some.integers(0, 10_000_000), max_size=150))
def test_it_keeps_a_bounded_history_of_pauses_that_were(came: list[int]) -> None:
    rhythm = with_messages({}, None, [NOW + timedelta(seconds=one) for one in came], ZONE)
    assert all(len(pauses) <= KEPT for pauses in rhythm.values())
    assert all(0 <= pause <= 14 * 3600 for pauses in rhythm.values() for pause in pauses)
