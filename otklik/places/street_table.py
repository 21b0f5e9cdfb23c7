"""An operator's list of streets as a table: which column means what, and what each row says. Pure.

Called by `services.load_streets`. Lists come from the address register and from spreadsheets, so headings differ,
kinds stand beside names or in a column of their own, and a few rows are always broken.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from otklik.common.errors import Refused
from otklik.places.gazetteer import SettlementFact, StreetFact
from otklik.places.lists import (
    LATITUDE_HEADINGS,
    LATITUDES,
    LONGITUDE_HEADINGS,
    LONGITUDES,
    BadRow,
    cell_of,
    columns_by_heading,
    degrees,
    numbered_lines,
    refuse_without,
)
from otklik.places.settlement_table import parted_settlement
from otklik.places.spelling import fold
from otklik.places.street_names import WHOLE_KIND_WORDS, is_kind_word, kind_of

Column = Literal["settlement", "kind", "name", "lat", "lon"]
# Beginnings of folded headings, the telling ones first: «улица» in «тип улицы» must not win the name.
HEADINGS: dict[Column, tuple[str, ...]] = {
    "settlement": ("населен", "нас. пункт", "нас пункт", "нп", "город", "село", "settlement"),
    "kind": ("тип", "вид", "kind", "type"),
    "lat": LATITUDE_HEADINGS,
    "lon": LONGITUDE_HEADINGS,
    "name": ("улица", "наименование", "название", "элемент улично", "street", "name"),
}
Fits = Callable[[str], bool]
LONGEST_NAME, LONGEST_KIND = 160, 20
_ABBREVIATED = re.compile(r"^(\w+\.)(?=\w)")  # «ул.Ленина»


@dataclass(frozen=True, slots=True)
class StreetRow:
    """A street of a row; `settlement_kind` is empty when the row does not tell a town from a village."""

    number: int
    settlement_kind: str
    fact: StreetFact


@dataclass(frozen=True)
class StreetTable:
    """The whole file: which heading was taken for what, streets, rows that could not be read."""

    columns: dict[str, str]
    rows: list[StreetRow]
    bad: list[BadRow]


def read_table(content: bytes, settlements: Sequence[SettlementFact]) -> StreetTable:
    """The list as rows. Raises `Refused` when the file is no such table; a broken row only lands in `bad`."""
    lines = numbered_lines(content)
    head, body = lines[0][1], lines[1:]
    places = guess_columns(head, [cells for _, cells in body[:200]], {fold(one.name) for one in settlements})
    known = {(fold(one.name), one.kind) for one in settlements}
    rows: list[StreetRow] = []
    bad: list[BadRow] = []
    for number, cells in body:
        if not any(cells):
            continue
        try:
            rows.append(_row(number, {name: cell_of(cells, place) for name, place in places.items()}, known))
        except Refused as fault:
            bad.append(BadRow(number, "; ".join(cell for cell in cells if cell)[:200], str(fault)))
    return StreetTable({str(name): head[place] for name, place in places.items()}, rows, bad)


def guess_columns(
    head: Sequence[str], rows: Sequence[Sequence[str]], settlements: set[str]
) -> dict[Column, int]:
    """Column -> its place, by the headings, then by the contents. Raises `Refused` without the two needed ones."""
    found = columns_by_heading(head, HEADINGS)
    if "settlement" not in found:
        _guess(found, "settlement", head, rows, lambda cell: fold(parted_settlement(cell)[0]) in settlements)
    if "name" not in found:
        _guess(found, "name", head, rows, lambda cell: bool(cell) and _parted(cell)[0] != "")
    refuse_without(found, head, {"settlement": "населённый пункт", "name": "улица"})
    return found


def _guess(
    found: dict[Column, int], name: Column, head: Sequence[str], rows: Sequence[Sequence[str]], fits: Fits
) -> None:
    """The free column most of whose cells fit, if most do."""
    for place in range(len(head)):
        cells = [cell_of(row, place) for row in rows]
        if place not in found.values() and cells and sum(map(fits, cells)) * 2 > len(cells):
            found[name] = place
            return


def _row(number: int, cells: dict[Column, str], known: set[tuple[str, str]]) -> StreetRow:
    said, settlement_kind = parted_settlement(cells["settlement"])
    key = fold(said)
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
    lat, lon = degrees(cells.get("lat", ""), LATITUDES), degrees(cells.get("lon", ""), LONGITUDES)
    if (lat is None) != (lon is None):
        raise Refused("Указана только одна координата.")
    kind_said = cells.get("kind", "")[:LONGEST_KIND]
    fact = StreetFact(key, name, _kind(kind_said) or kind_said or kind or "ул.", lat, lon)
    return StreetRow(number, settlement_kind, fact)


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
