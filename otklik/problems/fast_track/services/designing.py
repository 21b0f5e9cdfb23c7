"""A mechanism as it is written down: its rule in words, its measures. It does nothing until it is approved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from otklik.accounts.models import Body, Post, User
from otklik.accounts.selectors import rights_of
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused, changed_meanwhile
from otklik.common.models import Municipality
from otklik.common.queue import next_number
from otklik.problems.fast_track.models import MEASURE_KINDS, Measure, Mechanism, Proposal
from otklik.problems.fast_track.rules import refuse_design
from otklik.problems.fast_track.selectors import limit_days
from otklik.problems.fast_track.services.proposing import TEXT_LIMIT, decide_on
from otklik.problems.models import Problem
from otklik.topics.models import Topic


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
    made = Mechanism.objects.create(
        municipality=municipality,
        number=next_number(Mechanism, municipality),
        made_by=by,
        made_title=rights_of(by, municipality).title[:200],
        made_at=now,
        **_values(text),
    )
    _set_lists(made, text)
    if proposal is not None:
        decide_on(proposal, by, now, state="taken", mechanism=made)
    record(made, "fast_track.designed", by, municipality, why=made.title, details=told_of(made))
    return made


@transaction.atomic
def change(mechanism: Mechanism, text: MechanismText, version: int, by: User) -> Mechanism:
    """Change a mechanism not approved yet; `version` is the one the person saw."""
    mechanism = locked(mechanism)
    if mechanism.state != "draft":
        raise Refused("Утверждённый механизм не меняют: остановите его и составьте новый.")
    if mechanism.version != version:
        raise changed_meanwhile("механизм")
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
        details=told_of(mechanism),
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


def _check(municipality: Municipality, text: MechanismText) -> None:
    topics = [topic.key for topic in text.topics]
    refusal = refuse_design(
        topics, text.stages, text.whole_days, limit_days(municipality), (text.title, text.ground)
    )
    if refusal:
        raise Refused(refusal)
    if text.body.is_external:
        raise Refused("Вести механизм может только свой орган: внешнему обращение передают письмом.")


def locked(mechanism: Mechanism) -> Mechanism:
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


def told_of(mechanism: Mechanism) -> dict[str, object]:
    """The design as the journal keeps it."""
    return {
        "number": mechanism.number,
        "topics": list(mechanism.topics.order_by("position").values_list("key", flat=True)),
        "body": mechanism.body.key,
        "stages": mechanism.stages,
        "whole_days": mechanism.whole_days,
    }
