"""An operator's list of streets as a table: which column means what, and what each row says. Pure.

Called by `services.load_streets`. Lists come from the address register and from spreadsheets, so headings differ,
kinds stand beside names or in a column of their own, and a few rows are always broken.
"""

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from otklik.common.errors import Refused
from otklik.places.gazetteer import SettlementFact, StreetFact
from otklik.places.spelling import fold
from otklik.places.street_names import WHOLE_KIND_WORDS, is_kind_word, kind_of

Column = Literal["settlement", "kind", "name", "lat", "lon"]
# Beginnings of folded headings, the telling ones first: «улица» in «тип улицы» must not win the name.
HEADINGS: dict[Column, tuple[str, ...]] = {
    "settlement": ("населен", "нас. пункт", "нас пункт", "нп", "город", "село", "settlement"),
    "kind": ("тип", "вид", "kind", "type"),
    "lat": ("широта", "lat"),
    "lon": ("долгота", "lon", "lng"),
    "name": ("улица", "наименование", "название", "элемент улично", "street", "name"),
}
SETTLEMENT_KINDS = {
    "г": "г", "город": "г", "д": "д", "деревня": "д", "с": "с", "село": "с", "п": "п", "пос": "п",
    "поселок": "п", "х": "х", "хутор": "х", "рп": "рп", "р.п": "рп", "пгт": "пгт", "ст-ца": "ст-ца",
    "станица": "ст-ца", "рзд": "рзд", "разъезд": "рзд", "ст": "ст", "станция": "ст",
}  # fmt: skip
Fits = Callable[[str], bool]
LONGEST_NAME, LONGEST_KIND, MOST_ROWS = 160, 20, 100_000
_ABBREVIATED = re.compile(r"^(\w+\.)(?=\w)")  # «ул.Ленина»
LATITUDES, LONGITUDES = (41.0, 82.0), (-180.0, 180.0)


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was not taken: its number in the file, its cells, and what to mend."""

    number: int
    cells: str
    message: str


@dataclass(frozen=True, slots=True)
class StreetRow:
    """A street of a row; `settlement_kind` is empty when the row does not tell a town from a village."""

    number: int
    settlement_kind: str
    fact: StreetFact


@dataclass(frozen=True)
class StreetTable:
    """The whole file: which heading was taken for what, streets, rows that could not be read."""

    columns: dict[Column, str]
    rows: list[StreetRow]
    bad: list[BadRow]


def read_table(content: bytes, settlements: Sequence[SettlementFact]) -> StreetTable:
    """The list as rows. Raises `Refused` when the file is no such table; a broken row only lands in `bad`."""
    lines = list(_lines(content))
    if len(lines) < 2:
        raise Refused("В файле нет строк: нужна шапка и хотя бы одна улица.")
    if len(lines) > MOST_ROWS:
        raise Refused(f"В файле больше {MOST_ROWS} строк: разделите его на части.")
    head, body = lines[0][1], lines[1:]
    places = guess_columns(head, [cells for _, cells in body[:200]], {fold(one.name) for one in settlements})
    known = {(fold(one.name), one.kind) for one in settlements}
    rows: list[StreetRow] = []
    bad: list[BadRow] = []
    for number, cells in body:
        if not any(cells):
            continue
        try:
            rows.append(_row(number, {name: _cell(cells, place) for name, place in places.items()}, known))
        except Refused as fault:
            bad.append(BadRow(number, "; ".join(cell for cell in cells if cell)[:200], str(fault)))
    return StreetTable({name: head[place] for name, place in places.items()}, rows, bad)


def guess_columns(
    head: Sequence[str], rows: Sequence[Sequence[str]], settlements: set[str]
) -> dict[Column, int]:
    """Column -> its place, by the headings, then by the contents. Raises `Refused` without the two needed ones."""
    found: dict[Column, int] = {}
    for name, starts in HEADINGS.items():
        free = [place for place in range(len(head)) if place not in found.values()]
        by_start = ((starts_at, place) for place in free if (starts_at := _start(head[place], starts)) >= 0)
        best = min(by_start, default=None)
        if best:
            found[name] = best[1]
    if "settlement" not in found:
        _guess(found, "settlement", head, rows, lambda cell: _settlement(cell)[0] in settlements)
    if "name" not in found:
        _guess(found, "name", head, rows, lambda cell: bool(cell) and _parted(cell)[0] != "")
    for name, words in (("settlement", "населённый пункт"), ("name", "улица")):
        if name not in found:
            there = ", ".join(f"«{title}»" for title in head if title)
            raise Refused(f"В таблице не нашлось столбца «{words}»; есть {there}.")
    return found


def _start(heading: str, starts: tuple[str, ...]) -> int:
    return next((place for place, start in enumerate(starts) if fold(heading).startswith(start)), -1)


def _guess(
    found: dict[Column, int], name: Column, head: Sequence[str], rows: Sequence[Sequence[str]], fits: Fits
) -> None:
    """The free column most of whose cells fit, if most do."""
    for place in range(len(head)):
        cells = [_cell(row, place) for row in rows]
        if place not in found.values() and cells and sum(map(fits, cells)) * 2 > len(cells):
            found[name] = place
            return


def _row(number: int, cells: dict[Column, str], known: set[tuple[str, str]]) -> StreetRow:
    key, settlement_kind = _settlement(cells["settlement"])
    if not key:
        raise Refused("Не указан населённый пункт.")
    kinds = {kind for name, kind in known if name == key}
    if not kinds or (settlement_kind and settlement_kind not in kinds):
        raise Refused(f"Населённого пункта «{cells['settlement'][:60]}» нет в справочнике.")
    kind, name = _parted(cells["name"])
    if not name:
        raise Refused("Не указана улица.")
    if len(name) > LONGEST_NAME:
        raise Refused(f"Название улицы длиннее {LONGEST_NAME} знаков.")
    lat, lon = _degrees(cells.get("lat", ""), LATITUDES), _degrees(cells.get("lon", ""), LONGITUDES)
    if (lat is None) != (lon is None):
        raise Refused("Указана только одна координата.")
    said = cells.get("kind", "")[:LONGEST_KIND]
    fact = StreetFact(key, name, _kind(said) or said or kind or "ул.", lat, lon)
    return StreetRow(number, settlement_kind, fact)


def _settlement(cell: str) -> tuple[str, str]:
    """Folded name and kind: «г. Боровичи», «Ёгла д», «Сосновка»."""
    words = cell.split()
    for place in (0, -1):
        kind = SETTLEMENT_KINDS.get(fold(words[place]).strip(".,")) if len(words) > 1 else None
        if kind:
            del words[place]
            return fold(" ".join(words)), kind
    return fold(" ".join(words)), ""


def _parted(cell: str) -> tuple[str, str]:
    """Kind and name of «ул. Ленина», «Ленина ул», «Садовый пер.»; the kind is empty when it is not said."""
    words = _ABBREVIATED.sub(r"\1 ", cell).split()
    # «Набережная ул.» is a street named so: a shortened kind outweighs a whole word at the other end.
    for whole in (False, True):
        for place in (0, -1):
            kind = _kind(words[place]) if len(words) > 1 and _is_whole(words[place]) is whole else ""
            if kind:
                del words[place]
                return kind, " ".join(words)
    return "", cell


def _kind(word: str) -> str:
    found = kind_of(_key(word)) if is_kind_word(_key(word)) else None
    return found[0] if found else ""


def _is_whole(word: str) -> bool:
    return _key(word) in WHOLE_KIND_WORDS and _key(word) != "улица"


def _key(word: str) -> str:
    return fold(word).strip(" .,")


def _degrees(cell: str, limits: tuple[float, float]) -> float | None:
    if not cell:
        return None
    try:
        degrees = float(cell.replace(",", "."))
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


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
