"""Which row of a parameter is in force."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.charter.schema import Mark
from otklik.charter.values import ParameterValue, value_on

OLD = date(2025, 3, 29)
NEW = date(2025, 3, 30)


def row(value: int, since: date | None = None, until: date | None = None, **more: object) -> ParameterValue:
    fields = {"key": "k", "title": "t", "value": value, "source": "s", "mark": "found"}
    return ParameterValue(**fields, valid_from=since, valid_to=until, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "on", "value"),
    [
        ([row(1)], NEW, 1),
        ([row(1, until=OLD), row(2, NEW)], OLD, 1),
        ([row(1, until=OLD), row(2, NEW)], NEW, 2),
        ([row(1, row_id=1), row(2, row_id=2)], NEW, 2),
        ([row(1, row_id=1, is_local=True), row(2, row_id=2)], NEW, 1),
        ([row(1, row_id=1, confirmed=True), row(2, row_id=2)], NEW, 1),
        ([row(1, row_id=1), row(2, NEW, row_id=2, is_local=True)], OLD, 1),
        ([row(1, OLD, row_id=3, is_local=True), row(2, NEW, row_id=2, is_local=True)], NEW, 2),
    ],
)
def test_it_takes_the_row_in_force(rows: list[ParameterValue], on: date, value: int) -> None:
    found = value_on(rows, on)
    assert found is not None
    assert found.value == value


def test_it_finds_nothing_outside_the_dates() -> None:
    assert value_on([row(1, NEW)], OLD) is None


days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(st.lists(st.tuples(st.integers(), days, st.integers(0, 900)), max_size=6), days)
def test_whatever_it_takes_is_valid_on_the_day(spans: list[tuple[int, date, int]], on: date) -> None:
    rows = [row(value, since, since + timedelta(days=length)) for value, since, length in spans]
    found = value_on(rows, on)
    assert (found is None) == (not any(one.is_valid(on) for one in rows))
    assert found is None or found.is_valid(on)


@pytest.mark.parametrize(
    ("mark", "confirmed", "badge"),
    [
        ("found", False, False),
        ("to_verify", False, True),
        ("proposal", False, True),
        ("disputed", False, True),
        ("disputed", True, False),
    ],
)
def test_a_badge_stands_until_somebody_confirms(mark: Mark, confirmed: bool, badge: bool) -> None:
    assert ParameterValue("k", "t", 1, "s", mark, confirmed=confirmed).needs_confirmation is badge
