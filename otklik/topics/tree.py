"""The topic tree and what it is taught by, as they stand in `data/`: topics, example phrases, frames of letters.

Read by `services.load_topics` and by the suggester. To add a topic see docs/recipes/add-a-topic.md.
"""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
THRESHOLD = 0.85
"""Below it a person decides. On labelled exports of two regions (2372 and 1395 messages) 38 and 44 of 100
suggestions are at or above it; of these 9 in 100 name another group than most messages of the same label do. That
counts the exports' own noise too: the same text wears different labels in 21 and 14 cases of 100."""


@dataclass(frozen=True, slots=True)
class TopicCard:
    """One row of topics.csv; `codes` are of the state classifier of appeals, version of 31.10.2025."""

    key: str
    group: str
    title: str
    codes: tuple[str, ...]
    solvable: bool
    fast_track: bool
    threshold: float
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a citizen could write about a topic."""

    key: str
    text: str


@cache
def topic_cards() -> tuple[TopicCard, ...]:
    """All topics in the order of the file."""
    return tuple(
        TopicCard(
            key=row["key"],
            group=row["group"],
            title=row["title"],
            codes=_listed(row["codes"]),
            solvable=row["solvable"] == "yes",
            fast_track=row["fast_track"] == "yes",
            threshold=float(row["threshold"] or THRESHOLD),
            keywords=_listed(row["keywords"]),
        )
        for row in _rows(DATA / "topics.csv")
    )


@cache
def phrases() -> tuple[Phrase, ...]:
    """Example phrases of all topics, file by file."""
    return tuple(
        Phrase(row["key"], row["phrase"])
        for path in sorted((DATA / "phrases").glob("*.csv"))
        for row in _rows(path)
    )


@cache
def frames() -> dict[str, tuple[str, ...]]:
    """Sentences that stand in letters about anything, by place in the letter: open, place, close."""
    found: dict[str, list[str]] = {}
    for row in _rows(DATA / "frames.csv"):
        found.setdefault(row["part"], []).append(row["text"])
    return {part: tuple(texts) for part, texts in found.items()}


def digest() -> str:
    """Changes with any byte of the data."""
    total = hashlib.sha256()
    for path in sorted(DATA.rglob("*.csv")):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()[:16]


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
