"""Free answers of opened boxes are told apart by topics, by the worker alone: it has the models of language."""

from otklik.common.models import Municipality
from otklik.outreach.polls.models import Choice
from otklik.topics.models import Topic
from otklik.topics.services import suggest_topics

AT_ONCE = 500
NONE = "-"
"""Stands for words whose topic is not sure enough."""


def read_words(municipality: Municipality) -> int:
    """Give topics to free answers that have none yet; returns how many were read."""
    waiting = Choice.objects.filter(municipality=municipality, question__kind="text", topic_key="")
    rows = list(waiting.exclude(text="").order_by("pk")[:AT_ONCE])
    if not rows:
        return 0
    thresholds = dict(Topic.objects.values_list("key", "threshold"))
    for row, told in zip(
        rows, suggest_topics([row.text for row in rows], town=municipality.key), strict=True
    ):
        is_sure = told.sureness >= thresholds.get(told.topic_key, 1.0)
        row.topic_key = told.topic_key if is_sure else NONE
    Choice.objects.bulk_update(rows, ["topic_key"])
    return len(rows)
