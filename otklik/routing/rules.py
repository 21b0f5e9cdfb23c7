"""Which body answers: the first auto-rule that matches, with its reason; no rule means the curator's tray.

Pure: facts in, choice out, so a rule can be tried on past months before it is switched on.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any


@dataclass(frozen=True)
class Facts:
    """What routing may look at. `at` is local time of the municipality; `words` are lemmas of the text."""

    kind: str
    text_kind: str
    channel: str
    topic: str
    group: str
    settlement: str
    words: frozenset[str]
    at: datetime
    urgency: str = "normal"
    complained_of: int | None = None


@dataclass(frozen=True)
class Conditions:
    """A rule's conditions; an empty one asks for nothing. Words match if any of them is in the text."""

    topics: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    settlements: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    urgency: str = ""
    hours: tuple[time, time] | None = None

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Conditions":
        """Read the stored form; lists of strings, `hours` as ["17:00", "08:00"]."""
        hours = data.get("hours")
        lists = ("topics", "groups", "settlements", "channels", "kinds", "words")
        return cls(
            **{name: frozenset(data.get(name, [])) for name in lists},
            urgency=data.get("urgency", ""),
            hours=(time.fromisoformat(hours[0]), time.fromisoformat(hours[1])) if hours else None,
        )


@dataclass(frozen=True)
class RuleCard:
    """A rule as the decision needs it, free of the database.

    `stages` are norms of an approved fast-track mechanism: days by the key of a clock; empty for other rules.
    """

    id: int
    number: int
    title: str
    conditions: Conditions
    body_id: int
    co_body_ids: tuple[int, ...] = ()
    urgency: str = ""
    fast_track: bool = False
    stages: Mapping[str, int] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Choice:
    """The body chosen, or none with the reason why a person must decide."""

    rule: RuleCard | None
    reason: str


def _in_hours(hours: tuple[time, time], moment: time) -> bool:
    start, end = hours
    return start <= moment < end if start <= end else moment >= start or moment < end


def why_matches(conditions: Conditions, facts: Facts) -> str | None:
    """The reason in words why the conditions hold, or None when one of them fails."""
    checks = (
        (conditions.topics, facts.topic, "тема"),
        (conditions.groups, facts.group, "группа тем"),
        (conditions.settlements, facts.settlement, "населённый пункт"),
        (conditions.channels, facts.channel, "канал"),
        (conditions.kinds, facts.kind, "вид"),
    )
    reasons = []
    for wanted, actual, name in checks:
        if wanted and actual not in wanted:
            return None
        if wanted:
            reasons.append(name)
    if conditions.words:
        found = sorted(conditions.words & facts.words)
        if not found:
            return None
        reasons.append("слова «" + "», «".join(found[:3]) + "»")
    if conditions.urgency and conditions.urgency != facts.urgency:
        return None
    if conditions.hours:
        if not _in_hours(conditions.hours, facts.at.time()):
            return None
        reasons.append("время")
    return ", ".join(reasons) or "без условий"


def choose(rules: Iterable[RuleCard], facts: Facts) -> Choice:
    """The first matching rule decides; a complaint never goes to the body complained of (59-ФЗ ст. 8 ч. 6)."""
    for rule in rules:
        why = why_matches(rule.conditions, facts)
        if why is None:
            continue
        if facts.text_kind == "complaint" and rule.body_id == facts.complained_of:
            return Choice(
                None, f"автоправило {rule.number} ведёт к тому, на кого жалуются: выберите другой орган"
            )
        return Choice(rule, f"автоправило {rule.number} «{rule.title}»: {why}")
    return Choice(None, "ни одно автоправило не подошло: выберите орган")


@dataclass(frozen=True)
class Replay:
    """What rules would change on past cases: how many looked at, moved between bodies, left to people."""

    looked: int = 0
    changed: int = 0
    to_tray: int = 0
    from_tray: int = 0
    load_before: Counter[int] = field(default_factory=Counter)
    load_after: Counter[int] = field(default_factory=Counter)


def replay(before: Sequence[RuleCard], after: Sequence[RuleCard], past: Iterable[Facts]) -> Replay:
    """Run both rule sets over past facts and count the difference; body ids key the loads."""
    looked = changed = to_tray = from_tray = 0
    load_before: Counter[int] = Counter()
    load_after: Counter[int] = Counter()
    for facts in past:
        looked += 1
        old, new = choose(before, facts).rule, choose(after, facts).rule
        old_body, new_body = old and old.body_id, new and new.body_id
        changed += old_body != new_body
        to_tray += old is not None and new is None
        from_tray += old is None and new is not None
        if old_body:
            load_before[old_body] += 1
        if new_body:
            load_after[new_body] += 1
    return Replay(looked, changed, to_tray, from_tray, load_before, load_after)
