"""Free answers of opened boxes are told apart by topics, by the worker alone: it has the models of language."""

from collections.abc import Sequence
from uuid import UUID

from otklik.common.models import Municipality
from otklik.outreach.polls.models import Choice, Poll
from otklik.outreach.polls.results import UNSURE, results, summary_of
from otklik.topics.models import Topic
from otklik.topics.services import suggest_topics

AT_ONCE = 500


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
        row.topic_key = told.topic_key if is_sure else UNSURE
    Choice.objects.bulk_update(rows, ["topic_key"])
    _tell_summed([row.pk for row in rows])
    return len(rows)


def _tell_summed(read: Sequence[UUID]) -> None:
    """Results summed up before their words were read get the topics; no vote and no share changes by that."""
    for poll in Poll.objects.filter(questions__choices__in=read, state__in=["summed", "decided"]).distinct():
        poll.summary = summary_of(results(poll))
        poll.save(update_fields=["summary"])
