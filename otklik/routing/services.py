"""Deeds on auto-rules: make, change (a new version), switch, and the starter rules of a charter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Max

from otklik.accounts.models import Body, User
from otklik.audit.services import Entry, record, record_many
from otklik.charter.carrying import carries_out
from otklik.charter.schema import Charter
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.routing.models import Rule
from otklik.routing.rules import Conditions


@dataclass(frozen=True)
class RuleText:
    """What a person writes in a rule; `conditions` in the stored form of `routing.rules.Conditions`.

    `stages` are norms of a fast-track mechanism; None leaves those of the version before.
    """

    title: str
    conditions: dict[str, Any]
    body: Body
    co_bodies: Sequence[Body] = field(default_factory=tuple)
    urgency: str = ""
    fast_track: bool = False
    position: int | None = None
    stages: Mapping[str, int] | None = None


def _checked(text: RuleText) -> RuleText:
    if not text.title.strip():
        raise Refused("У автоправила нет названия. Напишите, что и кому оно передаёт.")
    if not any(text.conditions.values()):
        raise Refused("У автоправила нет ни одного условия. Добавьте тему, место, канал или слова.")
    if text.body.is_external:
        raise Refused("Внешнему органу обращение передаётся письмом, а не автоправилом. Выберите свой орган.")
    Conditions.from_json(text.conditions)
    return text


@carries_out("BOR-1.2.ж")
def make_rule(municipality: Municipality, text: RuleText, by: User | None) -> Rule:
    """Write a new rule, switched off until it has been tried."""
    checked = _checked(text)
    last = Rule.objects.filter(municipality=municipality).aggregate(n=Max("number"), p=Max("position"))
    rule = _save(municipality, checked, (last["n"] or 0) + 1, 1, (last["p"] or 0) + 10, by)
    record(rule, "routing.rule_made", by, municipality, details={"number": rule.number})
    return rule


def change_rule(rule: Rule, text: RuleText, by: User, now: datetime) -> Rule:
    """Close the version and write the next one; it keeps its switch, so work is not interrupted."""
    if rule.replaced_at:
        raise Refused("Это прежняя версия автоправила. Откройте действующую.")
    checked = _checked(text)
    rule.replaced_at = now
    rule.save(update_fields=["replaced_at"])
    kept = checked if checked.stages is not None else replace(checked, stages=rule.stages)
    fresh = _save(rule.municipality, kept, rule.number, rule.version + 1, rule.position, by, rule.is_on)
    record(fresh, "routing.rule_changed", by, rule.municipality, details={"number": rule.number})
    return fresh


def _save(
    municipality: Municipality,
    text: RuleText,
    number: int,
    version: int,
    position: int,
    by: User | None,
    is_on: bool = False,
) -> Rule:
    rule = Rule.objects.create(
        municipality=municipality,
        number=number,
        version=version,
        position=position if text.position is None else text.position,
        title=text.title.strip(),
        conditions={key: value for key, value in text.conditions.items() if value},
        body=text.body,
        urgency=text.urgency,
        fast_track=text.fast_track,
        stages=dict(text.stages or {}),
        is_on=is_on,
        created_by=by,
    )
    rule.co_bodies.set(text.co_bodies)
    return rule


def switch_rule(rule: Rule, is_on: bool, by: User | None) -> Rule:
    """Switch a rule on or off."""
    if rule.replaced_at:
        raise Refused("Это прежняя версия автоправила. Откройте действующую.")
    rule.is_on = is_on
    rule.save(update_fields=["is_on"])
    code = "routing.rule_switched_on" if is_on else "routing.rule_switched_off"
    record(rule, code, by, rule.municipality, details={"number": rule.number})
    return rule


def load_rules(charter: Charter, municipality: Municipality) -> int:
    """Write starter rules from the topic groups of the charter's bodies, once; returns how many were made."""
    if Rule.objects.filter(municipality=municipality).exists():
        return 0
    bodies = {body.key: body for body in Body.objects.filter(municipality=municipality)}
    parts = [part for part in charter.bodies.values() if part.groups and not part.is_external]
    rules = Rule.objects.bulk_create(
        Rule(
            municipality=municipality,
            number=number,
            version=1,
            position=number * 10,
            title=f"{part.short_name}: свои темы",
            conditions={"groups": list(part.groups)},
            body=bodies[part.key],
            is_on=True,
        )
        for number, part in enumerate(parts, 1)
    )
    codes = ("routing.rule_made", "routing.rule_switched_on")
    entries = [Entry(rule, code, details={"number": rule.number}) for rule in rules for code in codes]
    record_many(entries, municipality)
    return len(rules)
