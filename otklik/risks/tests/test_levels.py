"""The level proposed from what can be measured, by the words of the charter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.charter.files import preset_folders, read_charter
from otklik.risks.levels import GUESSED, Signs, propose

LEVELS = read_charter(preset_folders()["demyansk"]).risk_levels


@pytest.mark.parametrize(
    ("signs", "level", "criterion"),
    [
        (Signs(text="Взрыв газа в доме, есть пострадавшие"), "critical", "угроза жизни или здоровью"),
        (
            Signs(text="Отключили свет во всём посёлке"),
            "critical",
            "массовое отключение или чрезвычайная ситуация",
        ),
        (Signs(text="Давайте перекроем дорогу"), "critical", "призывы к противоправным действиям"),
        (Signs(reactions_per_hour=51), "critical", "больше 50 реакций в час"),
        (Signs(settlements=2), "high", "затронуто больше одного населённого пункта"),
        (Signs(is_top_page=True), "high", "самая читаемая местная страница"),
        (Signs(growth=3.0), "high", "быстрый рост"),
        (Signs(pages=2), "medium", "одна тема на нескольких страницах"),
        (Signs(repeats_in_week=1), "medium", "повтор в течение недели"),
        (Signs(pages=1), "low", "единичная запись"),
        (Signs(views=120), "low", "малый охват"),
    ],
)
def test_it_sees_each_criterion_of_the_charter(signs: Signs, level: str, criterion: str) -> None:
    found = propose(LEVELS, signs)
    assert (found.level_key, criterion in [one.criterion for one in found.met]) == (level, True)
    assert criterion in found.reason


@pytest.mark.parametrize(
    "signs",
    [
        Signs(reactions_per_hour=50),
        Signs(text="Отключили домофон"),
        Signs(growth=2.9),
        Signs(settlements=1),
        Signs(views=500),
        Signs(text="Когда починят дорогу?"),
    ],
)
def test_it_does_not_raise_a_level_without_a_sign(signs: Signs) -> None:
    assert propose(LEVELS, signs).level_key == "low"


def test_a_guess_is_not_sure_and_two_criteria_are_surer_than_one() -> None:
    assert propose(LEVELS, Signs()).sureness == GUESSED
    one, two = propose(LEVELS, Signs(settlements=2)), propose(LEVELS, Signs(settlements=2, growth=4.0))
    assert GUESSED < one.sureness < two.sureness < 1
    assert propose(LEVELS, Signs(text="Пожар в школе")).sureness < one.sureness


def test_a_topic_of_the_register_is_not_below_its_usual_level() -> None:
    found = propose(LEVELS, Signs(pages=1, usual_level="high"))
    assert (found.level_key, "Рискогенная тема" in found.reason, found.met) == ("high", True, ())
    assert propose(LEVELS, Signs(reactions_per_hour=80, usual_level="medium")).level_key == "critical"


@settings(max_examples=40)
@given(
    st.builds(
        Signs,
        text=st.text(max_size=40),
        views=st.none() | st.integers(0, 10**6),
        reactions_per_hour=st.none() | st.floats(0, 1000),
        growth=st.none() | st.floats(0, 100),
        settlements=st.integers(0, 9),
        pages=st.integers(0, 9),
        repeats_in_week=st.integers(0, 9),
        is_top_page=st.booleans(),
        usual_level=st.sampled_from(["", *LEVELS]),
    )
)
def test_it_always_names_a_level_with_a_reason(signs: Signs) -> None:
    found = propose(LEVELS, signs)
    assert found.level_key in LEVELS and found.reason
    assert {one.criterion for one in found.met} <= set(LEVELS[found.level_key].criteria)
    assert 0 < found.sureness <= 1
