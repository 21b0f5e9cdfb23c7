"""The statistics of effect against worlds whose truth is known: coverage of intervals, false proofs, the return."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import Generator, default_rng

from otklik.problems.roadmaps.effect import (
    ALARM_WEEKS,
    Candidate,
    Effect,
    Flow,
    choose_control,
    cut,
    effect_of,
    lacks,
    likeness_of,
)
from otklik.problems.roadmaps.flows import Picture, Span
from otklik.problems.roadmaps.models import Measure
from otklik.problems.roadmaps.parts import parts_of
from otklik.problems.roadmaps.recurrence import at_least, returned
from otklik.problems.roadmaps.words import say_effect, say_lacks, verdict_of

WORK_WEEKS = 2


@dataclass(frozen=True)
class World:
    """How cases come: mean a week, scatter above chance, memory from week to week and its size, weeks seen."""

    mean: float
    scatter: float = 0.0
    memory: float = 0.0
    size: float = 0.0
    before: int = 26
    after: int = 12


WORLDS = {
    "chance alone": World(6),
    "few cases": World(1.5),
    "scattered": World(6, scatter=0.3),
    "with memory": World(8, memory=0.4, size=0.25),
    "scattered with memory": World(5, scatter=0.2, memory=0.3, size=0.2),
    "many cases": World(30, scatter=0.1, memory=0.4, size=0.2),
    "short": World(6, scatter=0.2, memory=0.3, size=0.2, before=14, after=5),
    "long": World(6, scatter=0.2, memory=0.3, size=0.2, before=40, after=26),
    "lasting troubles": World(20, memory=0.6, size=0.3, before=40, after=16),
}


def flow(
    chance: Generator, world: World, mean: float, season: "np.ndarray", effect: float = 1.0
) -> list[int]:
    """Weekly counts: a season common to all, a memory of its own, scatter, and the effect after the measure."""
    weeks, own = len(season), np.zeros(len(season))
    for week in range(weeks):
        last = own[week - 1] if week else 0.0
        own[week] = world.memory * last + chance.normal(0, world.size * np.sqrt(1 - world.memory**2))
    expected = mean * np.exp(season + own)
    expected[world.before + ALARM_WEEKS + WORK_WEEKS :] *= effect
    if world.scatter:
        expected = chance.gamma(1 / world.scatter, expected * world.scatter)
    return [int(count) for count in chance.poisson(expected)]


def live(chance: Generator, world: World, effect: float) -> Effect | None:
    """One life of a measure: four other places and their sum may be compared with; the machine chooses."""
    weeks = world.before + ALARM_WEEKS + WORK_WEEKS + world.after
    season = 0.25 * np.sin(np.arange(weeks) / 52 * 2 * np.pi + chance.uniform(0, 6))
    start = world.before + ALARM_WEEKS
    mine = cut(flow(chance, world, world.mean, season, effect), start, start + WORK_WEEKS - 1)
    others = [flow(chance, world, world.mean * chance.uniform(0.6, 2.5), season) for _ in range(4)]
    others.append([sum(week) for week in zip(*others, strict=True)])
    candidates = [
        Candidate(str(key), str(key), cut(one, start, start + WORK_WEEKS - 1))
        for key, one in enumerate(others)
    ]
    chosen = choose_control(mine, candidates)
    return effect_of(mine, chosen[0].flow) if chosen else None


def judged(world: World, effect: float, times: int, seed: int) -> tuple[float, float]:
    """Shares of lives whose interval holds the truth and whose effect is called proved."""
    chance = default_rng(seed)
    found = [one for one in (live(chance, world, effect) for _ in range(times)) if one is not None]
    assert len(found) > 0.9 * times
    truth = 100 * (effect - 1)
    covered = sum(one.low <= truth <= one.high for one in found) / len(found)
    return covered, sum(one.is_proved for one in found) / len(found)


@pytest.mark.parametrize("name", WORLDS)
def test_its_intervals_hold_the_truth_and_nothing_is_proved_where_nothing_was_done(name: str) -> None:
    covered, proved = judged(WORLDS[name], 1.0, 250, 11)
    assert covered >= 0.9
    assert proved <= 0.05
    covered, _ = judged(WORLDS[name], 0.6, 250, 12)
    assert covered >= 0.9


@pytest.mark.slow
@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("effect", [1.0, 0.8, 0.5])
def test_its_intervals_hold_the_truth_over_many_lives(name: str, effect: float) -> None:
    covered, proved = judged(WORLDS[name], effect, 4000, 21)
    assert covered >= 0.9
    assert effect < 1 or proved <= 0.05


def test_it_proves_a_real_effect_when_there_are_cases_to_prove_it_by() -> None:
    _, proved = judged(World(20, after=16), 0.5, 100, 13)
    assert proved > 0.95


def test_it_does_not_take_the_end_of_a_wave_for_an_effect() -> None:
    """A measure begun because of two bad weeks: the wave falls by itself, and that proves nothing."""
    chance, proved, tried = default_rng(14), 0, 0
    for _ in range(400):
        own, counts = 0.0, []
        for _ in range(70):
            own = 0.5 * own + chance.normal(0, 0.26)
            counts.append(int(chance.poisson(6 * np.exp(own))))
        start = next((week for week in range(26, 56) if counts[week - 1] + counts[week - 2] >= 22), None)
        if start is None:
            continue
        control = [int(one) for one in chance.poisson(12, 70)]
        window = slice(start - 26, start + 14)
        found = effect_of(cut(counts[window], 26, 27), cut(control[window], 26, 27))
        assert found is not None
        tried, proved = tried + 1, proved + found.is_proved
    assert tried > 100
    assert proved / tried <= 0.05


def test_a_fall_common_to_all_places_proves_nothing() -> None:
    """Everything was halved by what the measure has no part in; the place fell no deeper than the others."""
    mine = cut([20, 23, 18, 21] * 6 + [15, 14] + [10, 12, 9, 10] * 3, 24, 25)
    other = cut([41, 38, 44, 40] * 6 + [30, 28] + [20, 19, 22, 20] * 3, 24, 25)
    found = effect_of(mine, other)
    assert found is not None and verdict_of(found) == "unclear" and abs(found.change) < 10
    steady = cut([41, 38, 44, 40] * 6 + [40, 41] + [41, 39, 40, 42] * 3, 24, 25)
    alone = effect_of(mine, steady)
    assert alone is not None and verdict_of(alone) == "proved" and alone.low < -50 < alone.high


def test_even_weeks_are_told_as_surely_as_chance_allows() -> None:
    """Nothing that scatters less than chance resembles itself: halved to a case, the flow has fallen."""
    control = Flow((40,) * 26, (40,) * 12)
    halved = effect_of(Flow((20,) * 26, (10,) * 12), control)
    assert halved is not None and halved.is_proved and halved.high - halved.low < 30
    rising = effect_of(Flow(tuple(20 + week // 7 for week in range(26)), (10,) * 12), control)
    assert rising is not None and rising.is_proved
    same = effect_of(Flow((20,) * 26, (20,) * 12), control)
    assert same is not None and verdict_of(same) == "unclear"


def test_waves_of_many_weeks_still_widen_the_interval() -> None:
    control = Flow((40,) * 24, (40,) * 12)
    wave, tangle = (8, 12, 20, 28, 32, 28, 20, 12), (8, 32, 12, 28, 20, 12, 28, 20)
    in_waves = effect_of(Flow(wave * 3, wave[:6] * 2), control)
    at_random = effect_of(Flow(tangle * 3, tangle[:6] * 2), control)
    assert in_waves is not None and at_random is not None
    assert in_waves.high - in_waves.low > 1.5 * (at_random.high - at_random.low)


def test_it_chooses_the_control_by_the_past_alone() -> None:
    mine = Flow((5, 6, 4, 5, 6, 5, 4, 6, 5, 5, 6, 5, 4, 6), (2, 2, 3, 2, 1))
    rising = Flow((1, 1, 1, 2, 1, 2, 1, 9, 8, 9, 10, 9, 8, 9), (9, 9, 9, 9, 9))
    alike = Flow((9, 12, 8, 10, 13, 10, 9, 12, 10, 9, 12, 11, 8, 12), (10, 11, 9, 10, 12))
    few = Flow((0,) * 13 + (1,), (0,) * 5)
    options = [Candidate("rising", "", rising), Candidate("few", "", few), Candidate("alike", "", alike)]
    chosen = choose_control(mine, options)
    assert chosen is not None and chosen[0].key == "alike" and chosen[1].is_parallel
    told = likeness_of(mine, rising)
    assert told is not None and not told.is_parallel and told.parted < 0
    assert likeness_of(mine, few) is None
    assert choose_control(mine, [options[0], options[1]]) is None
    same_past = Candidate("alike", "", Flow(alike.before, (0, 0, 1, 0, 0)))
    again = choose_control(mine, [options[0], same_past])
    assert again is not None and again[1] == chosen[1]


def test_it_says_what_is_lacking_and_what_was_found() -> None:
    short = Flow((1, 0, 2), (1,))
    missing = lacks(short, short)
    assert effect_of(short, short) is None and verdict_of(None) == "few"
    assert "недель до меры 3, нужно 12" in missing
    assert say_lacks(missing).startswith("Недостаточно данных: ")
    told = say_effect(Effect(-34.2, -47.1, -18.3)).replace("\xa0", " ")
    assert told.startswith("Обращений стало меньше на 34 % (от 18 до 47 %) против сравнения")
    told = say_effect(Effect(30, 10, 55)).replace("\xa0", " ")
    assert told.startswith("Обращений стало больше на 30 % (от 10 до 55 %)")
    told = say_effect(Effect(-10, -40, 35)).replace("\xa0", " ")
    assert "может быть и случайностью" in told and "от −40 % до +35 %" in told
    assert verdict_of(Effect(-34, -47, -18)) == "proved"
    assert verdict_of(Effect(30, 10, 55)) == "worse"


counts = st.lists(st.integers(0, 40), min_size=14, max_size=30)
ends = st.lists(st.integers(0, 40), min_size=4, max_size=12)


@given(counts, ends, st.integers(0, 2**32))
def test_its_bounds_stand_around_the_effect_and_turn_over_with_the_sides(
    before: list[int], after: list[int], seed: int
) -> None:
    chance = default_rng(seed)
    control = Flow(
        tuple(int(one) for one in chance.poisson(8, len(before))),
        tuple(int(one) for one in chance.poisson(8, len(after))),
    )
    mine = Flow(tuple(before), tuple(after))
    found, turned = effect_of(mine, control), effect_of(control, mine)
    if found is None:
        assert lacks(mine, control)
        return
    assert -100 <= found.low <= found.change <= found.high
    if turned is not None:
        assert (1 + found.change / 100) * (1 + turned.change / 100) == pytest.approx(1)


def test_it_sees_the_flow_come_back_and_not_a_quiet_one() -> None:
    usual = [5, 6, 4, 5, 6, 5, 5, 4]
    assert returned(usual, [1, 1, 0, 1, 1, 0]) is None
    assert returned(usual, [6, 6, 6]) is None
    back = returned(usual, [1, 0, 1, 5, 6, 5, 6])
    assert back is not None and (back.cases, back.before) == (22, 5.0)
    assert returned([0, 0], [0, 0, 0, 2]) is None
    assert returned([1, 0], [2, 1, 2, 1]) is None, "one card of two weeks is no usual flow"
    assert returned([0, 0, 0, 0], [2, 3, 2, 3]) is None, "what was not cannot come back"
    assert at_least(0, 7, 0.1) == 1.0
    assert at_least(3, 5, 0.5) == pytest.approx(0.5)
    assert at_least(2, 2, 0.1) == pytest.approx(0.01)


def test_it_seldom_calls_a_halved_flow_come_back() -> None:
    chance = default_rng(15)
    usual = [10] * 20
    false = sum(returned(usual, [int(one) for one in chance.poisson(5, 4)]) is not None for _ in range(500))
    assert false / 500 <= 0.02


def plan_of(*weeks: tuple[int, int]) -> list[Measure]:
    monday = date(2026, 1, 5)
    return [
        Measure(
            title=f"мера {place}",
            state="done",
            start=monday + timedelta(weeks=begun),
            due=monday + timedelta(weeks=ended),
            done_on=monday + timedelta(weeks=ended, days=3),
        )
        for place, (begun, ended) in enumerate(weeks, start=1)
    ]


def pictured(counts: list[int], compared: list[int]) -> Picture:
    control = Candidate("place:1", "с. Ключи", Flow((), ()))
    span = Span(date(2026, 1, 5), 0, 0, len(counts))
    return Picture(span, tuple(counts), tuple(compared), control)


def test_it_tells_measures_apart_by_the_weeks_between_them() -> None:
    counts = [20, 22, 19, 21] * 5 + [9, 8, 10, 9] * 5 + [9, 10, 8, 9] * 3
    found = parts_of(plan_of((18, 20), (38, 40)), pictured(counts, [15, 16] * 26))
    assert [one.verdict for one in found] == ["proved", "unclear"]
    assert found[0].effect is not None and found[0].effect.high < 0
    near = parts_of(plan_of((18, 20), (26, 27)), pictured(counts, [15, 16] * 26))
    assert near[1].words.startswith("Недостаточно данных: недель до меры 5")


def test_it_tells_overlapping_measures_together_only() -> None:
    found = parts_of(plan_of((18, 22), (20, 24)), pictured([20] * 52, [15] * 52))
    assert [one.words[:16].replace("\xa0", " ") for one in found] == ["Шло вместе с № 2", "Шло вместе с № 1"]
    assert parts_of(plan_of((18, 22)), pictured([20] * 52, [15] * 52)) == []


def test_two_measures_that_do_nothing_are_seldom_proved() -> None:
    chance = default_rng(7)
    wrong = 0
    for _ in range(400):
        counts, compared = ([int(one) for one in chance.poisson(12, 60)] for _ in range(2))
        parts = parts_of(plan_of((20, 21), (38, 39)), pictured(counts, compared))
        wrong += any(one.verdict == "proved" for one in parts)
    assert wrong / 400 <= 0.05
