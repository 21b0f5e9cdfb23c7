"""What a tile gives to any reader, a screen or a report: plain data with the way to the cases behind. Pure."""

from dataclasses import dataclass

from otklik.analytics.charts.plot import Plot
from otklik.analytics.dashboards.tiles import Tile


@dataclass(frozen=True)
class Figure:
    """A cell: words as they are read, the number where it has one, and what the screen of cases is asked for it."""

    text: str
    value: float | None = None
    unit: str = ""
    behind: str = ""


@dataclass(frozen=True)
class FigureTable:
    """A table with heads; the first column names rows, `note` says what the rows leave out or are counted from.

    `whole` is a last row of its own: the figures of everything, shown rows and left out ones.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Figure, ...], ...]
    note: str = ""
    whole: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A tile with its figures: `said` is the finding, a number has `figure`, `base`, `change`, a chart its `plot`."""

    tile: Tile
    caption: str
    said: str
    table: FigureTable
    figure: Figure | None = None
    base: Figure | None = None
    change: str = ""
    past: str = ""
    plot: Plot | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing to show: no row has a number."""
        return all(cell.value is None for row in self.table.rows for cell in row[1:])
