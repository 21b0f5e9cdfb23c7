"""What a chart shows, before any drawing: rows with numbers, words and addresses. Plain data, JSON both ways. Pure.

Every word and number that a reader sees is written here by `common.words`; a drawing only places it.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Kind = Literal["days", "lines", "ranks", "split", "ahead", "spans", "way"]
Look = Literal["page", "svg", "png"]
SizeName = Literal["small", "wide", "wall"]

VERSION = 2
"""Grows with every change of a definition: what was drawn before is drawn anew."""


@dataclass(frozen=True)
class Point:
    """A mark: its name, number, what the number was counted from in words, and where its cases are listed.

    `before` is the period before, `low` and `high` bound the number or say what is usual.
    """

    name: str
    value: float | None
    said: str = ""
    base: str = ""
    before: float | None = None
    low: float | None = None
    high: float | None = None
    series: str = ""
    is_told: bool = False
    is_ahead: bool = False
    href: str = ""


@dataclass(frozen=True)
class Plot:
    """One chart: `title` is the finding, `names` heads the column of names, `mark` is a line to compare with."""

    kind: Kind
    title: str
    unit: str
    names: str
    points: tuple[Point, ...] = field(default_factory=tuple)
    mark: float | None = None
    mark_said: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing to draw: no row has a number."""
        return all(one.value is None for one in self.points)

    @property
    def most(self) -> float:
        """The greatest number any mark of it reaches."""
        reached = [number for one in self.points for number in (one.value, one.high, one.before) if number]
        return max(reached, default=0.0)


@dataclass(frozen=True)
class Order:
    """A plot to be drawn: the size of its place and the form it is wanted in."""

    plot: Plot
    size: SizeName = "small"
    look: Look = "page"

    def to_data(self) -> dict[str, Any]:
        """Plain data; `order_from` reads it back equal."""
        return asdict(self)

    @property
    def digest(self) -> str:
        """The same for the same drawing: definition, rows, size and form."""
        data = json.dumps([VERSION, self.to_data()], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(data.encode()).hexdigest()


def order_from(data: dict[str, Any]) -> Order:
    """The order of its plain data."""
    plot = dict(data["plot"])
    plot["points"] = tuple(Point(**one) for one in plot["points"])
    return Order(Plot(**plot), data["size"], data["look"])
