"""Trying a rule on past months before it is switched on: what would change, whose load."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from otklik.cases.models import Case
from otklik.language.lemmas import lemmas
from otklik.routing.models import Rule
from otklik.routing.rules import Facts, Replay, replay
from otklik.routing.selectors import card_of, current_rules

MOST = 5000


def try_rule(rule: Rule, now: datetime, months: int = 3) -> Replay:
    """Replay the last months (newest 5,000 cases at most) without and with the rule in its place."""
    current = [one for one in current_rules(rule.municipality) if one.number != rule.number]
    before = [card_of(one) for one in current if one.is_on]
    after = [
        card_of(one)
        for one in sorted([*current, rule], key=lambda one: (one.position, one.number))
        if one.is_on or one.pk == rule.pk
    ]
    return replay(before, after, _past(rule, now - timedelta(days=30 * months)))


def _past(rule: Rule, since: datetime) -> Iterator[Facts]:
    zone = ZoneInfo(rule.municipality.time_zone)
    cases = Case.objects.filter(municipality=rule.municipality, came_at__gte=since)
    for case in cases.select_related("channel", "topic", "settlement").order_by("-came_at")[:MOST]:
        yield Facts(
            kind=case.kind,
            text_kind=case.text_kind,
            channel=case.channel.key,
            topic=case.topic.key if case.topic else "",
            group=case.topic.group if case.topic else "",
            settlement=case.settlement.name if case.settlement else "",
            words=frozenset(lemmas(case.masked_text)),
            at=case.came_at.astimezone(zone),
            urgency=case.urgency,
            complained_of=case.complained_of_id,
        )
