"""The draft of a roadmap: its head, its measures, their dates and what waits for what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from otklik.accounts.models import Post, User
from otklik.accounts.selectors import rights_of
from otklik.analytics.measures import MEASURES
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common import words as say
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.queue import next_number
from otklik.problems.models import Cause, Problem
from otklik.problems.roadmaps import plan
from otklik.problems.roadmaps.models import Aim, Helper, Measure, Roadmap, Wait
from otklik.problems.roadmaps.selectors import measures_of, steps_of
from otklik.problems.roadmaps.services.guard import fresh, held, held_measure, manager, tell, touched, written
from otklik.problems.roadmaps.services.moving import check_days
from otklik.problems.roadmaps.words import AT_WORK, KINDS, OPEN
from otklik.topics.models import Block


@dataclass(frozen=True)
class RoadmapText:
    """The head of a roadmap. Topics and places left empty are taken from the problems."""

    title: str
    goal: str
    kind: str = "roadmap"
    block_key: str = ""
    problems: Sequence[Problem] = ()
    cause: Cause | None = None
    cause_text: str = ""
    topics: Sequence[str] = ()
    settlements: Sequence[int] = ()


@dataclass(frozen=True)
class MeasureText:
    """A measure as it is written down; `after` are measures it waits for."""

    title: str
    result: str
    indicator: str
    was: str
    will_be: str
    post: Post
    start: date
    due: date
    helpers: Sequence[Post] = ()
    resources: str = ""
    measure_key: str = ""
    after: Sequence[Measure] = ()


@carries_out("BOR-1.2.д.1", "BOR-3.2.в.2", "DEM-2.2.4.1", "DEM-2.4.3")
@transaction.atomic
def draft_roadmap(municipality: Municipality, text: RoadmapText, by: User, now: datetime) -> Roadmap:
    """Begin a roadmap (BOR-1.2.д, BOR-3.2.в, DEM-2.2.4.1, DEM-2.4). Raises Refused without the right or for a head
    that is not whole."""
    rights = rights_of(by, municipality)
    made = Roadmap(
        municipality=municipality,
        number=next_number(Roadmap, municipality),
        author=by,
        author_title=rights.title[:200],
        made_at=now,
        **_head(text, municipality),
    )
    manager(by, made)
    made.save()
    _aim(made, text.problems)
    record(made, "roadmaps.drafted", by, municipality, why=str(made)[:300])
    return made


@transaction.atomic
def change_roadmap(roadmap: Roadmap, text: RoadmapText, version: int, by: User) -> Roadmap:
    """Write the head of a draft anew. Raises Refused when somebody else has changed it meanwhile."""
    found = held(roadmap, "draft")
    manager(by, found)
    fresh(found, version)
    head = _head(text, found.municipality)
    for name, value in head.items():
        setattr(found, name, value)
    touched(found, *head)
    Aim.objects.filter(roadmap=found).delete()
    _aim(found, text.problems)
    record(found, "roadmaps.changed", by, found.municipality, why=str(found)[:300])
    return found


@transaction.atomic
def add_measure(roadmap: Roadmap, text: MeasureText, by: User) -> Measure:
    """Write a measure into a draft. Raises Refused for days out of order or for waiting in a circle."""
    found = held(roadmap, "draft")
    manager(by, found)
    last = Measure.objects.filter(roadmap=found).aggregate(last=Max("position"))["last"] or 0
    made = Measure.objects.create(
        municipality=found.municipality, roadmap=found, position=last + 1, **_values(text, found.municipality)
    )
    _bind(made, text)
    touched(found)
    record(found, "roadmaps.measure_added", by, found.municipality, why=made.title[:300])
    return made


@transaction.atomic
def change_measure(measure: Measure, text: MeasureText, version: int, by: User) -> Measure:
    """Write a measure of a draft anew; `version` is that of the roadmap the person was looking at."""
    found, changed = held_measure(measure, "draft")
    manager(by, found)
    fresh(found, version)
    if changed.state not in OPEN:
        raise Refused("Мероприятие закончено: его уже не правят.")
    for name, value in _values(text, found.municipality).items():
        setattr(changed, name, value)
    changed.save()
    _bind(changed, text)
    touched(found)
    record(found, "roadmaps.measure_changed", by, found.municipality, why=changed.title[:300])
    return changed


@transaction.atomic
def drop_measure(measure: Measure, why: str, by: User) -> None:
    """Take a measure out of a draft, or off a roadmap at work with a reason: what waited for it waits no more."""
    found, dropped = held_measure(measure, "draft", *AT_WORK)
    manager(by, found)
    if not found.edition:
        title = dropped.title
        dropped.delete()
    else:
        if dropped.state not in OPEN:
            raise Refused("Снять можно только мероприятие, которое ещё не закончено.")
        title = dropped.title
        dropped.drop_reason = written(why, "почему снято", 300)
        dropped.state = "dropped"
        dropped.save(update_fields=["drop_reason", "state"])
        Wait.objects.filter(other=dropped).delete()
        tell(found, [dropped.post], f"Мероприятие снято: {title}")
    touched(found)
    record(found, "roadmaps.measure_dropped", by, found.municipality, why=f"{title}. {why.strip()}"[:300])


def _head(text: RoadmapText, municipality: Municipality) -> dict[str, Any]:
    if text.kind not in dict(KINDS):
        raise Refused("Выберите вид из списка.")
    if text.kind == "roadmap" and text.cause is None and not text.cause_text.strip():
        raise Refused("Назовите первопричину: дорожная карта устраняет её, а не следствие.")
    if text.block_key and not Block.objects.filter(municipality=municipality, key=text.block_key).exists():
        raise Refused("Выберите блок из списка.")
    topics = list(text.topics) or [one.topic.key for one in text.problems if one.topic is not None]
    places = list(text.settlements) or [one.settlement_id for one in text.problems if one.settlement_id]
    return {
        "title": written(text.title, "название", 200),
        "goal": written(text.goal, "чего добиваемся", 500),
        "kind": text.kind,
        "block_key": text.block_key or next((one.block_key for one in text.problems if one.block_key), ""),
        "cause": text.cause,
        "cause_text": (text.cause_text.strip() or (text.cause.text if text.cause else ""))[:500],
        "topics": list(dict.fromkeys(topics)),
        "settlements": list(dict.fromkeys(places)),
    }


def _aim(roadmap: Roadmap, problems: Sequence[Problem]) -> None:
    rows = {one.pk: one for one in problems}
    if roadmap.cause is not None:
        rows.setdefault(roadmap.cause.problem_id, roadmap.cause.problem)
    Aim.objects.bulk_create(
        Aim(municipality=roadmap.municipality, roadmap=roadmap, problem=one) for one in rows.values()
    )


def _values(text: MeasureText, municipality: Municipality) -> dict[str, Any]:
    check_days(text.start, text.due, municipality)
    if text.measure_key and text.measure_key not in MEASURES:
        raise Refused("Выберите показатель из каталога.")
    return {
        "title": written(text.title, "мероприятие", 300),
        "result": written(text.result, "ожидаемый результат", 300),
        "indicator": written(text.indicator, "показатель", 200),
        "was": written(text.was, "было", 80),
        "will_be": written(text.will_be, "станет", 80),
        "post": text.post,
        "start": text.start,
        "due": text.due,
        "first_due": text.due,
        "resources": text.resources.strip()[:300],
        "measure_key": text.measure_key,
    }


def _bind(measure: Measure, text: MeasureText) -> None:
    """Helpers and waits of the measure as the text says; a circle or a wrong order refuses the whole."""
    town = measure.municipality
    Helper.objects.filter(measure=measure).delete()
    posts = {one.pk: one for one in text.helpers if one.pk != measure.post_id}
    Helper.objects.bulk_create(Helper(municipality=town, measure=measure, post=one) for one in posts.values())
    Wait.objects.filter(measure=measure).delete()
    others = {one.pk: one for one in text.after}
    if any(one.roadmap_id != measure.roadmap_id for one in others.values()) or measure.pk in others:
        raise Refused("Ждать можно только другое мероприятие этой же карты.")
    Wait.objects.bulk_create(Wait(municipality=town, measure=measure, other=one) for one in others.values())
    _check_waits(measure)


def _check_waits(measure: Measure) -> None:
    measures = {one.pk: one for one in measures_of(measure.roadmap)}
    steps = steps_of(measures.values())
    circle = plan.loop_of({one.key: one.after for one in steps})
    if circle:
        names = " → ".join(f"«{measures[key].title}»" for key in [*circle, circle[0]])
        raise Refused(f"Мероприятия ждут друг друга по кругу: {names}. Уберите одну из зависимостей.")
    for waiting, other in plan.breaches(steps):
        raise Refused(
            f"«{measures[waiting.key].title}» ждёт «{measures[other.key].title}», а начинается раньше, чем то кончится "
            f"{say.full_day(other.due)}. Перенесите начало."
        )
