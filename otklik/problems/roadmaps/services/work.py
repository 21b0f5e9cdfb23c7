"""The control of a roadmap: measures are begun, reported with proof, returned, reminded of; the whole is finished."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from otklik.accounts.models import User
from otklik.accounts.selectors import rights_of
from otklik.accounts.services import leave_once
from otklik.audit.services import record
from otklik.channels.models import StoredFile
from otklik.common import words as say
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.deadlines.selectors import calendar_of
from otklik.problems.roadmaps.models import Measure, Nudge, Proof, Roadmap
from otklik.problems.roadmaps.recurrence import watch_ends
from otklik.problems.roadmaps.selectors import MANAGES, PAGE, may_report, people_of_post
from otklik.problems.roadmaps.services.guard import (
    day_of,
    held,
    held_measure,
    manager,
    tell,
    touched,
    written,
)
from otklik.problems.roadmaps.words import AT_WORK, OPEN, PROOFS

WARN_WORKING_DAYS = 3
ESCALATE_WORKING_DAYS = 3


@dataclass(frozen=True)
class Done:
    """What is reported: what was done, on which day, the indicator as it is now, and what proves it."""

    words: str
    on: date
    fact: str
    kind: str = "file"
    files: Sequence[StoredFile] = ()
    link: str = ""


@transaction.atomic
def begin(measure: Measure, by: User) -> Measure:
    """Take a measure in work; the roadmap runs from the first one."""
    roadmap, found = held_measure(measure, *AT_WORK)
    _answers(found, by)
    if found.state != "planned":
        raise Refused("Мероприятие уже взято в работу или закончено. Обновите страницу.")
    waits = found.waits.exclude(other__state__in=["done", "dropped"]).select_related("other").order_by("pk")
    if waits:
        raise Refused(f"Сначала должно закончиться «{waits[0].other.title}».")
    found.state = "running"
    found.save(update_fields=["state"])
    _run(roadmap)
    record(roadmap, "roadmaps.measure_begun", by, roadmap.municipality, why=found.title[:300])
    return found


@transaction.atomic
def report_done(measure: Measure, done: Done, by: User, now: datetime) -> Measure:
    """Report a measure done. Raises Refused without words, without the indicator as it came out, without a photo, an
    act, a document or a link, or for a day that has not come."""
    roadmap, found = held_measure(measure, *AT_WORK)
    _answers(found, by)
    if found.state not in OPEN:
        raise Refused("О мероприятии уже доложено. Обновите страницу.")
    if done.kind not in dict(PROOFS):
        raise Refused("Выберите, чем подтверждено: фото, акт, документ или ссылка.")
    if not done.files and not done.link.strip():
        raise Refused(
            "Приложите фото, акт или документ либо ссылку: без подтверждения мероприятие не закрыть."
        )
    if done.on > day_of(roadmap.municipality, now):
        raise Refused("День, когда сделано, ещё не наступил.")
    found.report = written(done.words, "что сделано", 1000)
    found.fact = written(done.fact, "стало", 80)
    found.state, found.done_on, found.done_by = "done", done.on, by
    found.save(update_fields=["report", "fact", "state", "done_on", "done_by"])
    _prove(found, done, by, now)
    _run(roadmap)
    record(
        roadmap, "roadmaps.measure_done", by, roadmap.municipality, why=f"{found.title}: {found.report}"[:300]
    )
    said = f"Доложено: «{found.title}». Проверьте подтверждение"
    leave_once(roadmap.municipality, said, f"{PAGE}{roadmap.pk}/#measure-{found.pk}", permission=MANAGES)
    return found


@transaction.atomic
def return_measure(measure: Measure, why: str, by: User) -> Measure:
    """Send a reported measure back to work: the proof does not prove."""
    roadmap, found = held_measure(measure, *AT_WORK)
    manager(by, roadmap)
    if found.state != "done":
        raise Refused("Вернуть можно только мероприятие, о котором доложено.")
    said = written(why, "почему возвращаем", 300)
    found.state, found.done_on, found.done_by = "running", None, None
    found.save(update_fields=["state", "done_on", "done_by"])
    touched(roadmap)
    record(roadmap, "roadmaps.measure_returned", by, roadmap.municipality, why=f"{found.title}: {said}"[:300])
    tell(roadmap, [found.post], f"Мероприятие возвращено: «{found.title}». {said}", f"#measure-{found.pk}")
    return found


@transaction.atomic
def finish(roadmap: Roadmap, by: User, now: datetime) -> Roadmap:
    """The roadmap is carried out: the flow is watched for ninety days from today."""
    found = held(roadmap, *AT_WORK)
    manager(by, found)
    left = Measure.objects.filter(roadmap=found, state__in=OPEN).order_by("due", "pk").first()
    if left is not None:
        raise Refused(f"Не закончено «{left.title}»: доложите о нём или снимите с причиной.")
    if not Measure.objects.filter(roadmap=found, state="done").exists():
        raise Refused("Ни одного мероприятия не сделано: такую карту отменяют, а не исполняют.")
    found.state, found.finished_at = "done", now
    found.watch_until = watch_ends(day_of(found.municipality, now))
    touched(found, "state", "finished_at", "watch_until")
    record(found, "roadmaps.finished", by, found.municipality, why=str(found)[:300])
    return found


def remind(municipality: Municipality, now: datetime) -> int:
    """Tell of what falls due soon, today, is late, and, three working days late, those who approved it; returns how
    many measures were told of. Safe to run twice."""
    today, calendar = day_of(municipality, now), calendar_of(municipality)
    soon = calendar.add_working_days(today, WARN_WORKING_DAYS)
    rows = Measure.objects.filter(
        municipality=municipality, roadmap__state__in=AT_WORK, state__in=OPEN, due__lte=soon
    )
    told = 0
    for one in rows.select_related("post__body", "roadmap").order_by("pk"):
        late = calendar.working_days_between(one.due, today) if one.due < today else 0
        kind = "soon" if one.due > today else "today" if one.due == today else "late"
        told += _nudge(one, kind, one.due, _said(one, kind))
        if late >= ESCALATE_WORKING_DAYS:
            told += _escalate(one, today)
    return told


def _nudge(one: Measure, kind: str, day: date, said: str) -> int:
    if not _once(one, kind, day):
        return 0
    tell(one.roadmap, [one.post], said, f"#measure-{one.pk}")
    return 1


def _escalate(one: Measure, today: date) -> int:
    """Those who keep roadmaps and who approved this one, once for each day the measure had to be done by."""
    if not _once(one, "escalated", one.due):
        return 0
    said = f"Просрочено с {say.full_day(one.due)}: «{one.title}», {one.post.title}"[:300]
    link = f"{PAGE}{one.roadmap_id}/#measure-{one.pk}"
    leave_once(one.municipality, said, link, permission=MANAGES)
    last = one.roadmap.approvals.filter(is_last=True, decision="agreed").select_related("post__body").first()
    for user in people_of_post(last.post, one.municipality) if last else []:
        if MANAGES not in rights_of(user, one.municipality, today).permissions:
            leave_once(one.municipality, said, link, user=user)
    return 1


def _once(one: Measure, kind: str, on: date) -> bool:
    return Nudge.objects.get_or_create(municipality=one.municipality, measure=one, kind=kind, on=on)[1]


def _said(one: Measure, kind: str) -> str:
    name = f"«{one.title}», {one.roadmap}"
    if kind == "late":
        return f"Срок мероприятия прошёл {say.full_day(one.due)}: {name}"
    return f"Сегодня срок мероприятия: {name}" if kind == "today" else f"Срок {say.long_day(one.due)}: {name}"


def _answers(found: Measure, by: User) -> None:
    rights = rights_of(by, found.municipality)
    if not may_report(found, found.municipality, rights):
        raise Refused(f"О мероприятии докладывает ответственный: {found.post.title}.")


def _prove(found: Measure, done: Done, by: User, now: datetime) -> None:
    for file in done.files:
        Proof.objects.create(
            municipality=found.municipality, measure=found, kind=done.kind, file=file, by=by, at=now
        )
    if done.link.strip():
        link = done.link.strip()[:500]
        if not link.startswith(("https://", "http://", "/")):
            raise Refused("Ссылка начинается с https:// или с косой черты.")
        Proof.objects.create(
            municipality=found.municipality, measure=found, kind="link", link=link, by=by, at=now
        )


def _run(roadmap: Roadmap) -> None:
    roadmap.state = "running"
    touched(roadmap, "state")
