"""The starter list of threats: our own texts by the practice of centres, to be looked through by the town. Data."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from otklik.risks.campaigns.seasons import Edge, Season
from otklik.risks.campaigns.words import KINDS

FILE = Path(__file__).parent / "data" / "threats.csv"


@dataclass(frozen=True)
class StarterThreat:
    """A line of the list; days are those of the middle belt."""

    key: str
    title: str
    kind: str
    gist: str
    advice: str
    audience: str
    message: str
    check_words: str
    topics: tuple[str, ...]
    season: Season
    warn_weeks: int


@cache
def starter_threats() -> tuple[StarterThreat, ...]:
    """All lines. Raises ValueError naming the line with an unknown kind or an impossible day."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_line(number, row) for number, row in enumerate(csv.DictReader(file), start=2))


def _line(number: int, row: dict[str, str]) -> StarterThreat:
    if row["kind"] not in KINDS:
        raise ValueError(f"{FILE.name}:{number}: unknown kind {row['kind']}")
    season = Season(Edge(row["begins"], row["begins_by"]), Edge(row["ends"], row["ends_by"]))
    return StarterThreat(
        key=row["key"],
        title=row["title"],
        kind=row["kind"],
        gist=row["gist"],
        advice=row["advice"],
        audience=row["audience"],
        message=row["message"],
        check_words=row["check"],
        topics=tuple(key for key in row["topics"].split(";") if key),
        season=season,
        warn_weeks=int(row["warn_weeks"]),
    )
