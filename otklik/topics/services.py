"""Deeds of the topic tree: loading it and the charter's blocks, and suggesting topics for messages."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from otklik.audit.services import record
from otklik.charter.schema import Charter
from otklik.common.keeping import keep_rows
from otklik.common.models import Municipality
from otklik.topics import tree
from otklik.topics.kept import own_path
from otklik.topics.models import Block, Topic
from otklik.topics.rules import Suggestion

if TYPE_CHECKING:
    from otklik.topics.learning import Floats
    from otklik.topics.retraining import Learning
    from otklik.topics.suggester import Suggester


def suggest_topic(text: str, embedding: "Floats | None" = None) -> Suggestion:
    """The likeliest topic of one text; `embedding` is its row of `language.embed`, if already made."""
    return suggest_topics([text], None if embedding is None else embedding.reshape(1, -1))[0]


def suggest_topics(
    texts: Sequence[str], embeddings: "Floats | None" = None, town: str = ""
) -> list[Suggestion]:
    """The likeliest topics of many texts, in their order; far cheaper than one by one.

    A municipality's key lets what it has learnt from its own labels speak, where there is such.
    """
    return ((_own(town) if town else None) or _suggester()).suggest(texts, embeddings)


def warm() -> None:
    """Load the models, or build them (some ten seconds once), before the first message waits for them."""
    suggest_topic("На улице не горит фонарь")


def learn_own(labels: Sequence[tuple[str, str]], municipality: Municipality) -> "Learning":
    """Learn from the municipality's confirmed (masked text, topic key) pairs; kept and used only when better.

    Raises `Refused` when there are too few. The common model is what it is compared with, and stays.
    """
    from otklik.topics.retraining import learn
    from otklik.topics.suggester import keep

    learning, learnt = learn(labels, _suggester())
    if learning.is_better:
        keep(learnt, own_path(_folder(), municipality.key))
        record(municipality, "topics.learnt", None, municipality, details=asdict(learning))
    return learning


def learnt_at(municipality: Municipality) -> datetime | None:
    """When the municipality's own model was learnt; None while the common one speaks."""
    path = own_path(_folder(), municipality.key)
    return datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.is_file() else None


def load_topics() -> int:
    """Bring the table in line with topics.csv; returns the number of topics. A topic gone from the file is
    closed, never removed: cases still name it.
    """
    cards = tree.topic_cards()
    with transaction.atomic():
        wanted = {
            card.key: {
                "group": card.group,
                "title": card.title,
                "codes": list(card.codes),
                "solvable": card.solvable,
                "fast_track": card.fast_track,
                "threshold": card.threshold,
                "position": position,
                "is_open": True,
            }
            for position, card in enumerate(cards)
        }
        keep_rows(Topic, wanted)
        Topic.objects.exclude(key__in=[card.key for card in cards]).update(is_open=False)
    return len(cards)


def load_blocks(charter: Charter, municipality: Municipality) -> int:
    """Divide the open topics among the charter's blocks; what no block names goes to its catch-all block.

    Returns the number of blocks; blocks that the charter no longer has are removed with their division.
    """
    topics = list(Topic.objects.filter(is_open=True))
    named = {group for block in charter.blocks.values() for group in block.groups}
    with transaction.atomic():
        wanted = {
            part.key: {"title": part.title, "is_catch_all": part.catch_all, "position": position}
            for position, part in enumerate(charter.blocks.values())
        }
        blocks = keep_rows(Block, wanted, municipality=municipality)
        _divide(
            {
                (blocks[part.key].pk, topic.pk)
                for part in charter.blocks.values()
                for topic in topics
                if topic.group in part.groups or (part.catch_all and topic.group not in named)
            },
            municipality,
        )
        Block.objects.filter(municipality=municipality).exclude(key__in=charter.blocks).delete()
    return len(charter.blocks)


def _divide(wanted: set[tuple[int, int]], municipality: Municipality) -> None:
    """Let the blocks answer for exactly these topics: (block, topic) by their keys."""
    division = Block.topics.through
    rows = division.objects.filter(block__municipality=municipality).values_list("pk", "block_id", "topic_id")
    known = {(block, topic): pk for pk, block, topic in rows}
    division.objects.filter(pk__in=[known[pair] for pair in known.keys() - wanted]).delete()
    division.objects.bulk_create(
        division(block_id=block, topic_id=topic) for block, topic in sorted(wanted - known.keys())
    )


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "models"


@cache
def _suggester() -> "Suggester":
    # Its learning library takes seconds and 150 MB to load: processes that never suggest do without it.
    from otklik.topics.suggester import open_suggester

    return open_suggester(_folder())


def _own(town: str) -> "Suggester | None":
    """The municipality's own suggester; one learnt a minute ago by another process is met at once."""
    path = own_path(_folder(), town)
    return _read_own(path, path.stat().st_mtime_ns) if path.is_file() else None


@lru_cache(maxsize=8)
def _read_own(path: Path, changed: int) -> "Suggester | None":
    from otklik.topics.suggester import read_kept

    return read_kept(path)
