"""Seasons by the climate: edges move with the turn of the year, dates stand; the starter list is whole."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.common.period import Period
from otklik.risks.campaigns.rules import blanks_in
from otklik.risks.campaigns.seasons import Climate, Edge, Season, climate_words, warn_from
from otklik.risks.campaigns.starter import starter_threats
from otklik.topics.tree import topic_cards

NORTH, STEPPE = Climate(6, -4), Climate(-2, 2)
WINTER = Season(Edge("11-25", "autumn"), Edge("03-05", "spring"))
SUMMER = Season(Edge("06-01", "spring"), Edge("08-25", "autumn"))
SCHOOL = Season(Edge("08-10"), Edge("09-10"))
TURNS = st.sampled_from(["spring", "autumn", "fixed"])
EDGES = st.builds(
    lambda day, turn: Edge(f"{day:%m-%d}", turn), st.dates(date(2026, 1, 1), date(2026, 12, 31)), TURNS
)
CLIMATES = st.builds(Climate, st.integers(-6, 8), st.integers(-8, 6))


@pytest.mark.parametrize(
    ("season", "climate", "expected"),
    [
        (WINTER, Climate(), (date(2026, 11, 25), date(2027, 3, 5))),
        (WINTER, NORTH, (date(2026, 10, 28), date(2027, 4, 16))),
        (WINTER, STEPPE, (date(2026, 12, 9), date(2027, 2, 19))),
        (SUMMER, NORTH, (date(2026, 7, 13), date(2026, 7, 28))),
        (SCHOOL, NORTH, (date(2026, 8, 10), date(2026, 9, 10))),
    ],
)
def test_winter_grows_and_summer_shrinks_to_the_north(
    season: Season, climate: Climate, expected: tuple[date, date]
) -> None:
    assert season.stretch(2026, climate) == Period(*expected)


def test_a_season_the_climate_leaves_nothing_of_does_not_come() -> None:
    assert SUMMER.stretch(2026, Climate(8, -6)) is None
    assert SUMMER.coming(date(2026, 5, 1), Climate(8, -6)) is None


def test_the_running_season_comes_first_and_the_next_one_after_it() -> None:
    assert WINTER.coming(date(2027, 1, 10), Climate()) == (2026, Period(date(2026, 11, 25), date(2027, 3, 5)))
    assert WINTER.coming(date(2027, 3, 6), Climate()) == (2027, Period(date(2027, 11, 25), date(2028, 3, 5)))
    assert warn_from(Period(date(2026, 11, 25), date(2027, 3, 5)), 3) == date(2026, 11, 4)


@settings(max_examples=50)
@given(EDGES, EDGES, CLIMATES, st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_what_is_coming_is_never_over_and_parts_of_a_year_stay_inside_it(
    begins: Edge, ends: Edge, climate: Climate, today: date
) -> None:
    season = Season(begins, ends)
    found = season.coming(today, climate)
    if found is not None:
        assert found[1].until >= today
    for part in season.in_year(today.year, climate):
        assert part.since.year == part.until.year == today.year


def test_the_climate_is_said_in_words() -> None:
    said = climate_words(NORTH).replace("\xa0", " ")
    assert said == "Против средней полосы весна на 6 недель позже, осень на 4 недели раньше."
    assert climate_words(Climate()) == "Сезоны стоят по средней полосе."


def test_a_day_no_year_has_is_refused() -> None:
    with pytest.raises(ValueError, match="day is out of range"):
        Edge("02-30")


def test_the_starter_list_names_topics_of_the_product_and_blanks_to_fill() -> None:
    known, lines = {one.key for one in topic_cards()}, starter_threats()
    assert {key for one in lines for key in one.topics} <= known
    assert len({one.key for one in lines}) == len(lines) == 40
    assert [one.key for one in lines if not blanks_in(one.message) and one.kind != "constant"] == []
    assert all(one.season.stretch(2026, Climate()) for one in lines)
