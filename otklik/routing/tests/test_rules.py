"""Which rule decides, and what a new rule would change."""

from datetime import datetime, time

import pytest

from otklik.routing.rules import Conditions, Facts, RuleCard, choose, replay


def facts(**changes: object) -> Facts:
    base: dict[str, object] = {
        "kind": "message",
        "text_kind": "complaint",
        "channel": "pos",
        "topic": "road_pits",
        "group": "roads",
        "settlement": "Ключи",
        "words": frozenset({"яма", "дорога"}),
        "at": datetime(2026, 10, 20, 9, 0),  # noqa: DTZ001  # local time of the town
    }
    return Facts(**{**base, **changes})  # type: ignore[arg-type]


def rule(number: int, body: int, **conditions: object) -> RuleCard:
    return RuleCard(number, number, f"правило {number}", Conditions(**conditions), body)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("conditions", "changes", "matches"),
    [
        ({"groups": frozenset({"roads"})}, {}, True),
        ({"groups": frozenset({"water"})}, {}, False),
        ({"topics": frozenset({"road_pits"}), "settlements": frozenset({"Ключи"})}, {}, True),
        ({"topics": frozenset({"road_pits"}), "settlements": frozenset({"Ревда"})}, {}, False),
        ({"channels": frozenset({"vk"})}, {}, False),
        ({"kinds": frozenset({"message"})}, {}, True),
        ({"words": frozenset({"мост", "яма"})}, {}, True),
        ({"words": frozenset({"мост"})}, {}, False),
        ({"urgency": "high"}, {}, False),
        ({"urgency": "high"}, {"urgency": "high"}, True),
        ({"hours": (time(17), time(8))}, {}, False),
        ({"hours": (time(17), time(8))}, {"at": datetime(2026, 10, 20, 23, 0)}, True),  # noqa: DTZ001
        ({"hours": (time(8), time(17))}, {}, True),
    ],
)
def test_it_matches_when_every_condition_holds(
    conditions: dict[str, object], changes: dict[str, object], matches: bool
) -> None:
    choice = choose([rule(1, 10, **conditions)], facts(**changes))
    assert (choice.rule is not None) is matches


def test_it_takes_the_first_match_and_says_why() -> None:
    rules = [rule(1, 10, groups=frozenset({"roads"})), rule(2, 20, topics=frozenset({"road_pits"}))]
    choice = choose(rules, facts())
    assert choice.rule == rules[0]
    assert "автоправило 1" in choice.reason
    assert "группа тем" in choice.reason


def test_it_never_sends_a_complaint_to_the_body_complained_of() -> None:
    rules = [rule(1, 10, groups=frozenset({"roads"})), rule(2, 20, groups=frozenset({"roads"}))]
    choice = choose(rules, facts(complained_of=10))
    assert choice.rule is None
    assert "на кого жалуются" in choice.reason


def test_no_rule_means_the_tray() -> None:
    assert choose([], facts()).rule is None


def test_replay_counts_what_a_new_rule_would_change() -> None:
    old = [rule(1, 10, groups=frozenset({"roads"}))]
    new = [rule(2, 20, settlements=frozenset({"Ключи"})), *old]
    past = [facts(), facts(settlement="Ревда"), facts(settlement="Ключи", group="water")]
    result = replay(old, new, past)
    assert (result.looked, result.changed, result.from_tray, result.to_tray) == (3, 2, 1, 0)
    assert result.load_before == {10: 2}
    assert result.load_after == {20: 2, 10: 1}
