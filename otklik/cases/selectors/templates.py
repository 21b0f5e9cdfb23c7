"""Templates of answers a card is offered, the nearest to its topic first."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from otklik.cases.models import AnswerTemplate, Case
from otklik.cases.templates import filled
from otklik.common.models import Municipality
from otklik.common.words import table_day


@dataclass(frozen=True)
class Offered:
    """A template with what the card knows filled in."""

    title: str
    kind: str
    text: str


def templates_of(municipality: Municipality) -> QuerySet[AnswerTemplate]:
    """Templates that are offered."""
    return AnswerTemplate.objects.filter(municipality=municipality, closed_at=None).select_related("topic")


def offered_to(case: Case) -> dict[str, list[Offered]]:
    """Lists by nearness: `near` of the case's topic or its group, `any` of no topic, `others` the rest."""
    known = known_of(case)
    lists: dict[str, list[Offered]] = {"near": [], "any": [], "others": []}
    for one in sorted(templates_of(case.municipality), key=lambda one: (one.topic_id is None, one.title)):
        lists[_nearness(one, case)].append(Offered(one.title, one.kind, filled(one.text, known)))
    return lists


def known_of(case: Case) -> dict[str, str]:
    """Places the card fills in by itself; an unknown one is left for the person."""
    came = case.came_at.astimezone(ZoneInfo(case.municipality.time_zone))
    return {
        "номер": case.number,
        "принято": table_day(came.date()),
        "тема": case.topic.title if case.topic else "",
        "место": case.place_line,
    }


def _nearness(template: AnswerTemplate, case: Case) -> str:
    if template.topic_id is None and not template.group:
        return "any"
    topic = case.topic
    is_near = topic is not None and (template.topic_id == topic.pk or template.group == topic.group)
    return "near" if is_near else "others"
