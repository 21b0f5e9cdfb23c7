"""Deeds of fast-track mechanisms: find what recurs, design, approve, stop, measure.

An approved mechanism becomes an auto-rule with norms of its stages: routing reads the rule and puts cases on the
fast track, clocks read the norms. Nothing below knows of mechanisms. Each deed ends in the journal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from otklik.accounts.models import Body, Post, User
from otklik.accounts.selectors import rights_of
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.problems.fast_track.models import MEASURE_KINDS, Gain, Measure, Mechanism, Proposal
from otklik.problems.fast_track.rules import WINDOW_DAYS, Side, refuse_approval, refuse_design, say_gain
from otklik.problems.fast_track.selectors import LIMIT_KEY, limit_days, measured, recurring
from otklik.problems.models import Problem
from otklik.routing.models import Rule
from otklik.routing.services import RuleText, make_rule, switch_rule
from otklik.topics.models import Topic

PAGE = "/fast-track/"
FIRST = 1
"""Its rule is tried before the rules of whole groups of topics."""
TEXT_LIMIT = 500


@dataclass(frozen=True)
class MechanismText:
    """What a person writes in a mechanism; `stages` are working days by the key of a stage's clock."""

    title: str
    ground: str
    topics: Sequence[Topic]
    body: Body
    stages: Mapping[str, int]
    whole_days: int
    co_bodies: Sequence[Body] = field(default_factory=tuple)
    channels: Sequence[str] = field(default_factory=tuple)
    problem: Problem | None = None


@carries_out("BOR-1.2.ж.1", "BOR-3.2.в.1", "DEM-2.4.2")
@carries_out("MIH-3.2.6.1")
def propose(municipality: Municipality, now: datetime) -> list[Proposal]:
    """Write down topics that come back; returns new proposals.

    A waiting proposal gets fresh figures. One refused is not repeated within the window, a topic with a mechanism
    is not proposed.
    """
    today = now.astimezone(ZoneInfo(municipality.time_zone)).date()
    kept = Mechanism.objects.filter(municipality=municipality).exclude(state="stopped")
    busy = set(kept.values_list("topics", flat=True))
    late = now - timedelta(days=WINDOW_DAYS)
    refused = Proposal.objects.filter(municipality=municipality, state="refused", decided_at__gte=late)
    busy |= set(refused.values_list("topic", flat=True))
    made = []
    for one in recurring(municipality, today):
        if one.topic.pk in busy:
            continue
        values: dict[str, Any] = {
            "body_id": one.body_id,
            "since": one.period.since,
            "until": one.period.until,
            "reason": one.reason,
            "figures": asdict(one.flow),
        }
        waiting = Proposal.objects.filter(municipality=municipality, topic=one.topic, state="open")
        if not waiting.update(**values):
            made.append(Proposal.objects.create(municipality=municipality, topic=one.topic, at=now, **values))
    for proposal in made:
        record(proposal, "fast_track.proposed", None, municipality, why=proposal.reason)
    if made:
        text = f"Темы повторяются, можно ускорить ответы: {len(made)}"
        leave_notice(municipality, text, PAGE, permission="problems.manage")
    return made


def refuse_proposal(proposal: Proposal, words: str, by: User, now: datetime) -> Proposal:
    """Say once why a topic will not be sped up."""
    said = words.strip()[:TEXT_LIMIT]
    if not said:
        raise Refused("Напишите, почему ускорять не нужно: причина останется в журнале.")
    _decide(proposal, by, now, state="refused", words=said)
    record(proposal, "fast_track.refused", by, proposal.municipality, why=said)
    return proposal


def _decide(proposal: Proposal, by: User, now: datetime, **values: object) -> None:
    changed = Proposal.objects.filter(pk=proposal.pk, state="open").update(
        decided_by=by, decided_at=now, **values
    )
    if not changed:
        raise Refused("По этой теме решение уже есть. Обновите страницу.")
    proposal.refresh_from_db()


@carries_out("BOR-1.2.ж.1", "BOR-3.2.в.1", "DEM-2.4.2", "MIH-1.1.11", "MIH-1.1.11.1")
@transaction.atomic
def design(
    municipality: Municipality,
    text: MechanismText,
    by: User,
    now: datetime,
    proposal: Proposal | None = None,
) -> Mechanism:
    """Write a mechanism down; it does nothing until it is approved. Raises Refused for one that cannot be."""
    _check(municipality, text)
    # Numbers are given one at a time: the row of the municipality is the queue.
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    last = Mechanism.objects.filter(municipality=municipality).aggregate(n=Max("number"))["n"] or 0
    made = Mechanism.objects.create(
        municipality=municipality,
        number=last + 1,
        made_by=by,
        made_title=rights_of(by, municipality).title[:200],
        made_at=now,
        **_values(text),
    )
    _set_lists(made, text)
    if proposal is not None:
        _decide(proposal, by, now, state="taken", mechanism=made)
    record(made, "fast_track.designed", by, municipality, why=made.title, details=_told(made))
    return made


@transaction.atomic
def change(mechanism: Mechanism, text: MechanismText, version: int, by: User) -> Mechanism:
    """Change a mechanism not approved yet; `version` is the one the person saw."""
    mechanism = _locked(mechanism)
    if mechanism.state != "draft":
        raise Refused("Утверждённый механизм не меняют: остановите его и составьте новый.")
    if mechanism.version != version:
        raise Refused("Механизм тем временем изменили. Обновите страницу: ваш текст нужно внести заново.")
    _check(mechanism.municipality, text)
    for name, value in _values(text).items():
        setattr(mechanism, name, value)
    mechanism.version += 1
    mechanism.save()
    _set_lists(mechanism, text)
    record(
        mechanism,
        "fast_track.changed",
        by,
        mechanism.municipality,
        why=mechanism.title,
        details=_told(mechanism),
    )
    return mechanism


@carries_out("MIH-1.1.11.2")
def add_measure(
    mechanism: Mechanism,
    kind: str,
    text: str,
    post: Post | None,
    due_on: date | None,
    by: User,
    now: datetime,
) -> Measure:
    """Write down an organisational or technical measure."""
    said = text.strip()[:TEXT_LIMIT]
    if kind not in dict(MEASURE_KINDS):
        raise Refused("Выберите, какая это мера: организационная или техническая.")
    if not said:
        raise Refused("Напишите, что будет сделано.")
    if mechanism.state == "stopped":
        raise Refused("Механизм остановлен: мер к нему больше не добавляют.")
    made = Measure.objects.create(
        municipality=mechanism.municipality,
        mechanism=mechanism,
        kind=kind,
        text=said,
        post=post,
        due_on=due_on,
        at=now,
    )
    details = {"mechanism": mechanism.number, "kind": kind}
    record(made, "fast_track.measure_added", by, mechanism.municipality, why=said[:300], details=details)
    return made


def do_measure(measure: Measure, result: str, by: User, now: datetime) -> Measure:
    """Report a measure done, with what came of it."""
    said = result.strip()[:TEXT_LIMIT]
    if not said:
        raise Refused("Напишите, что сделано и чем это подтверждается.")
    if not Measure.objects.filter(pk=measure.pk, done_at=None).update(done_at=now, result=said):
        raise Refused("Эта мера уже отмечена исполненной. Обновите страницу.")
    measure.refresh_from_db()
    record(measure, "fast_track.measure_done", by, measure.municipality, why=said[:300])
    return measure


@carries_out("BOR-1.2.ж.1", "DEM-2.4.2")
@transaction.atomic
def approve(mechanism: Mechanism, version: int, by: User, now: datetime) -> Mechanism:
    """Put a mechanism in force: write its auto-rule with norms and switch it on."""
    mechanism = _locked(mechanism)
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
    details = {**_told(mechanism), "rule": rule.number}
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
    mechanism = _locked(mechanism)
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


def _check(municipality: Municipality, text: MechanismText) -> None:
    topics = [topic.key for topic in text.topics]
    refusal = refuse_design(
        topics, text.stages, text.whole_days, limit_days(municipality), (text.title, text.ground)
    )
    if refusal:
        raise Refused(refusal)
    if text.body.is_external:
        raise Refused("Вести механизм может только свой орган: внешнему обращение передают письмом.")


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


def _locked(mechanism: Mechanism) -> Mechanism:
    rows = Mechanism.objects.select_for_update(of=("self",)).select_related("municipality", "body")
    return rows.get(pk=mechanism.pk)


def _values(text: MechanismText) -> dict[str, Any]:
    return {
        "title": text.title.strip()[:200],
        "ground": text.ground.strip()[:1000],
        "channels": list(text.channels),
        "body": text.body,
        "stages": dict(text.stages),
        "whole_days": text.whole_days,
        "problem": text.problem,
    }


def _set_lists(mechanism: Mechanism, text: MechanismText) -> None:
    mechanism.topics.set(text.topics)
    mechanism.co_bodies.set(text.co_bodies)


def _told(mechanism: Mechanism) -> dict[str, object]:
    """The design as the journal keeps it."""
    return {
        "number": mechanism.number,
        "topics": list(mechanism.topics.order_by("position").values_list("key", flat=True)),
        "body": mechanism.body.key,
        "stages": mechanism.stages,
        "whole_days": mechanism.whole_days,
    }
