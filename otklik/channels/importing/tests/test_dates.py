from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.channels.importing.dates import read_moment
from otklik.channels.importing.faults import RowFault
from otklik.channels.importing.values import Value

BOGOTOL = ZoneInfo("Asia/Krasnoyarsk")


@pytest.mark.parametrize(
    ("cell", "local"),
    [
        ("2025-12-24 20:06:02", "2025-12-24T20:06:02"),
        ("2025-12-24T20:06:02.123456", "2025-12-24T20:06:02"),
        ("24.12.2025", "2025-12-24T00:00:00"),
        ("24.12.2025 9:05", "2025-12-24T09:05:00"),
        ("24.12.2025, 09:05:30", "2025-12-24T09:05:30"),
        ("24.12.2025 в 9:05", "2025-12-24T09:05:00"),
        ("'24.12.2025 г.", "2025-12-24T00:00:00"),
        ("24/12/25", "2025-12-24T00:00:00"),
        ("24-12-2025", "2025-12-24T00:00:00"),
        ("2025/12/24 20:06", "2025-12-24T20:06:00"),
        ("20251224", "2025-12-24T00:00:00"),
        ("24 декабря 2025 г. 20:06", "2025-12-24T20:06:00"),
        ("5 мая 2026", "2026-05-05T00:00:00"),
        ("5 марта 2026 года", "2026-03-05T00:00:00"),
        ("\u00a024.12.2025\u00a09:05", "2025-12-24T09:05:00"),
        (46015, "2025-12-24T00:00:00"),
        (46015.5, "2025-12-24T12:00:00"),
        ("46015,25", "2025-12-24T06:00:00"),
        (date(2025, 12, 24), "2025-12-24T00:00:00"),
        (datetime(2025, 12, 24, 20, 6), "2025-12-24T20:06:00"),  # noqa: DTZ001 - cells of Excel have no zone
    ],
)
def test_it_reads_a_date_of_any_shape_in_local_time(cell: Value, local: str) -> None:
    moment = read_moment(cell, BOGOTOL)
    assert moment is not None
    assert moment.replace(tzinfo=None).isoformat() == local
    assert moment.utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize(
    "cell", ["2025-12-24T20:06:02Z", "2025-12-24T23:06:02+03:00", "24.12.2025 23:06:02 МСК"]
)
def test_it_keeps_a_zone_that_the_cell_names(cell: str) -> None:
    moment = read_moment(cell, BOGOTOL)
    assert moment is not None
    assert moment.astimezone(UTC) == datetime(2025, 12, 24, 20, 6, 2, tzinfo=UTC)


@pytest.mark.parametrize("cell", ["", " ", "-", "—", None])
def test_it_reads_nothing_from_an_empty_cell(cell: Value) -> None:
    assert read_moment(cell, BOGOTOL) is None


@pytest.mark.parametrize(
    "cell", ["вчера", "31.02.2026", "24.13.2025", "1", 12, "24.12.1825", "25:61", True, "9" * 400]
)
def test_it_names_what_is_not_a_date(cell: Value) -> None:
    with pytest.raises(RowFault, match="не разобрана"):
        read_moment(cell, BOGOTOL)


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001 - as written
def test_it_reads_back_what_was_written(moment: datetime) -> None:
    whole = moment.replace(microsecond=0)
    for shape in ("%d.%m.%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"):
        assert read_moment(whole.strftime(shape), BOGOTOL) == whole.replace(tzinfo=BOGOTOL)


@given(st.text(max_size=60) | st.floats() | st.integers())
def test_it_never_fails_in_any_other_way(cell: Value) -> None:
    try:
        moment = read_moment(cell, BOGOTOL)
    except RowFault:
        return
    assert moment is None or 1990 <= moment.year <= 2100
