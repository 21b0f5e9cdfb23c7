"""What a campaign lacks, when a topic calls for one, how much was saved."""

from datetime import date

import pytest

from otklik.common.period import Period
from otklik.problems.roadmaps.effect import Effect, Flow
from otklik.risks.campaigns.effect import Expected, against_rest, saved_of
from otklik.risks.campaigns.rules import (
    StepPlan,
    Thresholds,
    blanks_in,
    call_text,
    growth_reason,
    lacks_of,
    overdue_revision,
    refuse_plan,
    season_reason,
)

DAY = date(2026, 10, 20)
RUN, WATCH = Period(DAY, date(2026, 11, 20)), Period(date(2026, 11, 1), date(2026, 12, 31))
FORETOLD = Expected(100, 70, 130)
WORSE = Effect(30, 10, 50)


def test_it_lacks_what_people_would_miss() -> None:
    steps = [StepPlan("post", "График", "Звоните: [телефон]", False), StepPlan("post", "Ещё", "", True)]
    assert lacks_of(steps, None) == [
        "Назовите ответственную должность.",
        "«График»: выберите страницы, где выйдет запись.",
        "«Ещё»: нет текста записи.",
        "«График»: заполните [телефон].",
    ]
    assert lacks_of([], "должность") == ["Внесите хотя бы один шаг: запись, памятку, встречу."]
    assert lacks_of([StepPlan("print", "Памятка", "", True)], "должность") == []


def test_it_knows_blanks_of_a_text() -> None:
    assert blanks_in("Тел. [телефон], ещё раз [телефон] и [ссылка]") == ["[телефон]", "[ссылка]"]
    assert blanks_in("без пропусков") == []


@pytest.mark.parametrize(
    ("title", "watch", "refusal"),
    [
        ("Снег", WATCH, ""),
        (" ", WATCH, "Заполните: название."),
        ("Снег", Period(date(2026, 9, 1), date(2026, 9, 30)), "Обращения считают после"),
        ("Снег", Period(DAY, date(2027, 12, 1)), "не длиннее года"),
    ],
)
def test_it_refuses_a_plan_that_cannot_be(title: str, watch: Period, refusal: str) -> None:
    said = refuse_plan(title, "цель", "жители", "зима", RUN, watch)
    assert refusal in said and bool(refusal) == bool(said)


def test_a_season_and_a_growth_call_with_their_figures() -> None:
    season = Period(date(2026, 11, 3), date(2027, 3, 5))
    said = season_reason(season, DAY, 34).replace("\xa0", " ")
    assert "приходит 3 ноября" in said and "34 обращения" in said
    assert "ещё не знаем" in season_reason(season, DAY, None).replace("\xa0", " ")
    assert "Угроза идёт" in season_reason(Period(DAY, DAY), DAY, None)
    assert growth_reason(11, 2, Thresholds()) == "" == growth_reason(20, 14, Thresholds())
    assert "ждём 20 обращений" in growth_reason(20, 13, Thresholds()).replace("\xa0", " ")


def test_the_chat_hears_of_a_topic_and_of_no_person() -> None:
    said = call_text("Паводок", "пришла вода", "показать карту", DAY, DAY, drill=True)
    assert said.startswith("УЧЕБНОЕ. Нужна предупредительная кампания: Паводок") and "показать карту" in said


def test_the_list_waits_to_be_looked_through() -> None:
    assert overdue_revision(None, 3, DAY)
    assert overdue_revision(date(2026, 6, 1), 3, DAY) and not overdue_revision(date(2026, 9, 1), 3, DAY)


@pytest.mark.parametrize(
    ("came", "against", "verdict", "words"),
    [
        ([10, 10, 10, 10], None, "proved", "меньше на 60 (от 30 до 90)"),
        ([10, 10, 10, 10], WORSE, "unclear", "может быть случайной"),
        ([25, 25, 25, 15], None, "unclear", "может быть случайной"),
        ([50, 50, 50, 50], None, "worse", "больше на 100 (от 70 до 130)"),
        ([10, 10], None, "few", "полных недель прошло 2, нужно 4"),
    ],
)
def test_appeals_saved_are_told_with_bounds(
    came: list[int], against: Effect | None, verdict: str, words: str
) -> None:
    saved = saved_of(FORETOLD, came, "", against)
    assert saved.verdict == verdict
    assert words in saved.words.replace("\xa0", " ")


def test_nothing_foretold_says_why() -> None:
    saved = saved_of(None, [1, 2, 3, 4], "мало истории", None)
    assert (saved.verdict, saved.words, saved.avoided) == ("few", "мало истории", None)


def test_past_seasons_are_compared_with_the_rest() -> None:
    before, after = (18, 22, 20, 23, 17, 21, 19, 20) * 2, (7, 9, 8, 10, 6, 9, 7, 8)
    found, said = against_rest(Flow(before, after), Flow((100,) * 16, (100,) * 8))
    assert found is not None and found.is_proved and "меньше" in said
    none, why = against_rest(Flow((), after), Flow((), after))
    assert none is None and why.startswith("Недостаточно данных: недель в\xa0прошлых сезонах 0, нужно")
    assert "меры" not in why
