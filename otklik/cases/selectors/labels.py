"""What the machine and people have said of topics: confirmed labels to learn from, and how many went to the tray."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from otklik.cases.models import Case
from otklik.cases.states import UNSURE
from otklik.common.models import Municipality


@dataclass(frozen=True)
class TopicFigures:
    """Of cases that came since a moment: all, those sent to the tray for the topic, those checked by a person."""

    came: int
    unsure: int
    checked: int


def topic_figures(municipality: Municipality, since: datetime) -> TopicFigures:
    """Counts over the cases that came since the moment."""
    found = Case.objects.filter(municipality=municipality, came_at__gte=since).aggregate(
        came=Count("pk"),
        unsure=Count("pk", filter=Q(triage_reason=UNSURE)),
        checked=Count("pk", filter=Q(topic_checked=True)),
    )
    return TopicFigures(**found)


def confirmed_topics(municipality: Municipality) -> list[tuple[str, str]]:
    """Masked text and topic key of every case whose topic a person has confirmed."""
    rows = Case.objects.filter(municipality=municipality, topic_checked=True, topic__is_open=True)
    return list(rows.exclude(masked_text="").order_by("pk").values_list("masked_text", "topic__key"))


def confirmed_counts(municipality: Municipality) -> dict[str, int]:
    """How many confirmed texts each topic has, by its key."""
    rows = Case.objects.filter(municipality=municipality, topic_checked=True, topic__is_open=True)
    return dict(rows.order_by().values_list("topic__key").annotate(n=Count("pk")))
