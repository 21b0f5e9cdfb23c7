"""The parts add up to the whole, a usual day is no spike, a forecast is tried on the past before it is told."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.analytics.growth.forecast import forecast, forecast_sum
from otklik.analytics.growth.season import band_of, days_of_season, season_of, spikes
from otklik.analytics.growth.split import split
from otklik.analytics.growth.words import finding, finding_said
from otklik.common.period import Period

COUNTS = st.dictionaries(st.sampled_from("абвгде"), st.integers(0, 500))
MONDAY = date(2026, 10, 5)


def flow(days: int, until: date, working: int = 10, off: int = 2) -> dict[date, int]:
    """A level flow of so many days before: less on Saturdays and Sundays."""
    past = (until - timedelta(days=back) for back in range(1, days + 1))
    return {day: off if day.weekday() > 4 else working for day in past}


@given(COUNTS, COUNTS, st.floats(0, 3))
def test_its_parts_and_the_season_add_up_to_the_whole(
    before: dict[str, int], after: dict[str, int], season: float
) -> None:
    growth = split(before, after, season)
    assert growth.season + sum(one.change for one in growth.factors) == growth.change
    assert {one.key for one in growth.factors} == {*before, *after}
    exact = [one.after - season * one.before - one.change for one in growth.factors]
    assert all(abs(one) < 1 + 1e-6 for one in (*exact, (season - 1) * growth.before - growth.season))


@pytest.mark.parametrize(
    ("before", "after", "season"),
    [
        ({}, {}, 1.0),
        ({}, {"дороги": 7}, 1.4),
        ({"дороги": 7}, {}, 1.4),
        ({"дороги": 0, "свет": 0}, {"дороги": 0, "вода": 3}, 0.0),
        ({str(key): 1 for key in range(100)}, {str(key): 1 for key in range(100)}, 1.2),
        ({"дороги": 1}, {"дороги": 1}, 1 / 31),
    ],
)
def test_it_adds_up_for_keys_of_one_period_for_nothing_and_for_a_day(
    before: dict[str, int], after: dict[str, int], season: float
) -> None:
    growth = split(before, after, season)
    assert growth.season + sum(one.change for one in growth.factors) == growth.change
    assert finding(growth, str)


def test_it_names_the_strongest_factors_and_leaves_the_season_out() -> None:
    growth = split({"дороги": 40, "свет": 40, "вода": 20}, {"дороги": 100, "свет": 48, "вода": 12}, 1.2)
    assert (growth.change, round(growth.season)) == (60, 20)
    assert [(one.key, round(one.change)) for one in growth.largest(2)] == [("дороги", 52)]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (108, 120, "За период 120 карточек: на 12 карточек больше, чем было (+11 %)."),
        (5, 4, "За период 4 карточки: на 1 карточку меньше, чем было (−20 %)."),
        (5, 5, "За период 5 карточек, столько же, сколько было."),
        (0, 21, "За период 21 карточка: на 21 карточку больше, чем было."),
    ],
)
def test_it_says_a_change_with_its_figures(before: int, after: int, words: str) -> None:
    assert plain(finding(split({"а": before}, {"а": after}), str)).startswith(words)


def test_it_says_the_season_and_the_strongest_factors() -> None:
    growth = split({"дороги": 40, "свет": 40, "вода": 20}, {"дороги": 100, "свет": 48, "вода": 30}, 1.2)
    assert plain(finding(growth, str.capitalize)).endswith(
        "Сезон и число рабочих дней дали бы +20. Сильнее всего изменились: «Дороги» +52, «Вода» +6."
    )


def test_its_pieces_are_the_finding_and_lead_to_the_cases_of_each_number() -> None:
    growth = split({"дороги": 40, "свет": 40}, {"дороги": 100, "свет": 48}, 1.2)
    said = finding_said(growth, str.capitalize)
    assert plain("".join(one.text for one in said)) == plain(finding(growth, str.capitalize))
    assert [(plain(one.text), one.of) for one in said if one.of is not None] == [
        ("148 карточек", ()),
        ("«Дороги» +52", ("дороги",)),
    ]


def plain(said: str) -> str:
    return said.replace("\xa0", " ").replace("\u202f", " ")


def test_it_expects_of_a_weekday_what_such_days_brought() -> None:
    history = flow(70, MONDAY)
    monday, sunday = band_of(MONDAY, history), band_of(MONDAY + timedelta(days=6), history)
    assert monday is not None
    assert sunday is not None
    assert (monday.expected, sunday.expected) == (10, 2)
    assert monday.low < 10 < monday.high
    assert band_of(MONDAY, flow(20, MONDAY)) is None
    assert band_of(MONDAY, {}) is None


def test_it_finds_a_spike_and_passes_by_a_usual_day() -> None:
    history = flow(70, MONDAY) | {MONDAY: 11, MONDAY + timedelta(days=1): 30}
    week = Period(MONDAY, MONDAY + timedelta(days=6))
    assert [(one.day, one.count) for one in spikes(history, week)] == [(MONDAY + timedelta(days=1), 30)]


def test_it_takes_the_season_from_a_year_ago_or_from_weekdays() -> None:
    september, october = (
        Period(date(2026, 9, 7), date(2026, 9, 13)),
        Period(date(2026, 10, 5), date(2026, 10, 11)),
    )
    history = {day - timedelta(days=364): 10 for day in september.days()}
    history |= {day - timedelta(days=364): 15 for day in october.days()}
    history |= {date(2025, 1, 1): 1}
    assert season_of(history, september, october) == pytest.approx(1.5)
    working, off = Period(MONDAY, MONDAY + timedelta(days=4)), Period(date(2026, 10, 10), date(2026, 10, 11))
    assert season_of(flow(70, MONDAY), working, off) == pytest.approx(4 / 50)
    assert season_of({}, working, off) == pytest.approx(2 / 5)


def test_a_year_ago_is_known_though_nothing_came_on_its_first_day() -> None:
    before, after = Period(date(2026, 9, 7), date(2026, 9, 13)), Period(date(2026, 9, 14), date(2026, 9, 20))
    asked = days_of_season(before)
    history = {day - timedelta(days=364): 10 for day in list(before.days())[1:]}
    history |= {day - timedelta(days=364): 20 for day in after.days()}
    history |= {asked.since: 1}
    assert asked.until == before.since
    assert season_of(history, before, after) == pytest.approx(140 / 60)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Period(date(2025, 4, 3), date(2025, 12, 31)), Period(date(2026, 1, 1), date(2026, 9, 30))),
        (Period(date(2025, 1, 1), date(2025, 12, 31)), Period(date(2026, 1, 1), date(2026, 12, 31))),
        (Period(date(2025, 10, 1), date(2025, 10, 31)), Period(date(2026, 10, 1), date(2026, 10, 31))),
    ],
)
def test_the_growth_itself_is_never_taken_for_the_season(before: Period, after: Period) -> None:
    asked = days_of_season(before)
    level = season_of(dict.fromkeys(asked.days(), 10), before, after)
    assert level == pytest.approx(len(list(after.days())) / len(list(before.days())))


def test_it_foretells_a_level_flow_without_error() -> None:
    told = forecast([20] * 30)
    assert told is not None
    assert [week.expected for week in told.weeks] == [20, 20, 20, 20]
    assert told.error == 0
    assert all(week.low < 20 < week.high for week in told.weeks)


def test_it_bends_as_a_year_ago_and_shows_the_error_of_its_trials() -> None:
    weeks = [100] * 56 + [100 + 10 * step for step in range(1, 13)] + [100] * 40
    told = forecast(weeks[: 56 + 52])
    assert told is not None
    assert told.weeks[0].expected > 100
    assert told.weeks[3].expected > told.weeks[0].expected
    assert forecast([5] * 7) is None


@given(st.lists(st.integers(0, 300), min_size=8, max_size=130))
def test_it_keeps_bounds_around_what_it_expects(weeks: list[int]) -> None:
    told = forecast(weeks)
    assert told is not None
    assert len(told.weeks) == 4
    assert all(0 <= week.low <= week.expected <= week.high for week in told.weeks)
    assert told.error is None or told.error >= 0


@pytest.mark.parametrize("known", [*range(1, 75, 3), 52, 53, 112])
@pytest.mark.parametrize("until", [1, 8, 30])
def test_a_sum_of_weeks_is_foretold_as_soon_as_it_can_be_tried(known: int, until: int) -> None:
    told = forecast_sum([10] * known, 1, until)
    assert (told is None) == (known < until + 7)
    if told is not None:
        assert told.expected == pytest.approx(10 * until) and 0 <= told.low < told.expected < told.high


def test_a_stretch_of_weeks_that_cannot_be_is_refused() -> None:
    for since, until in ((0, 3), (4, 2), (1, 60)):
        with pytest.raises(ValueError, match="no stretch of weeks"):
            forecast_sum([10] * 100, since, until)
