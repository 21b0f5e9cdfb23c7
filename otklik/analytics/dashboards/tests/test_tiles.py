"""Tiles as data: the defaults hold together, wrong ones are refused in words, time is cut by its length."""

from datetime import date

import pytest

from otklik.analytics.charts.plot import Point
from otklik.analytics.dashboards.selectors import default_for, defaults
from otklik.analytics.dashboards.tiles import grain_of, marks_of, tiles_from
from otklik.analytics.dashboards.words import change_of, found_in_rows, stands_out
from otklik.analytics.measures import Value, measure
from otklik.common.errors import Refused
from otklik.common.period import Period

NUMBER = {"kind": "number", "measures": ["received"]}


def test_it_reads_every_dashboard_of_the_house() -> None:
    assert [one.key for one in defaults()] == ["leader", "curator", "block", "channel", "region"]
    assert all(one.tiles and one.roles for one in defaults())


def test_it_opens_the_dashboard_that_names_a_role_of_the_person() -> None:
    assert default_for({"block_head"}).key == "block"
    assert default_for({"pos_officer", "pages_officer"}).key == "channel"
    assert default_for(set()).key == "leader"


def test_it_gives_tiles_back_equal() -> None:
    for one in defaults():
        assert tiles_from([tile.to_data() for tile in one.tiles]) == one.tiles


@pytest.mark.parametrize(
    ("tiles", "said"),
    [
        ([], "нет ни одной плитки"),
        ([NUMBER] * 17, "помещается 16"),
        ([{"kind": "pie", "measures": ["received"]}], "выберите, что показать"),
        ([{"kind": "number", "measures": ["nonsense"]}], "выберите показатель"),
        ([{"kind": "chart", "measures": ["received"]}], "по чему разложить"),
        ([{"kind": "chart", "measures": ["received", "overdue"], "by": "body"}], "только в таблицу"),
        ([{"kind": "chart", "measures": ["first_median"], "by": "settlement"}], "не раскладывается"),
        ([{"kind": "chart", "measures": ["per_thousand"], "by": "body"}], "не раскладывается"),
        ([{"kind": "finding", "measures": ["overdue"], "by": "body"}], "а не у доли"),
        ([{"kind": "finding", "measures": ["received"], "by": "time"}], "по чему разложить"),
    ],
)
def test_it_refuses_wrong_tiles_in_words(tiles: list[dict[str, object]], said: str) -> None:
    with pytest.raises(Refused, match=said):
        tiles_from(tiles)


def test_it_keeps_only_what_it_knows_of_a_tile() -> None:
    (tile,) = tiles_from([{**NUMBER, "span": "12", "most": 500, "by": "body", "stranger": 1}])
    assert (tile.span, tile.most, tile.by) == ("", 30, "")


@pytest.mark.parametrize(
    ("since", "until", "grain", "marks"),
    [
        (date(2026, 10, 1), date(2026, 10, 31), "day", 31),
        (date(2026, 7, 1), date(2026, 9, 30), "week", 14),
        (date(2025, 11, 20), date(2026, 11, 20), "month", 13),
        (date(2026, 10, 5), date(2026, 10, 5), "day", 1),
    ],
)
def test_it_cuts_time_by_its_length(since: date, until: date, grain: str, marks: int) -> None:
    period = Period(since, until)
    assert grain_of(period) == grain
    assert len(marks_of(period, grain)) == marks


def test_it_takes_days_of_its_own_back_from_the_end_of_the_period() -> None:
    (tile,) = tiles_from([{**NUMBER, "span": "90"}])
    assert tile.days_of(Period(date(2026, 10, 1), date(2026, 10, 31))).since == date(2026, 8, 3)


def rated(name: str, number: float, low: float, high: float, base: str, told: bool = False) -> Point:
    return Point(name, number, f"{number} %", base, low=low, high=high, is_told=told)


def test_it_names_only_who_differs_by_more_than_chance() -> None:
    overdue = measure("overdue")
    far, near = rated("А", 60.0, 50.0, 69.0, "60 из 100", True), rated("Б", 21.0, 14.0, 30.0, "21 из 100")
    assert stands_out(overdue, far, 20.0) and not stands_out(overdue, near, 20.0)
    assert stands_out(measure("in_time"), rated("В", 40.0, 30.0, 50.0, "4 из 10"), 90.0)
    said = found_in_rows(overdue, (far, near), 20.0).replace("\xa0", " ")
    assert said == "Заметно выше общего, 20,0 %: А — 60.0 % (60 из 100)"
    assert "заметных отличий нет" in found_in_rows(overdue, (near,), 20.0)
    assert "карточек мало" in found_in_rows(measure("first_median"), (Point("А", 5.0, "5 ч", "по 1"),), 3.0)
    assert "данных нет" in found_in_rows(overdue, (Point("А", None),), None)


@pytest.mark.parametrize(
    ("told", "enough", "said"),
    [
        (0, 2, "Выше всех — А: 119 ч (по 2)"),
        (1, 2, "Из тех, у кого карточек хватает, выше всех — Б: 44 ч (по 22)"),
        (1, 1, "Б: 44 ч (по 22); у остальных карточек мало, чтобы сравнивать"),
    ],
)
def test_it_calls_nobody_first_whom_a_row_of_few_cases_outdoes(told: int, enough: int, said: str) -> None:
    rows = [("А", 119.0, "по 2"), ("Б", 44.0, "по 22")]
    points = [
        Point(name, number, f"{number:.0f} ч", base, is_told=place == told)
        for place, (name, number, base) in enumerate(rows)
    ]
    assert found_in_rows(measure("first_median"), points, 50.0, enough).replace("\xa0", " ") == said


@pytest.mark.parametrize(
    ("key", "now", "past", "said"),
    [
        ("overdue", 12.34, 10.0, "хуже на 2,3 п. п."),
        ("in_time", 93.0, 90.0, "лучше на 3,0 п. п."),
        ("received", 12, 7, "на 5 больше"),
        ("received", 7, 12, "на 5 меньше"),
        ("satisfaction", 4.2, 4.204, "не изменилось"),
        ("first_median", 7, 9, "лучше на 2 ч"),
        ("overdue", None, 10.0, ""),
    ],
)
def test_it_says_a_change_in_words(key: str, now: float | None, past: float | None, said: str) -> None:
    one = measure(key)
    assert change_of(one, Value(now, 0, 1), Value(past, 0, 1)).replace("\xa0", " ") == said
