"""A page with a table saved under the name .xls, as some document systems print their lists."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from otklik.channels.importing.limits import PIECE
from otklik.channels.importing.readers.plain import encoding_of
from otklik.channels.importing.readers.sheet import Rows, Sheet, numbered
from otklik.channels.importing.values import Value


class _Table(HTMLParser):
    """Collects finished rows; text of a cell is joined from its parts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ready: list[list[Value]] = []
        self.row: list[Value] | None = None
        self.cell: list[str] | None = None
        self.span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._end_row()
            self.row = []
        elif tag in {"td", "th"} and self.row is not None:
            self._end_cell()
            self.cell = []
            width = dict(attrs).get("colspan") or "1"
            self.span = min(int(width), 100) if width.isdigit() else 1
        elif tag == "br" and self.cell is not None:
            self.cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._end_cell()
        elif tag in {"tr", "table"}:
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)

    def _end_cell(self) -> None:
        if self.cell is not None and self.row is not None:
            self.row.extend(["".join(self.cell).strip(), *[""] * (self.span - 1)])
        self.cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self.row:
            self.ready.append(self.row)
        self.row = None


def open_web(path: Path, title: str) -> list[Sheet]:
    """All rows of all tables of the page as one sheet."""
    encoding = encoding_of(path)

    def rows() -> Rows:
        return numbered(_parsed(path, encoding))

    return [Sheet(title, sum(1 for _ in rows()), rows)]


def _parsed(path: Path, encoding: str) -> Iterator[list[Value]]:
    parser = _Table()
    with path.open(encoding=encoding, errors="replace") as file:
        while piece := file.read(PIECE):
            parser.feed(piece)
            yield from parser.ready
            parser.ready = []
    parser.close()
    yield from parser.ready
