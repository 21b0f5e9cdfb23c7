"""The bench of root causes: nodes, what proves them, which of them is the root, what was decided and when it ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Max

from otklik.accounts.models import Body, Post, User
from otklik.audit.services import record
from otklik.cases.models import Case
from otklik.channels.models import StoredFile
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused, changed_meanwhile
from otklik.places.models import Settlement
from otklik.problems.models import Cause, CauseEvidence, Problem
from otklik.problems.rules import MOST_WHYS
from otklik.problems.selectors.flow import cost_of_cause
from otklik.problems.services.locking import held_alive
from otklik.problems.words import EVIDENCE_KINDS

TEXT_LIMIT = 500
DEEPEST = 12


@dataclass(frozen=True)
class CauseText:
    """What a person writes of a node; `share` is a part of one, empty when nobody knows."""

    text: str
    share: float | None = None
    owner_post: Post | None = None
    body: Body | None = None


@dataclass(frozen=True)
class Proof:
    """What proves a node: one thing of its kind and what is seen in it."""

    kind: str
    words: str
    case: Case | None = None
    file: StoredFile | None = None
    settlement: Settlement | None = None
    place_text: str = ""
    measure: str = ""
    link: str = ""


@transaction.atomic
def add_cause(
    problem: Problem,
    text: CauseText,
    by: User,
    now: datetime,
    parent: Cause | None = None,
    method: str = "tree",
) -> Cause:
    """Add a node under another one, or at the top of the tree."""
    fresh = held_alive(problem, by)
    _check(text)
    if parent is not None and parent.problem_id != fresh.pk:
        raise Refused("Эта причина — другой проблемы.")
    if parent is not None and len(_way_up(parent)) >= DEEPEST:
        raise Refused(f"Глубже {DEEPEST} уровней дерево не растёт: объедините звенья.")
    made = _create(fresh, text, by, now, parent, method)
    record(fresh, "problems.cause_added", by, fresh.municipality, why=made.text)
    return made


@transaction.atomic
def write_why5(problem: Problem, answers: Sequence[str], by: User, now: datetime) -> list[Cause]:
    """The five whys as a chain: each answer is the cause of the one before it."""
    said = [one.strip() for one in answers if one.strip()]
    if len(said) < 2 or len(said) > MOST_WHYS:
        raise Refused("Ответьте на «почему?» от двух до пяти раз: одного ответа мало для первопричины.")
    fresh = held_alive(problem, by)
    chain: list[Cause] = []
    for text in said:
        _check(CauseText(text))
        chain.append(_create(fresh, CauseText(text), by, now, chain[-1] if chain else None, "why5"))
    record(fresh, "problems.cause_added", by, fresh.municipality, why=" → ".join(said)[:500])
    return chain


@transaction.atomic
def change_cause(cause: Cause, text: CauseText, version: int, by: User) -> Cause:
    """Say a node better; a stale version is refused."""
    held, _ = _held(cause, by, version)
    _check(text)
    was = {"text": held.text, "share": held.share}
    held.text, held.share = text.text.strip(), text.share
    held.owner_post, held.body = text.owner_post, text.body
    _save(held, "text", "share", "owner_post", "body")
    details = {"was": was, "text": held.text, "share": held.share}
    record(held.problem, "problems.cause_changed", by, held.municipality, why=held.text, details=details)
    return held


@transaction.atomic
def drop_cause(cause: Cause, by: User) -> None:
    """Take a node away; one that has nodes under it or a decision stays."""
    held, _ = _held(cause, by)
    if held.children.exists() or held.decision:
        raise Refused("У причины есть звенья под ней или решение: её не убирают, а исправляют.")
    record(held.problem, "problems.cause_dropped", by, held.municipality, why=held.text)
    held.delete()


@transaction.atomic
def prove(cause: Cause, proof: Proof, by: User, now: datetime) -> CauseEvidence:
    """Put a proof to a node."""
    held, _ = _held(cause, by)
    said = proof.words.strip()[:500]
    if proof.kind not in dict(EVIDENCE_KINDS) or not said:
        raise Refused("Выберите, чем подтверждена причина, и напишите, что из этого видно.")
    missing = {
        "case": proof.case is None,
        "file": proof.file is None,
        "place": proof.settlement is None and not proof.place_text.strip(),
        "measure": not proof.measure,
    }
    if missing.get(proof.kind, False):
        raise Refused(f"Приложите само доказательство: {dict(EVIDENCE_KINDS)[proof.kind]}.")
    made = CauseEvidence.objects.create(
        municipality=held.municipality,
        cause=held,
        kind=proof.kind,
        case=proof.case if proof.kind == "case" else None,
        file=proof.file if proof.kind == "file" else None,
        settlement=proof.settlement if proof.kind == "place" else None,
        place_text=proof.place_text.strip()[:300] if proof.kind == "place" else "",
        measure=proof.measure if proof.kind == "measure" else "",
        link=proof.link[:500],
        words=said,
        by=by,
        at=now,
    )
    record(held.problem, "problems.cause_proved", by, held.municipality, why=said)
    return made


@transaction.atomic
def unprove(proof: CauseEvidence, by: User) -> None:
    """Take a proof away; the last one of a root cause stays."""
    held, _ = _held(proof.cause, by)
    if held.is_root and held.evidence.count() == 1:
        raise Refused("Это последнее доказательство первопричины. Сначала приложите другое.")
    record(held.problem, "problems.cause_unproved", by, held.municipality, why=proof.words)
    proof.delete()


@carries_out("BOR-1.2.д", "DEM-2.4.3.1", "LOV-4.3.2")
@transaction.atomic
def name_root(cause: Cause, is_root: bool, by: User, now: datetime) -> Cause:
    """Say that a node is the root: it must be proved; what it costs a month is written down as of today."""
    held, problem = _held(cause, by)
    if is_root and not held.evidence.exists():
        raise Refused(
            "Первопричина без доказательства — догадка. Приложите карточку, документ или показатель."
        )
    if not is_root and held.decision:
        raise Refused("По этой первопричине есть решение: она остаётся первопричиной.")
    today = now.astimezone(ZoneInfo(problem.municipality.time_zone)).date()
    cost = cost_of_cause(held, today) if is_root else None
    held.is_root, held.cost = is_root, cost.month if cost else None
    held.cost_on = today if cost else None
    _save(held, "is_root", "cost", "cost_on")
    record(problem, "problems.cause_root", by, held.municipality, why=held.text, details={"root": is_root})
    return held


@transaction.atomic
def decide_cause(
    cause: Cause,
    decision: str,
    owner_post: Post | None,
    body: Body | None,
    by: User,
    now: datetime,
) -> Cause:
    """What is done about a root cause and by whom."""
    held, problem = _held(cause, by)
    said = decision.strip()[:1000]
    if not held.is_root:
        raise Refused("Решение принимают по первопричине. Сначала назовите её.")
    if not said or (owner_post is None and body is None):
        raise Refused("Напишите решение и назовите, кто за него отвечает.")
    held.decision, held.decided_by, held.decided_at = said, by, now
    held.owner_post, held.body = owner_post, body or (owner_post.body if owner_post else None)
    _save(held, "decision", "decided_by", "decided_at", "owner_post", "body")
    record(problem, "problems.cause_decided", by, held.municipality, why=said[:500])
    return held


@transaction.atomic
def remove_cause(cause: Cause, on: date, by: User, now: datetime) -> Cause:
    """Write down the day on which a cause was done away with: the flow is compared around it."""
    held, problem = _held(cause, by)
    today = now.astimezone(ZoneInfo(problem.municipality.time_zone)).date()
    if not held.decision:
        raise Refused("Сначала запишите решение по первопричине: устраняют то, о чём решили.")
    if not problem.since <= on <= today:
        raise Refused("День устранения — не раньше начала проблемы и не позже сегодня.")
    held.removed_on = on
    _save(held, "removed_on")
    record(
        problem,
        "problems.cause_removed",
        by,
        held.municipality,
        why=held.text,
        details={"on": on.isoformat()},
    )
    return held


def _held(cause: Cause, by: User, version: int | None = None) -> tuple[Cause, Problem]:
    """The node and its problem locked; the problem's lock serialises the whole tree."""
    problem = held_alive(cause.problem, by)
    fresh = Cause.objects.select_related("problem", "municipality").filter(pk=cause.pk).first()
    if fresh is None:
        raise Refused("Этой причины в дереве уже нет. Вернитесь к проблеме.")
    if version is not None and version != fresh.version:
        raise changed_meanwhile("причину")
    return fresh, problem


def _save(cause: Cause, *fields: str) -> None:
    cause.version = F("version") + 1
    cause.save(update_fields=[*fields, "version"])
    cause.refresh_from_db(fields=["version"])


def _create(
    problem: Problem, text: CauseText, by: User, now: datetime, parent: Cause | None, method: str
) -> Cause:
    last = problem.causes.filter(parent=parent).aggregate(last=Max("position"))["last"]
    return Cause.objects.create(
        municipality=problem.municipality,
        problem=problem,
        parent=parent,
        position=(last or 0) + 1,
        method=method,
        text=text.text.strip(),
        share=text.share,
        owner_post=text.owner_post,
        body=text.body,
        by=by,
        at=now,
    )


def _way_up(cause: Cause) -> list[Cause]:
    """The node and those above it."""
    way, at = [cause], cause.parent
    while at is not None and len(way) <= DEEPEST:
        way.append(at)
        at = at.parent
    return way


def _check(text: CauseText) -> None:
    said = text.text.strip()
    if not said or len(said) > TEXT_LIMIT:
        raise Refused(f"Напишите причину: от одного до {TEXT_LIMIT} знаков.")
    if text.share is not None and not 0 <= text.share <= 1:
        raise Refused("Доля обращений — от 0 до 100 %.")
