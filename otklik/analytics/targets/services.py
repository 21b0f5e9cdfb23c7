"""Deeds of targets: hand down, change, drop; set and end directions. Each ends in the journal with what it was."""

from dataclasses import dataclass
from datetime import date, datetime

from otklik.accounts.models import Holding, Post, User
from otklik.accounts.selectors import rights_of
from otklik.accounts.services import leave_notice
from otklik.analytics.measures import MEASURES
from otklik.analytics.targets.models import Direction, Target
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common import words
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import say_period

PAGE = "/kpi/"
MOST_DAYS = 366
TEXT_LIMIT = 500


@dataclass(frozen=True)
class Plan:
    """What is handed down: a measure, its number, for whom."""

    measure: str
    block: str
    period: Period
    plan: float
    is_floor: bool
    post: Post | None = None
    ground: str = ""


@carries_out("BOG-III.4.1.2")
def hand_down(municipality: Municipality, plan: Plan, by: User, now: datetime) -> Target:
    """Hand a target down. Raises Refused for a plan that cannot be or stands already."""
    _check(plan)
    same = Target.objects.filter(
        municipality=municipality,
        measure=plan.measure,
        block=plan.block,
        since=plan.period.since,
        until=plan.period.until,
        dropped_at=None,
    )
    if same.exists():
        raise Refused("На этот период такой показатель уже доведён: измените его план.")
    made = Target.objects.create(
        municipality=municipality,
        measure=plan.measure,
        block=plan.block,
        since=plan.period.since,
        until=plan.period.until,
        plan=plan.plan,
        is_floor=plan.is_floor,
        post=plan.post,
        ground=plan.ground.strip()[:300],
        handed_by=by,
        handed_title=rights_of(by, municipality).title[:200],
        handed_at=now,
    )
    _tell(made, f"Доведён целевой показатель: {say_target(made)}")
    record(made, "targets.handed_down", by, municipality, why=say_target(made))
    return made


def change_target(
    target: Target, plan: float, post: Post | None, why: str, by: User, now: datetime
) -> Target:
    """Change the number or the post that answers; the old ones stay with the reason."""
    said = why.strip()[:300]
    if not said:
        raise Refused("Напишите, почему план меняется: запись останется в журнале.")
    if plan < 0:
        raise Refused("План не бывает меньше нуля.")
    if (plan, post) == (target.plan, target.post):
        raise Refused("План и ответственный те же: менять нечего.")
    was = {"plan": target.plan, "post": target.post.title if target.post else ""}
    target.changes = [
        *target.changes,
        {**was, "at": now.isoformat(), "by": rights_of(by, target.municipality).title, "why": said},
    ]
    target.plan, target.post = plan, post
    target.save(update_fields=["plan", "post", "changes"])
    _tell(target, f"План изменён: {say_target(target)}")
    details = {"was": was, "plan": plan, "post": post.title if post else ""}
    record(target, "targets.changed", by, target.municipality, why=said, details=details)
    return target


def drop_target(target: Target, why: str, by: User, now: datetime) -> None:
    """Take a target back with a reason."""
    said = why.strip()[:300]
    if not said:
        raise Refused("Напишите, почему показатель отменён.")
    if not Target.objects.filter(pk=target.pk, dropped_at=None).update(dropped_at=now):
        raise Refused("Показатель уже отменён. Обновите страницу.")
    record(target, "targets.dropped", by, target.municipality, why=f"{say_target(target)}: {said}"[:300])


@carries_out("BOG-III.4.2.3", "BOR-2.2.а", "DEM-3.2.2", "LOV-3.2.1", "MIH-4.1.1.1")
def set_direction(
    municipality: Municipality, text: str, ground: str, since: date, by: User, now: datetime
) -> Direction:
    """Approve a direction of development."""
    said = text.strip()
    if not said or len(said) > TEXT_LIMIT:
        raise Refused(f"Напишите направление: от одного до {TEXT_LIMIT} знаков.")
    made = Direction.objects.create(
        municipality=municipality,
        text=said,
        ground=ground.strip()[:300],
        since=since,
        set_by=by,
        set_title=rights_of(by, municipality).title[:200],
        set_at=now,
    )
    record(made, "targets.direction_set", by, municipality, why=said[:300])
    return made


def end_direction(direction: Direction, by: User, on: date) -> None:
    """End a direction; its last day is `on`, or its first one when it has not begun."""
    last = max(on, direction.since)
    if not Direction.objects.filter(pk=direction.pk, until=None).update(until=last):
        raise Refused("Направление уже завершено. Обновите страницу.")
    record(direction, "targets.direction_ended", by, direction.municipality, why=direction.text[:300])


def say_target(target: Target) -> str:
    """«Отвечено в срок не ниже 95 % за IV квартал 2026»."""
    measure = MEASURES[target.measure]
    edge = "не ниже" if target.is_floor else "не выше"
    unit = "" if measure.unit == "шт" else f" {measure.unit}"
    period = say_period(Period(target.since, target.until))
    return words.tie(f"{measure.title} {edge} {words.number(target.plan)}{unit} за {period}")


def _check(plan: Plan) -> None:
    if plan.measure not in MEASURES:
        raise Refused("Выберите показатель из каталога.")
    if plan.plan < 0 or (MEASURES[plan.measure].unit == "%" and plan.plan > 100):
        raise Refused("План доли — от 0 до 100 %, план числа — не меньше нуля.")
    if (plan.period.until - plan.period.since).days >= MOST_DAYS:
        raise Refused("Период плана — не больше года.")
    if plan.block and (MEASURES[plan.measure].waited or MEASURES[plan.measure].unit == "на 1000"):
        raise Refused("Этот показатель по блокам не считается: доведите его на весь муниципалитет.")


def _tell(target: Target, said: str) -> None:
    """Tell the people of the post that answers; without a post, those who keep the rating."""
    short = said[:300]
    if target.post is None:
        leave_notice(target.municipality, short, PAGE, permission="analytics.rate")
        return
    held = Holding.objects.filter(post=target.post, until=None).values("user")
    for user in User.objects.filter(pk__in=held, is_active=True):
        leave_notice(target.municipality, short, PAGE, user=user)
