"""A sheet of rows, the one form every reader gives."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from otklik.channels.importing.faults import FileFault
from otklik.channels.importing.limits import MAX_COLUMNS, MAX_ROWS
from otklik.channels.importing.values import Value
from otklik.common.words import number

Rows = Iterator[tuple[int, Sequence[Value]]]


@dataclass(frozen=True)
class Sheet:
    """A named sheet; `total` counts its rows with headings, `rows` starts reading anew and may raise FileFault."""

    title: str
    total: int
    rows: Callable[[], Rows]


def numbered(rows: Iterator[Sequence[Value]]) -> Rows:
    """Rows with their numbers in the file, blank ones left out; a row too many or too wide is a FileFault."""
    for place, row in enumerate(rows, 1):
        if place > MAX_ROWS:
            raise FileFault(f"Строк больше {number(MAX_ROWS)}: разделите таблицу на несколько файлов.")
        cells = without_tail(row)
        if len(cells) > MAX_COLUMNS:
            raise FileFault(
                f"В строке {place} столбцов {number(len(cells))}, больше {MAX_COLUMNS}: "
                "уберите лишние столбцы или проверьте разделитель."
            )
        if cells:
            yield place, cells


def without_tail(row: Sequence[Value]) -> Sequence[Value]:
    """The row without empty cells at its end."""
    end = len(row)
    while end and row[end - 1] in (None, ""):
        end -= 1
    return row[:end]
