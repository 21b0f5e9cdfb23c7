"""Rules of fast-track mechanisms: what recurs, what a design lacks, whether the gain is more than chance."""

from math import inf
from random import Random

import pytest

from otklik.problems.fast_track.rules import (
    STAGE_KEYS,
    Flow,
    Thresholds,
    gain_of,
    in_days,
    refuse_approval,
    refuse_design,
    say_gain,
    why_recurs,
)

NORMS = dict(zip(STAGE_KEYS, (1, 5, 2, 1), strict=True))


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("flow", "said"),
    [
        (Flow(9, 5, 0, None), ""),
        (Flow(40, 2, 0, None), ""),
        (Flow(40, 20, 0, 47), ""),
        (Flow(10, 3, 0, None), "За 90 дней 10 карточек, повторных 3 (30 %)"),
        (
            Flow(21, 4, 2, 300),
            "За 90 дней 21 карточка, повторных 4 (19 %); половина ответов позже чем через 12,5 дня; "
            "к сроку не ответили: 2",
        ),
    ],
)
def test_it_says_why_a_topic_comes_back(flow: Flow, said: str) -> None:
    assert plain(why_recurs(flow, Thresholds())) == said


def test_it_asks_what_the_charter_asks() -> None:
    flow = Flow(6, 2, 0, 36)
    assert plain(why_recurs(flow, Thresholds(30, 5, 2, 24))) == (
        "За 30 дней 6 карточек, повторных 2 (33 %); половина ответов позже чем через 1,5 дня"
    )
    assert why_recurs(flow, Thresholds(30, 7, 2, 24)) == ""
    assert why_recurs(flow, Thresholds(30, 5, 2, 37)) == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, ""),
        ({"text": ("Ямы", " ")}, "почему он нужен"),
        ({"topics": []}, "хотя бы одну тему"),
        ({"stages": {STAGE_KEYS[0]: 1}}, "каждого из четырёх"),
        ({"stages": {**NORMS, STAGE_KEYS[1]: -1}}, "каждого из четырёх"),
        ({"whole_days": 30}, "меньше 30"),
        ({"whole_days": 0}, "меньше 30"),
        ({"whole_days": 8}, "длиннее всего цикла"),
    ],
)
def test_it_refuses_a_design_that_cannot_be(change: dict[str, object], said: str) -> None:
    good: dict[str, object] = {
        "topics": ["pits"],
        "stages": NORMS,
        "whole_days": 20,
        "limit": 29,
        "text": ("Ямы", "часто пишут"),
    }
    told = refuse_design(**{**good, **change})  # type: ignore[arg-type]
    assert said in told
    assert bool(said) == bool(told)


def test_a_mechanism_needs_measures_of_both_kinds() -> None:
    assert refuse_approval({"organisational", "technical"}) == ""
    assert "технической" in refuse_approval({"organisational"})
    assert "организационной и ни одной технической" in refuse_approval(set())


def test_it_says_nothing_of_too_few_letters() -> None:
    found = gain_of([20.0] * 7, [5.0] * 30)
    assert (found.change, found.is_proved) == (None, False)
    assert "Недостаточно данных" in say_gain(found)
    assert gain_of([20.0] * 20, [5.0] * 5 + [inf] * 20).change is None


def test_it_tells_a_gain_from_a_loss_and_from_chance() -> None:
    slow, quick = [20.0 + step / 10 for step in range(20)], [6.0 + step / 10 for step in range(20)]
    gained = gain_of(slow, quick)
    assert gained.change == pytest.approx(-14)
    assert gained.is_proved
    told = "Стало быстрее: половина ответов приходила позже чем через 21 день, теперь — через 7 дней; выигрыш от "
    even = gain_of([one + 0.05 for one in slow], [one + 0.05 for one in quick])
    assert plain(say_gain(even)).startswith(told)
    assert "медленнее" in say_gain(gain_of(quick, slow))
    assert "случайной" in say_gain(gain_of(slow, [one + 0.01 for one in slow]))


def test_an_unanswered_letter_counts_as_the_slowest() -> None:
    found = gain_of([10.0] * 5 + [12.0] * 5, [3.0] * 12 + [inf] * 3)
    assert (found.after.cases, found.after.within, found.after.median) == (15, 12, 3.0)


def test_its_bounds_hold_the_truth_and_seldom_prove_what_is_not_there() -> None:
    """Six hundred towns: a true gain of four days, and no gain at all."""
    chance = Random(5)

    def waits(middle: float, n: int) -> list[float]:
        return [chance.lognormvariate(0, 0.6) * middle for _ in range(n)]

    held = false = 0
    for _ in range(600):
        found = gain_of(waits(14, 40), waits(10, 25))
        assert found.low is not None
        assert found.high is not None
        held += found.low <= -4 <= found.high
        false += gain_of(waits(12, 40), waits(12, 25)).is_proved
    assert held / 600 >= 0.93
    assert false / 600 <= 0.05


def test_it_says_days_with_a_fraction() -> None:
    assert plain(in_days(1)) == "1 день"
    assert plain(in_days(9.54)) == "9,5 дня"
