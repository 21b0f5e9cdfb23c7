"""Темы: the tree with its groups and codes, the threshold of sureness, and how often the machine was not sure."""

from collections import Counter
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from otklik.cases.selectors import confirmed_counts, topic_figures
from otklik.charter.selectors import parameter
from otklik.desk.page import needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.topics.groups import GROUP_TITLES
from otklik.topics.models import Block, Topic
from otklik.topics.services import learnt_at
from otklik.topics.tree import phrases

DAYS = 30


@require_safe
@needs("charter.view", "topics.manage")
def topics(request: DeskRequest) -> HttpResponse:
    """Groups in the order of the tree; a topic with a threshold of its own says so."""
    town = request.municipality
    rows = list(Topic.objects.filter(is_open=True))
    context = {
        "groups": groups_of(rows, request),
        "total": len(rows),
        "threshold": parameter(town, "routing.sureness"),
        "figures": topic_figures(town, timezone.now() - timedelta(days=DAYS)),
        "days": DAYS,
        "learnt_at": learnt_at(town),
    }
    return page_or_part(request, "topics/topics", context)


def groups_of(rows: list[Topic], request: DeskRequest) -> list[dict[str, Any]]:
    """Groups with their block and topics; examples are our phrases, `confirmed` texts are the municipality's."""
    examples = Counter(phrase.key for phrase in phrases())
    confirmed = confirmed_counts(request.municipality)
    blocks = dict(
        Block.objects.filter(municipality=request.municipality)
        .values_list("topics__group", "title")
        .distinct()
    )
    return [
        {
            "key": key,
            "title": GROUP_TITLES.get(key, key),
            "block": blocks.get(key, ""),
            "topics": [
                {"topic": row, "examples": examples[row.key], "confirmed": confirmed.get(row.key, 0)}
                for row in found
            ],
        }
        for key, found in groupby(rows, key=lambda row: row.group)
    ]
