"""Reading of an operator's CSV list: encoding, separator, columns by their headings, coordinates. Pure.

Shared by lists of streets and of settlements.
"""

import csv
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from otklik.common.errors import Refused
from otklik.places.spelling import fold

Name = TypeVar("Name", bound=str)
MOST_ROWS = 100_000
LATITUDES, LONGITUDES = (41.0, 82.0), (-180.0, 180.0)
LATITUDE_HEADINGS = ("широта", "lat", "geo_lat", "северная широта", "с.ш", "с. ш", "координата широт")
LONGITUDE_HEADINGS = (
    "долгота",
    "lon",
    "lng",
    "geo_lon",
    "восточная долгота",
    "в.д",
    "в. д",
    "координата долгот",
)
# «58°25′48,5″ с. ш.»: degrees, minutes, seconds and a side of the world that our country does not need told.
_PARTED = re.compile(
    r"^(\d+(?:\.\d+)?)°\s*(?:(\d+)[′'’]\s*)?(?:([\d.]+)[″\"”]\s*)?(?:[свnec][.\s]*[шд]?\.?)?$", re.I
)


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was not taken: its number in the file, its cells, and what to mend."""

    number: int
    cells: str
    message: str


def numbered_lines(content: bytes) -> list[tuple[int, list[str]]]:
    """The heading and the rows with their numbers. Raises `Refused` when there is nothing to read."""
    lines = list(_lines(content))
    if len(lines) < 2:
        raise Refused("В файле нет строк: нужна шапка и хотя бы одна строка под ней.")
    if len(lines) > MOST_ROWS:
        raise Refused(f"В файле больше {MOST_ROWS} строк: разделите его на части.")
    return lines


def columns_by_heading(head: Sequence[str], headings: Mapping[Name, tuple[str, ...]]) -> dict[Name, int]:
    """Column -> its place; a heading is known by its beginning, earlier beginnings are surer."""
    found: dict[Name, int] = {}
    for name, starts in headings.items():
        free = [place for place in range(len(head)) if place not in found.values()]
        by_start = ((starts_at, place) for place in free if (starts_at := _start(head[place], starts)) >= 0)
        best = min(by_start, default=None)
        if best:
            found[name] = best[1]
    return found


def refuse_without(found: Collection[str], head: Sequence[str], needed: Mapping[str, str]) -> None:
    """Raise `Refused` that names the missing column and those that are there."""
    for name, words in needed.items():
        if name not in found:
            there = ", ".join(f"«{title}»" for title in head if title)
            raise Refused(f"В таблице не нашлось столбца «{words}»; есть {there}.")


def _start(heading: str, starts: tuple[str, ...]) -> int:
    return next((place for place, start in enumerate(starts) if fold(heading).startswith(start)), -1)


def degrees(cell: str, limits: tuple[float, float]) -> float | None:
    """A coordinate: «58.43», «58,43», «58°25′48″ с. ш.»; None of an empty cell. Raises `Refused`."""
    if not cell:
        return None
    plain = cell.replace(",", ".")
    parted = _PARTED.match(plain)
    try:
        whole, minutes, seconds = (
            (float(one or 0) for one in parted.groups()) if parted else (float(plain), 0, 0)
        )
        degrees = whole + minutes / 60 + seconds / 3600
    except ValueError:
        raise Refused(f"Координата «{cell[:40]}» не число.") from None
    if not limits[0] <= degrees <= limits[1]:
        raise Refused(f"Координата {cell[:40]} вне России.")
    return degrees


def _lines(content: bytes) -> Iterable[tuple[int, list[str]]]:
    """Numbered rows with trimmed cells; the separator is the one the first line has most of."""
    text = _decoded(content)
    head = text.split("\n", 1)[0]
    separator = max(";,\t|", key=head.count)
    try:
        for number, cells in enumerate(csv.reader(text.splitlines(), delimiter=separator), 1):
            yield number, [" ".join(cell.split()) for cell in cells]
    except csv.Error as error:
        raise Refused("Файл не прочитан как CSV: в строке слишком длинная ячейка.") from error


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        raise Refused("Это не CSV. Сохраните таблицу как CSV в UTF-8 или Windows-1251.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")


def cell_of(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
