"""From sheets to records under headings: finds the heading row, leaves repeats out, tells which sheets do not fit."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from otklik.channels.importing.faults import FileFault
from otklik.channels.importing.headings import SCAN_ROWS, Headings, Record, find_headings, is_repeat_of
from otklik.channels.importing.layout import Layout
from otklik.channels.importing.readers.opening import open_sheets
from otklik.channels.importing.readers.sheet import Rows, Sheet

NO_HEADINGS = "В таблице не нашлось шапки: первая строка должна называть столбцы."


@dataclass(frozen=True)
class Line:
    """One data row of the file with its number in it."""

    number: int
    record: Record


@dataclass(frozen=True)
class Glance:
    """What a file looks like before it is taken in: headings, about how many rows, the first of them."""

    headings: Headings
    total: int
    first: tuple[Record, ...]


def look_into(path: Path, name: str = "", layout: Layout | None = None, rows: int = 20) -> Glance:
    """The first sheet that has headings (those of the layout when given). Raises FileFault."""
    shown: Headings | None = None
    total = 0
    glance: Glance | None = None
    with open_sheets(path, name) as sheets:
        for sheet in sheets:
            headings, lines = _under_headings(sheet, layout)
            if headings.titles:
                shown = shown or headings
                if layout is None or not layout.missing(headings):
                    total += sheet.total
                    first = () if glance else tuple(line.record for line in islice(lines, rows))
                    glance = glance or Glance(headings, 0, first)
    if glance is None:
        raise _no_fit(shown, layout)
    return Glance(glance.headings, total, glance.first)


def lines_of(path: Path, layout: Layout, name: str = "") -> Iterator[Line]:
    """Data rows of every sheet that has the layout's columns, in the file's order. Raises FileFault on the way."""
    with open_sheets(path, name) as sheets:
        for sheet in sheets:
            headings, lines = _under_headings(sheet, layout)
            if headings.titles and not layout.missing(headings):
                yield from lines


def _under_headings(sheet: Sheet, layout: Layout | None) -> tuple[Headings, Iterator[Line]]:
    rows = sheet.rows()
    head = list(islice(rows, SCAN_ROWS))
    headings, used = find_headings([cells for _, cells in head], layout.names() if layout else ())
    return headings, _lines(headings, chain(head[used:], rows))


def _lines(headings: Headings, rows: Rows) -> Iterator[Line]:
    for number, cells in rows:
        if not is_repeat_of(headings, cells):
            yield Line(number, headings.record(cells))


def _no_fit(shown: Headings | None, layout: Layout | None) -> FileFault:
    if shown is None or layout is None:
        return FileFault(NO_HEADINGS)
    there = ", ".join(f"«{title}»" for title in shown.titles[:12])
    missing = layout.missing(shown)
    if not missing:
        return FileFault(NO_HEADINGS)
    return FileFault(f"В таблице нет столбца «{missing[0]}»; есть {there}.")
