"""Targets handed down, changed with a reason and shown beside the fact; directions of development."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from otklik.accounts.models import Notice, Post
from otklik.analytics.services import rebuild
from otklik.analytics.targets.selectors import (
    asked_by_charter,
    in_force,
    measures_to_plan,
    running,
    stand_of,
    stands_of,
    targets_of,
)
from otklik.analytics.targets.services import (
    Plan,
    change_target,
    drop_target,
    end_direction,
    hand_down,
    say_target,
    set_direction,
)
from otklik.audit.models import JournalEntry
from otklik.charter.evidence import evidence_for
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.common.periods import quarter_of, year_of
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
# An hour that is of the same day in every zone of the presets, whenever the test is run.
NOW = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
YEAR = year_of(TODAY.year)
PLAN = Plan(measure="received", block="", period=YEAR, plan=2.0, is_floor=True)


def lively(town: Town) -> None:
    for number in range(3):
        town.case(f"На улице Гагарина, {number} яма. Когда заделаете?", now=NOW - timedelta(hours=2))
    rebuild(town.municipality)


def test_it_hands_a_target_down_and_shows_the_fact_beside_it() -> None:
    town = build_town("bogotol")
    coordinator = town.user_with("coordinator", [], role_key="coordinator")
    lively(town)
    target = hand_down(town.municipality, PLAN, coordinator, NOW)
    assert target.handed_title.startswith("Координатор")
    assert say_target(target).replace("\xa0", " ") == f"Поступило не ниже 2 за {TODAY.year} год"
    stand = stand_of(target, town.municipality, TODAY)
    assert (stand.fact.number, stand.way[-1].so_far.number) == (3, 3)
    assert stand.state in ("goes", "met")
    with pytest.raises(Refused, match="уже доведён"):
        hand_down(town.municipality, replace(PLAN, plan=9.0), coordinator, NOW)
    block = hand_down(town.municipality, replace(PLAN, block="roads"), coordinator, NOW)
    assert stand_of(block, town.municipality, TODAY).fact.number in (0, 3)
    for key in ("goals.targets", "goals.targets_met"):
        proof = evidence_for(key, town.municipality, YEAR)
        assert proof is not None and proof.count == 2, key
    assert Notice.objects.filter(link="/kpi/").count() == 2
    assert JournalEntry.objects.filter(code="targets.handed_down").count() == 2


def test_it_keeps_what_a_plan_was_and_why_it_changed() -> None:
    town = build_town()
    post = Post.objects.filter(municipality=town.municipality).first()
    target = hand_down(town.municipality, PLAN, town.vera, NOW)
    with pytest.raises(Refused, match="почему"):
        change_target(target, 5.0, None, " ", town.vera, NOW)
    with pytest.raises(Refused, match="менять нечего"):
        change_target(target, 2.0, None, "так надо", town.vera, NOW)
    change_target(target, 5.0, post, "протокол № 4", town.vera, NOW)
    target.refresh_from_db()
    assert (target.plan, target.post, target.changes[0]["plan"]) == (5.0, post, 2.0)
    entry = JournalEntry.objects.get(code="targets.changed")
    assert (entry.why, entry.details["was"]["plan"]) == ("протокол № 4", 2.0)
    drop_target(target, "показатель заменён", town.vera, NOW)
    assert not targets_of(town.municipality).exists()
    with pytest.raises(Refused, match="уже отменён"):
        drop_target(target, "ещё раз", town.vera, NOW)
    assert hand_down(town.municipality, PLAN, town.vera, NOW).pk != target.pk


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (replace(PLAN, measure="happiness"), "каталога"),
        (replace(PLAN, measure="in_time", plan=120.0), "0 до 100"),
        (replace(PLAN, plan=-1.0), "не меньше нуля"),
        (replace(PLAN, period=Period(date(2026, 1, 1), date(2027, 6, 30))), "не больше года"),
        (replace(PLAN, measure="first_median", block="roads"), "по блокам не считается"),
    ],
)
def test_it_refuses_a_plan_that_cannot_be(wrong: Plan, said: str) -> None:
    town = build_town()
    with pytest.raises(Refused, match=said):
        hand_down(town.municipality, wrong, town.vera, NOW)


def test_it_stands_without_facts_and_over_a_past_period() -> None:
    town = build_town()
    rebuild(town.municipality)
    past = quarter_of(TODAY.year - 1, 1)
    made = [
        hand_down(town.municipality, replace(PLAN, measure="in_time", plan=95.0), town.vera, NOW),
        hand_down(town.municipality, replace(PLAN, measure="first_median", is_floor=False), town.vera, NOW),
        hand_down(town.municipality, replace(PLAN, period=past), town.vera, NOW),
    ]
    stands = stands_of(made, town.municipality, TODAY)
    assert [one.state for one in stands] == ["nothing", "nothing", "missed"]
    assert list(running(town.municipality, TODAY)) != []


def test_it_keeps_directions_until_they_are_ended() -> None:
    town = build_town("lovozero")
    with pytest.raises(Refused, match="направление"):
        set_direction(town.municipality, " ", "", TODAY, town.vera, NOW)
    direction = set_direction(town.municipality, "Решать больше решаемого", "План", TODAY, town.vera, NOW)
    proof = evidence_for("goals.directions", town.municipality, YEAR)
    assert proof is not None and proof.count == 1
    end_direction(direction, town.vera, TODAY - timedelta(days=9))
    direction.refresh_from_db()
    assert direction.until == TODAY
    assert list(in_force(town.municipality, TODAY + timedelta(days=1))) == []
    with pytest.raises(Refused, match="уже завершено"):
        end_direction(direction, town.vera, TODAY)


def test_it_knows_what_the_charter_asks_and_counts_information_given() -> None:
    town = build_town("bogotol")
    assert [one.key for one in asked_by_charter(town.municipality)] == [
        "in_time",
        "first_pass",
        "satisfaction",
        "solvable_solved",
    ]
    assert sum(len(group) for _, group in measures_to_plan()) > 50
    proof = evidence_for("goals.information", town.municipality, YEAR)
    assert proof is not None and proof.count == 0
