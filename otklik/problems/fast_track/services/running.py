"""A mechanism in force: approved it becomes an auto-rule with norms of its stages, stopped the rule is off.

Routing reads the rule and puts cases on the fast track, clocks read the norms. Nothing below knows of mechanisms.
"""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from otklik.accounts.models import User
from otklik.accounts.selectors import rights_of
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.problems.fast_track.models import Gain, Mechanism
from otklik.problems.fast_track.rules import Side, refuse_approval, say_gain
from otklik.problems.fast_track.selectors import LIMIT_KEY, measured
from otklik.problems.fast_track.services.designing import locked, told_of
from otklik.problems.fast_track.services.proposing import PAGE, TEXT_LIMIT
from otklik.routing.models import Rule
from otklik.routing.services import RuleText, make_rule, switch_rule

FIRST = 1
"""Its rule is tried before the rules of whole groups of topics."""


@carries_out("BOR-1.2.ж.1", "DEM-2.4.2")
@transaction.atomic
def approve(mechanism: Mechanism, version: int, by: User, now: datetime) -> Mechanism:
    """Put a mechanism in force: write its auto-rule with norms and switch it on."""
    mechanism = locked(mechanism)
    if mechanism.state != "draft":
        raise Refused("Механизм уже утверждён или остановлен. Обновите страницу.")
    if mechanism.version != version:
        raise Refused("Механизм тем временем изменили. Прочитайте его заново и утвердите.")
    refusal = refuse_approval(set(mechanism.measures.values_list("kind", flat=True)))
    if refusal:
        raise Refused(refusal)
    _refuse_double(mechanism)
    rule = make_rule(mechanism.municipality, _rule_text(mechanism), by)
    switch_rule(rule, True, by)
    mechanism.state, mechanism.rule_number = "in_force", rule.number
    mechanism.approved_by, mechanism.approved_at = by, now
    mechanism.approved_title = rights_of(by, mechanism.municipality).title[:200]
    mechanism.version += 1
    mechanism.save()
    details = {**told_of(mechanism), "rule": rule.number}
    record(mechanism, "fast_track.approved", by, mechanism.municipality, why=mechanism.title, details=details)
    for body in (mechanism.body, *mechanism.co_bodies.all()):
        text = f"Утверждён механизм ускоренного решения № {mechanism.number}: {mechanism.title}"
        leave_notice(mechanism.municipality, text[:300], f"{PAGE}{mechanism.pk}/", body=body)
    return mechanism


@transaction.atomic
def stop(mechanism: Mechanism, words: str, by: User, now: datetime) -> Mechanism:
    """Take a mechanism out of force with a reason; cases on its clocks keep them to the answer."""
    said = words.strip()[:TEXT_LIMIT]
    if not said:
        raise Refused("Напишите, почему останавливаете механизм.")
    mechanism = locked(mechanism)
    if mechanism.state != "in_force":
        raise Refused("Остановить можно только действующий механизм.")
    rule = Rule.objects.filter(
        municipality=mechanism.municipality, number=mechanism.rule_number or 0, replaced_at=None
    ).first()
    if rule is not None and rule.is_on:
        switch_rule(rule, False, by)
    mechanism.state, mechanism.stopped_at, mechanism.stop_reason = "stopped", now, said
    mechanism.version += 1
    mechanism.save()
    record(mechanism, "fast_track.stopped", by, mechanism.municipality, why=said[:300])
    return mechanism


@carries_out("BOR-1.2.д.2", "LOV-4.3.3")
def measure_gain(mechanism: Mechanism, now: datetime, by: User | None = None) -> Gain | None:
    """Write down how much faster letters are answered; None while there is too little to compare."""
    found = measured(mechanism, now)
    if found.change is None:
        return None
    figures = {
        "before": _side(found.before),
        "after": _side(found.after),
        "change": found.change,
        "low": found.low,
        "high": found.high,
    }
    made = Gain.objects.create(
        municipality=mechanism.municipality,
        mechanism=mechanism,
        at=now,
        figures=figures,
        words=say_gain(found),
    )
    record(made, "fast_track.measured", by, mechanism.municipality, why=made.words[:300])
    return made


def _side(side: Side) -> dict[str, object]:
    return {**asdict(side), "share": side.share}


def _refuse_double(mechanism: Mechanism) -> None:
    others = Mechanism.objects.filter(municipality=mechanism.municipality, state="in_force")
    for other in others.filter(topics__in=mechanism.topics.all()).distinct():
        shared = not other.channels or not mechanism.channels
        if shared or set(other.channels) & set(mechanism.channels):
            raise Refused(f"По такой теме уже действует механизм № {other.number}. Сначала остановите его.")


def _rule_text(mechanism: Mechanism) -> RuleText:
    topics = list(mechanism.topics.order_by("position").values_list("key", flat=True))
    return RuleText(
        title=f"ускоренное решение № {mechanism.number}: {mechanism.title}"[:200],
        conditions={"topics": topics, "channels": list(mechanism.channels)},
        body=mechanism.body,
        co_bodies=list(mechanism.co_bodies.all()),
        fast_track=True,
        position=FIRST,
        stages={**mechanism.stages, LIMIT_KEY: mechanism.whole_days},
    )
