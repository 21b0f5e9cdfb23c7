"""The effect on record: the control a person chooses, the weekly count, the return of the flow."""

from datetime import datetime, timedelta

from django.db import transaction

from otklik.accounts.models import User
from otklik.accounts.services import leave_once
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common import words as say
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.problems.models import Problem
from otklik.problems.roadmaps.effect import cut
from otklik.problems.roadmaps.flows import WEEK, Picture, picture_of
from otklik.problems.roadmaps.models import EffectCount, Roadmap
from otklik.problems.roadmaps.recurrence import Return, returned, watch_ends
from otklik.problems.roadmaps.selectors import MANAGES, PAGE, measures_of
from otklik.problems.roadmaps.services.guard import day_of, held, manager, touched, written
from otklik.problems.services import move

COUNTED = ("running", "done")


@transaction.atomic
def choose_control(roadmap: Roadmap, key: str, why: str, by: User, now: datetime) -> Roadmap:
    """Compare with another flow, with a reason; an empty key gives the choice back to the machine."""
    found = held(roadmap)
    manager(by, found)
    if not key:
        found.control, found.control_why, found.control_by = "", "", None
    else:
        options = picture_of(found, measures_of(found), day_of(found.municipality, now)).options
        if key not in {one.candidate.key for one in options}:
            raise Refused("Выберите, с чем сравнивать, из списка.")
        found.control, found.control_by = key, by
        found.control_why = written(why, "почему с этим", 300)
    touched(found, "control", "control_why", "control_by")
    said = f"{key or 'выбирает машина'}. {found.control_why}"
    record(found, "roadmaps.control_chosen", by, found.municipality, why=said[:300])
    return found


@carries_out("BOG-III.4.7.5")
@transaction.atomic
def count_effect(roadmap: Roadmap, now: datetime) -> EffectCount | None:
    """Count the effect and keep it, once for a week and a control; None while the measures are not done."""
    found = held(roadmap)
    picture = picture_of(found, measures_of(found), day_of(found.municipality, now))
    if picture.span is None:
        return None
    kept, is_new = EffectCount.objects.get_or_create(
        roadmap=found,
        until=picture.span.period.until,
        control=picture.control.key if picture.control else "",
        defaults={
            "municipality": found.municipality,
            "at": now,
            "verdict": picture.verdict,
            "words": picture.words[:500],
            "control_title": picture.control.title[:200] if picture.control else "",
            "change": picture.effect.change if picture.effect else None,
            "low": picture.effect.low if picture.effect else None,
            "high": picture.effect.high if picture.effect else None,
        },
    )
    if is_new:
        record(found, "roadmaps.effect_counted", None, found.municipality, why=picture.words[:300])
    _watch(found, picture, now)
    return kept


def watch_flows(municipality: Municipality, now: datetime) -> int:
    """Count every roadmap whose measures are done, while its flow is watched; returns how many were counted."""
    today = day_of(municipality, now)
    rows = Roadmap.objects.filter(municipality=municipality, state__in=COUNTED).order_by("pk")
    counted = 0
    for one in rows:
        # A week past the watch, so that its last whole week is counted too.
        if one.watch_until is None or today <= one.watch_until + WEEK:
            counted += count_effect(one, now) is not None
    return counted


def _watch(found: Roadmap, picture: Picture, now: datetime) -> None:
    """Once in a watch: the flow has come back, those who keep problems are told."""
    span = picture.span
    if span is None or found.returned_on is not None:
        return
    ended = span.monday + WEEK * span.end + timedelta(days=6)
    if day_of(found.municipality, now) > (found.watch_until or watch_ends(ended)) + WEEK:
        return
    flow = cut(picture.counts, span.start, span.end)
    back = returned(flow.before, flow.after)
    if back is None:
        return
    found.returned_on = day_of(found.municipality, now)
    touched(found, "returned_on")
    said = say_return(back)
    record(found, "roadmaps.flow_returned", None, found.municipality, why=said[:300])
    link = f"{PAGE}{found.pk}/#effect"
    leave_once(found.municipality, f"{said} Дорожная карта {found}", link, permission=MANAGES)


@transaction.atomic
def return_problems(roadmap: Roadmap, by: User, now: datetime) -> int:
    """Bring the problems whose flow has come back into work again; returns how many."""
    found = held(roadmap)
    manager(by, found)
    if found.returned_on is None:
        raise Refused("Поток не возвращался: возвращать проблему в работу не из-за чего.")
    ended = Problem.objects.filter(roadmap_aims__roadmap=found, state__in=["solved", "watch"]).order_by("pk")
    back = [move(one, "return", by, now, f"Поток вернулся. Дорожная карта {found}") for one in ended]
    if not back:
        raise Refused("Проблемы этой карты уже в работе или закрыты.")
    return len(back)


def say_return(back: Return) -> str:
    """«Поток вернулся: 12 карточек за 4 недели, в неделю 3, до мер было 2,5.»"""
    cases = say.count(back.cases, "карточка", "карточки", "карточек")
    weeks = say.count(back.weeks, "неделю", "недели", "недель")
    now, before = say.number(round(back.now, 1)), say.number(round(back.before, 1))
    return say.tie(f"Поток вернулся: {cases} за {weeks}, в неделю {now}, до мер было {before}.")
