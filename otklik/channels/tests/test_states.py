"""How a channel does, in words: a table of feeds and what is said of each."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from otklik.channels.models import Channel, Feed
from otklik.channels.rhythm import ENOUGH
from otklik.channels.states import state_of, way_out_of
from otklik.common.models import Municipality

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def channel(availability: str = "open", **feed: Any) -> Channel:
    town = Municipality(key="town", time_zone="Europe/Moscow")
    made = Channel(key="vk", kind="vk", title="ВКонтакте", availability=availability)
    if feed:
        Feed(channel=made, municipality=town, is_on=feed.pop("is_on", True), **feed)
    return made


@pytest.mark.parametrize(
    ("made", "health", "words"),
    [
        (channel(), "off", "чтение не включено"),
        (channel(is_on=False), "off", "чтение не включено"),
        (channel("closed", succeeded_at=NOW), "off", "закрыт положением"),
        (channel(failures=0), "waiting", "ещё не читался"),
        (channel(succeeded_at=NOW - timedelta(seconds=3)), "well", "прочитан 3 с назад"),
        (
            channel(succeeded_at=NOW - MINUTE, lag_seconds=600.0),
            "well",
            "прочитан 1 мин назад, отставание 10 мин",
        ),
        (
            channel(failures=2, failing_since=NOW - MINUTE, next_turn_at=NOW + MINUTE),
            "waiting",
            "не читается, 2\N{NO-BREAK SPACE}неудачи подряд",
        ),
        (
            channel(
                failures=21,
                failing_since=NOW - 20 * MINUTE,
                next_turn_at=NOW + 4 * MINUTE,
                shut_until=NOW + 4 * MINUTE,
            ),
            "bad",
            "не читается, 21\N{NO-BREAK SPACE}неудача подряд, следующая попытка через 4 мин",
        ),
        (
            channel(succeeded_at=NOW, message_at=NOW - 59 * MINUTE, rhythm={"day": [60.0] * ENOUGH}),
            "bad",
            "читается, но сообщений нет 59 мин: дольше обычного",
        ),
        (
            channel(succeeded_at=NOW, error="Файл «а.xlsx» не разобран."),
            "bad",
            "читается, но не всё: Файл «а.xlsx» не разобран.",
        ),
    ],
)
def test_it_says_how_a_channel_does(made: Channel, health: str, words: str) -> None:
    state = state_of(made, NOW)
    assert (state.health, state.words) == (health, words)


def test_it_gives_the_cause_as_what_to_mend() -> None:
    made = channel(failures=1, failing_since=NOW, error="Ключ не подходит.")
    assert state_of(made, NOW).mend == "Ключ не подходит."


@pytest.mark.parametrize(
    ("feed", "health", "words"),
    [
        (
            {"out_failures": 1, "out_error": "Сервер занят."},
            "waiting",
            "ответы не уходят: Сервер занят.",
        ),
        (
            {"out_failures": 9, "out_error": "Сервер занят.", "out_shut_until": NOW + 2 * MINUTE},
            "bad",
            "ответы не уходят, следующая попытка через 2 мин: Сервер занят.",
        ),
    ],
)
def test_it_says_that_answers_do_not_leave(feed: dict[str, Any], health: str, words: str) -> None:
    state = way_out_of(channel(**feed), NOW)
    assert state is not None
    assert (state.health, state.words) == (health, words)
    assert way_out_of(channel(succeeded_at=NOW), NOW) is None
