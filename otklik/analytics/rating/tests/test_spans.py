"""Months and quarters, their names, medians over channels with different norms."""

from datetime import date

import pytest

from otklik.analytics.rating.figures import Figure
from otklik.analytics.rating.medians import middle, speed_figure
from otklik.analytics.rating.sheets import norm_key
from otklik.analytics.rating.spans import months_in, months_till, span_before, span_of
from otklik.common.period import Period


@pytest.mark.parametrize(
    ("day", "step", "since", "until", "months"),
    [
        (date(2026, 9, 14), "month", date(2026, 9, 1), date(2026, 9, 30), 1),
        (date(2026, 12, 31), "month", date(2026, 12, 1), date(2026, 12, 31), 1),
        (date(2028, 2, 1), "month", date(2028, 2, 1), date(2028, 2, 29), 1),
        (date(2026, 8, 31), "quarter", date(2026, 7, 1), date(2026, 9, 30), 3),
        (date(2026, 12, 1), "quarter", date(2026, 10, 1), date(2026, 12, 31), 3),
    ],
)
def test_it_finds_the_span_of_a_day(day: date, step: str, since: date, until: date, months: int) -> None:
    found = span_of(day, step)
    assert (found, months_in(found)) == (Period(since, until), months)


def test_it_steps_back() -> None:
    january, quarter = span_of(date(2026, 1, 9), "month"), span_of(date(2026, 1, 9), "quarter")
    assert span_before(january) == Period(date(2025, 12, 1), date(2025, 12, 31))
    assert span_before(quarter) == Period(date(2025, 10, 1), date(2025, 12, 31))
    assert months_till(january, 12) == Period(date(2025, 1, 1), date(2025, 12, 31))
    assert months_till(january, 3) == Period(date(2025, 10, 1), date(2025, 12, 31))
    assert months_till(span_of(date(2026, 12, 9), "month"), 3) == Period(date(2026, 9, 1), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("counts", "value"), [({5: 1}, 5), ({1: 1, 3: 1}, 2), ({1: 3, 9: 1}, 1), ({1: 2, 9: 3}, 9)]
)
def test_it_finds_the_middle(counts: dict[float, int], value: float) -> None:
    assert middle(counts) == value


def test_it_judges_each_channel_by_its_own_norm() -> None:
    assert speed_figure([(24, {12: 3}), (720, {1440: 1})]) == Figure(0.5, 12, 4)
    assert speed_figure([(24, {})]) is None
    assert speed_figure([]) is None


@pytest.mark.parametrize(
    ("kind", "channel", "norm"),
    [
        ("appeal", "pos", "appeal"),
        ("message", "vk", "incident"),
        ("message", "pos", "pos"),
        ("message", "phone", "message"),
    ],
)
def test_it_knows_which_norm_binds(kind: str, channel: str, norm: str) -> None:
    assert norm_key(kind, channel) == norm
