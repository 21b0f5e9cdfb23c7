"""What is worth telling: tables of examples of the rules and of the words they choose."""

from datetime import date

import pytest

from otklik.common.words import NBSP
from otklik.reports.worth_telling import texts
from otklik.reports.worth_telling.flow import open_words, stamp
from otklik.reports.worth_telling.rules import (
    Explained,
    Thresholds,
    TopicWeek,
    choose_explained,
    choose_topics,
    growth_of,
    say_planned,
    say_solved,
    sure_of_days,
    sure_of_proofs,
    sure_of_solved,
)

ASKED = Thresholds()
EVEN = (9, 9, 9, 9, 9, 9, 9, 9)


def test_it_names_three_largest_topics_and_what_has_grown_beyond_chance() -> None:
    weeks = [
        TopicWeek("roads", 30, (30,) * 8),
        TopicWeek("waste", 24, (25,) * 8),
        TopicWeek("light", 20, (20,) * 8),
        TopicWeek("buses", 14, (14,) * 8),
        TopicWeek("dogs", 12, (2,) * 8),
        TopicWeek("shops", 4, (0,) * 8),
        TopicWeek("", 50, (50,) * 8),
    ]
    chosen = choose_topics(weeks, ASKED)
    assert [one.week.key for one in chosen] == ["roads", "waste", "light", "dogs"]
    assert (
        chosen[0].reason.startswith("Первая тема недели: 30")
        and f"из{NBSP}154 (19{NBSP}%)" in chosen[0].reason
    )
    assert "больше, чем объяснит случай" in chosen[3].reason
    assert chosen[3].sure.value is not None and chosen[3].sure.value > 0.95
    first, third = chosen[0].sure.value, chosen[2].sure.value
    assert first is not None and third is not None and first > third > 0.5


def test_it_is_silent_of_a_quiet_week() -> None:
    assert choose_topics([TopicWeek("roads", 4, EVEN)], ASKED) == []
    assert choose_topics([], ASKED) == []


@pytest.mark.parametrize(
    ("now", "before", "least", "most"),
    [(9, EVEN, 0.3, 0.6), (20, EVEN, 0.98, 1.0), (2, EVEN, 0.0, 0.05), (20, (1, 40, 1, 40), 0.3, 0.6)],
)
def test_it_is_as_sure_of_growth_as_usual_weeks_allow(
    now: int, before: tuple[int, ...], least: float, most: float
) -> None:
    sure = growth_of(TopicWeek("roads", now, before))
    assert sure is not None and least <= sure <= most


def test_it_does_not_call_growth_what_has_no_past() -> None:
    week = TopicWeek("roads", 20, (1, 1, 1))
    assert growth_of(week) is None
    assert "обычно" not in choose_topics([week], ASKED)[0].reason


def test_it_tells_everybody_what_is_explained_again_and_again() -> None:
    rows = [
        Explained("housing", 13, 12),
        Explained("roads", 30, 12),
        Explained("dogs", 4, 4),
        Explained("", 9, 9),
    ]
    (found, reason, sure), *rest = choose_explained(rows, ASKED)
    assert found.key == "housing" and rest == []
    assert reason.startswith(f"Разъяснением закончились 12 из{NBSP}13{NBSP}ответов")
    assert sure.value is not None and 0.5 < sure.value < 0.99


def test_it_counts_sureness_only_from_enough() -> None:
    assert sure_of_days(2, 3).value is None and "нужно 5" in sure_of_days(2, 3).words
    kept = sure_of_days(9, 10)
    assert kept.value is not None and 0.5 < kept.value < 0.9
    assert sure_of_solved(4, 0).value is None
    scored = sure_of_solved(20, 2)
    assert scored.value is not None and "20" in scored.words and f"низких{NBSP}— 2" in scored.words
    assert sure_of_proofs(2, True).is_checked and "доказан" in sure_of_proofs(2, True).words


def test_it_says_why_works_are_told_of() -> None:
    assert say_planned(True, 34, 30) == f"Работы начнутся скоро, а за 30{NBSP}дней об этом 34{NBSP}сообщения."
    assert say_planned(False, 0, 30) == "Работы закончатся скоро: людям важно знать заранее."
    said = say_solved(21, {"Ямы на дорогах": 12, "ТКО": 9})
    assert f"ямы на дорогах{NBSP}— 12, ТКО{NBSP}— 9" in said


def test_it_makes_words_to_one_person_words_to_everybody() -> None:
    said = "Здравствуйте, Анна Петровна! Плата начисляется по нормативу. Телефон +7 900 123-45-67."
    assert open_words(said).startswith("Плата начисляется по нормативу.")
    assert "123-45-67" not in open_words(said)
    assert open_words("Уважаемая заявительница, плата начисляется.") == "Плата начисляется."


def test_it_leaves_a_place_for_what_only_a_person_knows() -> None:
    for text in (
        texts.of_topic("Ямы", 23, "9–15 ноября 2026"),
        texts.of_planned("Ямочный ремонт", "ровная дорога", date(2026, 11, 20), date(2026, 11, 30)),
        texts.of_done("Ремонт", "Сделали.", "ям, шт", "12", "0", date(2026, 11, 20)),
        texts.of_answers("Плата", ""),
    ):
        assert "{" in text and "}" in text
    assert "{" not in texts.of_answers("Плата", "Плата начисляется по нормативу.")
    assert stamp(date(2026, 11, 21)) == "2026-W47"
