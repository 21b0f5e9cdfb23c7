"""Reads auto-rules in the order they are tried."""

from otklik.common.models import Municipality
from otklik.routing.models import Rule
from otklik.routing.rules import Conditions, RuleCard


def card_of(rule: Rule) -> RuleCard:
    """The rule as the decision needs it."""
    return RuleCard(
        id=rule.pk,
        number=rule.number,
        title=rule.title,
        conditions=Conditions.from_json(rule.conditions),
        body_id=rule.body_id,
        co_body_ids=tuple(sorted(body.pk for body in rule.co_bodies.all())),
        urgency=rule.urgency,
        fast_track=rule.fast_track,
        stages=rule.stages,
    )


def current_rules(municipality: Municipality) -> list[Rule]:
    """Current versions, on and off, in order."""
    rules = Rule.objects.filter(municipality=municipality, replaced_at=None)
    return list(rules.select_related("body").prefetch_related("co_bodies").order_by("position", "number"))


def working_cards(municipality: Municipality) -> list[RuleCard]:
    """The rules that decide today."""
    return [card_of(rule) for rule in current_rules(municipality) if rule.is_on]
