"""Deeds of the working plan: draft from the charter, add, approve, mark as done with proof, move, drop."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from otklik.accounts.models import Post, User
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.channels.models import StoredFile
from otklik.charter.carrying import carries_out
from otklik.charter.selectors import charter_of, clauses_of, parameters_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import say_period
from otklik.common.queue import hold_town
from otklik.common.words import table_day
from otklik.deadlines.selectors import calendar_of
from otklik.language.official import official_text
from otklik.office.coordination.models import Attachment, PlanItem, WorkPlan
from otklik.office.coordination.rules import ClauseLine, Drafted, draft_lines
from otklik.office.coordination.services.common import TITLE, allowed, day_of, people_on, tell
from otklik.office.coordination.words import plan_address

KEEPS = "План ведёт тот, кто организует работу центра."
APPROVES = "План утверждает куратор."
PAPER_WAITS = {"daily": 1, "weekly": 1, "twice_a_month": 3, "monthly": 5, "quarterly": 10, "yearly": 20}
"""Days after its period a paper is due, where neither the charter nor its parameter says."""


@dataclass(frozen=True)
class ItemText:
    """What a person writes into the plan."""

    text: str
    due: date
    post: Post | None = None
    clause: str = ""
    ground: str = ""


def draft_plan(town: Municipality, period: Period, by: User | None, now: datetime) -> WorkPlan:
    """A draft for the period with everything the charter asks for; a draft that stands is filled up, never doubled.

    Raises Refused when the plan of these days is approved already. `by` is None for the timer.
    """
    if by is not None:
        allowed(by, town, KEEPS, "office.organise", "office.chair")
    with transaction.atomic():
        hold_town(town.pk)
        plan, is_new = WorkPlan.objects.get_or_create(
            municipality=town,
            since=period.since,
            until=period.until,
            defaults={"drafted_at": now, "drafted_by": by},
        )
        if plan.approved_at:
            raise Refused(f"План {_named(plan)} уже утверждён: добавьте в него пункт.")
        added = _fill(plan, lines_for(town, period))
        if is_new or added:
            record(plan, "coordination.plan_drafted", by, town, title=_named(plan), details={"added": added})
    return plan


def lines_for(town: Municipality, period: Period) -> list[Drafted]:
    """What the charter of the town asks for in the period; a day off gives way to the working day before it."""
    clauses = [
        ClauseLine(one.clause_id, one.title, one.cadence, one.evidence_key) for one in clauses_of(town)
    ]
    calendar = calendar_of(town)
    return [
        replace(line, due=max(period.since, calendar.working_day_until(line.due)))
        for line in draft_lines(charter_of(town, period.since), clauses, _waits(town), period)
    ]


def add_item(plan: WorkPlan, said: ItemText, by: User, now: datetime) -> PlanItem:
    """Write one more line; into an approved plan only the one who approves may."""
    town = plan.municipality
    allowed(by, town, KEEPS, "office.organise", "office.chair")
    with transaction.atomic():
        plan = _locked(plan)
        if plan.approved_at:
            allowed(
                by, town, f"План утверждён: пункт добавит тот, кто его утверждает. {APPROVES}", "office.chair"
            )
        _check_day(plan, said.due)
        item = PlanItem.objects.create(
            municipality=town,
            plan=plan,
            number=_next(plan),
            text=official_text("Мероприятие", said.text, 500),
            clause=said.clause.strip()[:40],
            ground=official_text("Основание", said.ground, 300, must=False),
            post=said.post,
            due=said.due,
        )
    record(item, "coordination.item_added", by, town, title=str(item), details={"due": str(said.due)})
    if plan.approved_at:
        _tell_post(item, "Новый пункт плана", now)
    return item


def edit_item(item: PlanItem, said: ItemText, by: User) -> PlanItem:
    """Change a line of a draft; a line of an approved plan is moved or dropped with the reason instead."""
    allowed(by, item.municipality, KEEPS, "office.organise", "office.chair")
    with transaction.atomic():
        plan = _locked(item.plan)
        if plan.approved_at:
            raise Refused("План утверждён: срок переносят с причиной, пункт исключают с причиной.")
        _check_day(plan, said.due)
        item.text, item.due, item.post = official_text("Мероприятие", said.text, 500), said.due, said.post
        item.ground = official_text("Основание", said.ground, 300, must=False)
        item.save(update_fields=["text", "due", "post", "ground"])
    record(item, "coordination.item_changed", by, item.municipality, title=str(item))
    return item


@carries_out("BOR-2.2.б", "DEM-3.2.3", "LOV-3.2.2", "MIH-1.1.5.2")
def approve_plan(plan: WorkPlan, by: User, now: datetime) -> WorkPlan:
    """The curator approves; from this moment the plan is under control and its posts are told."""
    town = plan.municipality
    rights = allowed(by, town, APPROVES, "office.chair")
    with transaction.atomic():
        plan = _locked(plan)
        if plan.approved_at:
            raise Refused(f"План уже утверждён: {plan.approver_title}.")
        items = list(plan.items.filter(dropped_at=None).select_related("post"))
        if not items:
            raise Refused("В плане нет ни одного пункта: утверждать нечего.")
        orphans = sum(item.post is None for item in items)
        if orphans:
            raise Refused(f"Без ответственного пунктов: {orphans}. Назовите должности, потом утверждайте.")
        plan.approved_at, plan.approved_by, plan.approver_title = now, by, rights.title[:TITLE]
        plan.save(update_fields=["approved_at", "approved_by", "approver_title"])
    record(plan, "coordination.plan_approved", by, town, title=_named(plan), details={"items": len(items)})
    posts = {item.post for item in items if item.post}
    tell(
        town, people_on(posts, day_of(now, town)), f"План работы {_named(plan)} утверждён", plan_address(plan)
    )
    return plan


def mark_done(
    item: PlanItem, proof: str, link: str, file: StoredFile | None, by: User, now: datetime
) -> PlanItem:
    """Mark a line as done; without words of proof nothing is done. The responsible post or the organiser does it."""
    town = item.municipality
    rights = allowed(
        by, town, "Отметить исполнение может участник центра.", "office.attend", "office.organise"
    )
    with transaction.atomic():
        item = PlanItem.objects.select_for_update(of=("self",)).select_related("plan", "post").get(pk=item.pk)
        if item.plan.approved_at is None:
            raise Refused("План ещё не утверждён: исполнять рано.")
        _check_open(item)
        mine = item.post is not None and by in people_on([item.post], day_of(now, town))
        if not mine and not rights.permissions.intersection({"office.organise", "office.chair"}):
            raise Refused("Исполнение отмечает ответственный или организатор.")
        item.done_at, item.done_by, item.done_title = now, by, rights.title[:TITLE]
        item.proof = official_text("Чем подтверждается", proof, 500)
        item.proof_link = local_link(link)
        item.save(update_fields=["done_at", "done_by", "done_title", "proof", "proof_link"])
        if file is not None:
            Attachment.objects.create(municipality=town, file=file, item=item, added_at=now, added_by=by)
    record(item, "coordination.item_done", by, town, why=item.proof[:300], title=str(item))
    return item


def move_item(item: PlanItem, due: date, why: str, by: User, now: datetime) -> PlanItem:
    """Another day for a line of an approved plan; the old one stays with the reason."""
    town = item.municipality
    rights = allowed(by, town, APPROVES.replace("План утверждает", "Срок переносит"), "office.chair")
    said = official_text("Почему", why, 300)
    with transaction.atomic():
        item = PlanItem.objects.select_for_update(of=("self",)).select_related("plan", "post").get(pk=item.pk)
        _check_open(item)
        if due == item.due:
            raise Refused("Срок тот же: переносить нечего.")
        was = {"was": str(item.due), "why": said, "by": rights.title, "at": now.isoformat()}
        item.moves = [*item.moves, was]
        item.due = due
        item.save(update_fields=["moves", "due"])
    record(item, "coordination.item_moved", by, town, why=said, title=str(item), details=was)
    _tell_post(item, f"Срок перенесён на {table_day(due)}", now)
    return item


def drop_item(item: PlanItem, why: str, by: User, now: datetime) -> None:
    """Take a line out of the plan with the reason; it stays in sight, crossed out."""
    town = item.municipality
    allowed(by, town, KEEPS, "office.chair", *(() if item.plan.approved_at else ("office.organise",)))
    said = official_text("Почему", why, 300)
    changed = PlanItem.objects.filter(pk=item.pk, done_at=None, dropped_at=None)
    if not changed.update(dropped_at=now, dropped_why=said):
        raise Refused("Пункт уже исполнен или исключён. Обновите страницу.")
    record(item, "coordination.item_dropped", by, town, why=said, title=str(item))


def local_link(link: str) -> str:
    """An address of this system or nothing. Raises Refused for an address elsewhere."""
    said = link.strip()
    if said and (not said.startswith("/") or said.startswith("//")):
        raise Refused("Ссылка ведёт на другой сайт: вставьте адрес записи этой системы, он начинается с «/».")
    return said[:300]


def _fill(plan: WorkPlan, lines: list[Drafted]) -> int:
    """Lines that are not in the plan yet; what a person dropped stays dropped."""
    known = set(plan.items.exclude(origin="").values_list("origin", flat=True))
    posts = {post.key: post for post in Post.objects.filter(municipality=plan.municipality)}
    number = _next(plan)
    made: list[PlanItem] = []
    for line in lines:
        if line.origin in known:
            continue
        made.append(
            PlanItem(
                municipality=plan.municipality,
                plan=plan,
                number=number + len(made),
                text=line.text[:500],
                clause=line.clause,
                ground=line.ground,
                origin=line.origin,
                post=posts.get(line.post_key),
                due=line.due,
            )
        )
    PlanItem.objects.bulk_create(made)
    return len(made)


def _waits(town: Municipality) -> dict[str, int]:
    found = parameters_of(town)
    values = {key: found.get(f"report.days_{key}") for key in PAPER_WAITS}
    return {
        key: value.value if value is not None and isinstance(value.value, int) else PAPER_WAITS[key]
        for key, value in values.items()
    }


def _locked(plan: WorkPlan) -> WorkPlan:
    return WorkPlan.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=plan.pk)


def _next(plan: WorkPlan) -> int:
    last: int | None = plan.items.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _check_day(plan: WorkPlan, due: date) -> None:
    if not plan.since <= due <= plan.until:
        raise Refused(f"Срок вне плана: он с {table_day(plan.since)} по {table_day(plan.until)}.")


def _check_open(item: PlanItem) -> None:
    if item.dropped_at:
        raise Refused(f"Пункт исключён: {item.dropped_why}")
    if item.done_at:
        raise Refused(f"Пункт уже исполнен: {item.proof}")


def _tell_post(item: PlanItem, said: str, now: datetime) -> None:
    town, text = item.municipality, f"{said}: {item.text}"
    people = people_on([item.post], day_of(now, town)) if item.post else []
    tell(town, people, text, plan_address(item.plan))
    if not people:
        leave_notice(town, text[:300], plan_address(item.plan), permission="office.organise")


def _named(plan: WorkPlan) -> str:
    return f"на {say_period(Period(plan.since, plan.until))}"
