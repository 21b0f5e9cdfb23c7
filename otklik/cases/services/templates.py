"""Templates of answers: the shipped ones loaded once, a town's own written down, changed, offered no more."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from otklik.accounts.models import User
from otklik.audit.services import record
from otklik.cases.models import AnswerTemplate
from otklik.charter.schema import Charter
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.topics.models import Topic

FILE = Path(__file__).parent.parent / "data" / "answer_templates.toml"


@dataclass(frozen=True)
class TemplateWords:
    """What a person writes down: `topic` or `group` says where it is offered first, neither means everywhere."""

    title: str
    text: str
    kind: str = "explained"
    topic: Topic | None = None
    group: str = ""


def load_answer_templates(charter: Charter, municipality: Municipality) -> None:
    """Add shipped templates the town has never had; one it has changed or closed stays as it is."""
    kept = AnswerTemplate.objects.filter(municipality=municipality)
    known, titles = set(kept.values_list("key", flat=True)), set(kept.values_list("title", flat=True))
    AnswerTemplate.objects.bulk_create(
        AnswerTemplate(municipality=municipality, key=key, **values)
        for key, values in shipped().items()
        if key not in known and values["title"] not in titles
    )


@cache
def shipped() -> dict[str, dict[str, str]]:
    """Our own texts by their keys."""
    return {
        key: {name: value.strip() for name, value in one.items()}
        for key, one in tomllib.loads(FILE.read_text(encoding="utf-8")).items()
    }


def set_template(
    municipality: Municipality, words: TemplateWords, by: User, template: AnswerTemplate | None = None
) -> AnswerTemplate:
    """Write a template down or change the given one. Raises `Refused` for an empty one or a title taken."""
    if not words.title.strip() or not words.text.strip():
        raise Refused("Назовите шаблон и напишите его текст.")
    others = AnswerTemplate.objects.filter(municipality=municipality, closed_at=None)
    if others.filter(title__iexact=words.title).exclude(pk=template.pk if template else 0).exists():
        raise Refused(f"Шаблон «{words.title}» уже есть: измените его или назовите этот иначе.")
    kept = template or AnswerTemplate(municipality=municipality)
    for name, value in (vars(words) | {"changed_by": by}).items():
        setattr(kept, name, value)
    kept.save()
    record(kept, "cases.template_set", by, municipality, why=kept.title)
    return kept


def close_template(template: AnswerTemplate, by: User, now: datetime) -> None:
    """Offer it no more."""
    template.closed_at, template.changed_by = now, by
    template.save(update_fields=["closed_at", "changed_by", "changed_at"])
    record(template, "cases.template_closed", by, template.municipality, why=template.title)
