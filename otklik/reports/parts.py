"""What a document is made of, before any medium: headings, sentences, tables, bars. Plain data, JSON both ways.

A composer writes through `Writing`, which numbers what it adds; renderers read `Document` and nothing else, so a
frozen document gives the same figures in every form and in any year.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from otklik.common.words import number as written
from otklik.common.words import percent, tie

Kind = Literal["text", "count", "share", "score", "hours", "change"]


@dataclass(frozen=True)
class Cell:
    """A cell as it is read, its number where it has one, and the address of the cases behind it."""

    text: str
    value: float | None = None
    kind: Kind = "text"
    link: str = ""


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Table:
    """`widths` are parts of the line; with `has_total` the last row sums the others."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    has_total: bool = False


@dataclass(frozen=True)
class Bar:
    """Outline is what was before, filling is what is now."""

    label: str
    before: int
    now: int


@dataclass(frozen=True)
class Bars:
    title: str
    items: tuple[Bar, ...]


Part = Heading | Paragraph | Table | Bars
_KINDS: dict[str, type[Part]] = {"heading": Heading, "paragraph": Paragraph, "table": Table, "bars": Bars}
_NAMES = {kind: name for name, kind in _KINDS.items()}


@dataclass(frozen=True)
class Document:
    """A paper ready for any medium. `number` and `day` are empty in a draft, `confirmed` grows before signing."""

    heading: str
    subject: str
    period: str
    centre: str
    addressee: str
    signer: str
    parts: tuple[Part, ...]
    number: str = ""
    day: str = ""
    confirmed: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    foot: str = ""

    @property
    def title(self) -> str:
        """«АНАЛИТИЧЕСКАЯ ЗАПИСКА № 19»; a draft says so, a list of a day has a day and no number."""
        name = self.heading.upper()
        if self.number:
            return f"{name} №\u00a0{self.number}"
        return name if self.day else f"{name} (проект)"

    @property
    def tables(self) -> list[Table]:
        return [part for part in self.parts if isinstance(part, Table)]

    def to_data(self) -> dict[str, Any]:
        """Plain data for freezing; `document_from` reads it back equal."""
        parts = [{"part": _NAMES[type(part)], **asdict(part)} for part in self.parts]
        return {**asdict(self), "parts": parts}


def document_from(data: dict[str, Any]) -> Document:
    """The document of its plain data."""
    lists = ("confirmed", "signature", "attachments")
    return Document(
        **{
            **data,
            **{name: tuple(data[name]) for name in lists},
            "parts": tuple(_part_from(one) for one in data["parts"]),
        }
    )


def _part_from(data: dict[str, Any]) -> Part:
    made = {name: value for name, value in data.items() if name != "part"}
    match data["part"]:
        case "table":
            rows = tuple(tuple(Cell(**cell) for cell in row) for row in made["rows"])
            return Table(
                made["title"], tuple(made["head"]), rows, tuple(made["widths"]), bool(made["has_total"])
            )
        case "bars":
            return Bars(made["title"], tuple(Bar(**one) for one in made["items"]))
        case name:
            return _KINDS[name](**made)


@dataclass
class Writing:
    """Parts in the order they are written; headings, tables and charts get their numbers here."""

    parts: list[Part] = field(default_factory=list)
    _headings: int = 0
    _tables: int = 0
    _charts: int = 0

    def head(self, text: str) -> None:
        self._headings += 1
        self.parts.append(Heading(f"{self._headings}. {tie(text)}"))

    def subhead(self, text: str) -> None:
        self.parts.append(Heading(tie(text), 2))

    def say(self, *sentences: str) -> None:
        """One paragraph of the sentences that are not empty; nothing when all are."""
        text = " ".join(one for one in sentences if one)
        if text:
            self.parts.append(Paragraph(tie(text)))

    def table(
        self,
        title: str,
        head: Sequence[str],
        rows: Iterable[Sequence[Cell]],
        widths: Sequence[float],
        has_total: bool = False,
    ) -> None:
        """A table «Таблица 1 — …»; one without rows is left out."""
        made = tuple(tuple(row) for row in rows)
        if not made:
            return
        self._tables += 1
        name = tie(f"Таблица {self._tables} — {title}")
        self.parts.append(Table(name, tuple(head), made, tuple(widths), has_total))

    def bars(self, title: str, items: Iterable[Bar]) -> None:
        made = tuple(items)
        if not made:
            return
        self._charts += 1
        self.parts.append(Bars(tie(f"Диаграмма {self._charts} — {title}"), made))


def text_cell(text: str, link: str = "") -> Cell:
    return Cell(tie(text), link=link)


def count_cell(value: int, link: str = "") -> Cell:
    return Cell(written(value), value, "count", link)


def change_cell(now: int, was: int) -> Cell:
    """«+9», «−2», «0»."""
    return Cell(signed(now - was), now - was, "change")


def of_cell(part: int, whole: int, link: str = "") -> Cell:
    """«368 из 396»; a dash where there is nothing to divide by."""
    if not whole:
        return Cell("—", kind="share")
    return Cell(f"{written(part)} из\u00a0{written(whole)}", part / whole, "share", link)


def share_cell(part: int, whole: int) -> Cell:
    """«93 % (368 из 396)»."""
    if not whole:
        return Cell("—", kind="share")
    return Cell(f"{percent(part / whole)} ({written(part)} из\u00a0{written(whole)})", part / whole, "share")


def score_cell(total: int, scores: int) -> Cell:
    """The mean of 1…5 with one digit after the comma."""
    return Cell(written(total / scores, 1), total / scores, "score") if scores else Cell("—", kind="score")


def hours_cell(hours: float | None) -> Cell:
    return Cell("—", kind="hours") if hours is None else Cell(written(hours), hours, "hours")


def signed(value: int) -> str:
    return f"+{written(value)}" if value > 0 else written(value)
