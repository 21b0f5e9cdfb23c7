"""Rubrics, target groups and templates of posts."""

import re
from datetime import date, datetime
from typing import TypeVar

from otklik.accounts.models import User
from otklik.audit.services import record
from otklik.common.errors import Refused
from otklik.common.models import Municipality, Owned
from otklik.outreach.content.models import PostTemplate, Rubric, TargetGroup
from otklik.outreach.content.words import GROUPS, RUBRICS

Line = TypeVar("Line", Rubric, TargetGroup)
KEY = re.compile(r"[a-z0-9_-]{1,40}")


def open_headings(municipality: Municipality) -> None:
    """Put in the starters that are not there yet; harmless to repeat."""
    rubrics = [
        Rubric(municipality=municipality, key=key, title=title, position=place)
        for place, (key, title) in enumerate(RUBRICS.items())
    ]
    groups = [
        TargetGroup(municipality=municipality, key=key, title=title, habits=habits, position=place)
        for place, (key, (title, habits)) in enumerate(GROUPS.items())
    ]
    Rubric.objects.bulk_create(rubrics, ignore_conflicts=True)
    TargetGroup.objects.bulk_create(groups, ignore_conflicts=True)


def rubric_of(municipality: Municipality, key: str) -> Rubric | None:
    """The rubric of the key, a starter is opened when first asked for. Raises Refused for an unknown one."""
    return _line(Rubric, municipality, key, "Такой рубрики нет: выберите из списка или добавьте её.")


def group_of(municipality: Municipality, key: str) -> TargetGroup | None:
    """The target group of the key; as `rubric_of`."""
    return _line(TargetGroup, municipality, key, "Такой целевой группы нет: выберите из списка.")


def _line(kind: type[Line], municipality: Municipality, key: str, refusal: str) -> Line | None:
    if not key:
        return None
    rows = kind._default_manager.filter(municipality=municipality, key=key)
    found = rows.first()
    if found is None:
        open_headings(municipality)
        found = rows.first()
    if found is None:
        raise Refused(refusal)
    return found


def set_rubric(municipality: Municipality, key: str, title: str, by: User) -> Rubric:
    """Add a rubric or give it another title. Raises Refused."""
    _check(key, title)
    found, _ = Rubric.objects.update_or_create(
        municipality=municipality, key=key, defaults={"title": title.strip()[:120], "closed_on": None}
    )
    return _told(found, by, title)


def set_group(municipality: Municipality, key: str, title: str, habits: str, by: User) -> TargetGroup:
    """Add a target group or change how to speak to it. Raises Refused."""
    _check(key, title)
    values = {"title": title.strip()[:120], "habits": habits.strip()[:300], "closed_on": None}
    found, _ = TargetGroup.objects.update_or_create(municipality=municipality, key=key, defaults=values)
    return _told(found, by, title)


def close_heading(line: Line, on: date, by: User) -> Line:
    """Offer it no more; materials under it stay."""
    line.closed_on = on
    line.save(update_fields=["closed_on"])
    return _told(line, by, f"{line.title}: не используется")


def set_template(
    municipality: Municipality, title: str, text: str, rubric: str, by: User, now: datetime
) -> PostTemplate:
    """Write a template down, places to fill in stand in braces; the same title replaces. Raises Refused."""
    if not title.strip() or not text.strip():
        raise Refused("Назовите шаблон и напишите его текст.")
    found, _ = PostTemplate.objects.update_or_create(
        municipality=municipality,
        title=title.strip()[:120],
        closed_at=None,
        defaults={"text": text.strip(), "rubric": rubric_of(municipality, rubric), "made_at": now},
    )
    return _told(found, by, title)


def close_template(template: PostTemplate, by: User, now: datetime) -> PostTemplate:
    """Offer the template no more."""
    template.closed_at = now
    template.save(update_fields=["closed_at"])
    return _told(template, by, f"{template.title}: не используется")


def _check(key: str, title: str) -> None:
    if not KEY.fullmatch(key) or not title.strip():
        raise Refused("Назовите строку и дайте ей короткий ключ: латиница, цифры, дефис, без пробелов.")


Thing = TypeVar("Thing", bound=Owned)


def _told(thing: Thing, by: User, words: str) -> Thing:
    record(thing, "content.heading_set", by, thing.municipality, why=words[:300])
    return thing
