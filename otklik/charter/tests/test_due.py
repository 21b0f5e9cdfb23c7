"""By which day a duty of a cadence must be done next: an exact table."""

from datetime import date

import pytest

from otklik.charter.due import due_day

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("cadence", "last", "due"),
    [
        ("2 раза в месяц", date(2026, 11, 17), None),
        ("2 раза в месяц", date(2026, 11, 3), date(2026, 11, 30)),
        ("2 раза в месяц", date(2026, 10, 30), date(2026, 11, 15)),
        ("ежемесячно", None, date(2026, 11, 30)),
        ("ежемесячно", date(2026, 9, 30), date(2026, 10, 31)),
        ("ежедневно", date(2026, 11, 19), TODAY),
        ("ежедневно", date(2026, 11, 18), date(2026, 11, 19)),
        ("ежедневно", TODAY, None),
        ("оперативно", None, None),
    ],
)
def test_it_names_the_day_of_the_next_record(cadence: str, last: date | None, due: date | None) -> None:
    assert due_day(cadence, last, TODAY) == due
