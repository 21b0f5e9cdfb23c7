"""Deeds of the topic tree: loading it and the charter's blocks, and suggesting topics for messages."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from otklik.charter.schema import Charter
from otklik.common.models import Municipality
from otklik.topics import tree
from otklik.topics.models import Block, Topic
from otklik.topics.rules import Suggestion

if TYPE_CHECKING:
    from otklik.topics.learning import Floats
    from otklik.topics.suggester import Suggester


def suggest_topic(text: str, embedding: "Floats | None" = None) -> Suggestion:
    """The likeliest topic of one text; `embedding` is its row of `language.embed`, if already made."""
    return suggest_topics([text], None if embedding is None else embedding.reshape(1, -1))[0]


def suggest_topics(texts: Sequence[str], embeddings: "Floats | None" = None) -> list[Suggestion]:
    """The likeliest topics of many texts, in their order; far cheaper than one by one."""
    return _suggester().suggest(texts, embeddings)


def load_topics() -> int:
    """Bring the table in line with topics.csv; returns the number of topics. A topic gone from the file is
    closed, never removed: cases still name it.
    """
    cards = tree.topic_cards()
    with transaction.atomic():
        for position, card in enumerate(cards):
            Topic.objects.update_or_create(
                key=card.key,
                defaults={
                    "group": card.group,
                    "title": card.title,
                    "codes": list(card.codes),
                    "solvable": card.solvable,
                    "fast_track": card.fast_track,
                    "threshold": card.threshold,
                    "position": position,
                    "is_open": True,
                },
            )
        Topic.objects.exclude(key__in=[card.key for card in cards]).update(is_open=False)
    return len(cards)


def load_blocks(charter: Charter, municipality: Municipality) -> int:
    """Divide the open topics among the charter's blocks; what no block names goes to its catch-all block.

    Returns the number of blocks; blocks that the charter no longer has are removed with their division.
    """
    topics = list(Topic.objects.filter(is_open=True))
    named = {group for block in charter.blocks.values() for group in block.groups}
    with transaction.atomic():
        for position, part in enumerate(charter.blocks.values()):
            block, _ = Block.objects.update_or_create(
                municipality=municipality,
                key=part.key,
                defaults={"title": part.title, "is_catch_all": part.catch_all, "position": position},
            )
            block.topics.set(
                topic
                for topic in topics
                if topic.group in part.groups or (part.catch_all and topic.group not in named)
            )
        Block.objects.filter(municipality=municipality).exclude(key__in=charter.blocks).delete()
    return len(charter.blocks)


@cache
def _suggester() -> "Suggester":
    # Its learning library takes seconds and 150 MB to load: processes that never suggest do without it.
    from otklik.topics.suggester import open_suggester

    return open_suggester(Path(settings.DATA_DIR) / "models")
