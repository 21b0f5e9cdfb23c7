"""An operator's list of settlements as a table: name, kind, code, coordinates, population. Pure.

Called by `services.load_settlements`; `parted_settlement` reads «д. Сосновка» in lists of streets too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from otklik.common.errors import Refused
from otklik.places.gazetteer import SettlementFact
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
from otklik.places.points import Point, is_inside
from otklik.places.spelling import fold

Column = Literal["oktmo", "population", "lat", "lon", "kind", "name"]
HEADINGS: dict[Column, tuple[str, ...]] = {
    "oktmo": ("октмо", "oktmo"),
    "population": ("население", "численность", "population"),
    "lat": LATITUDE_HEADINGS,
    "lon": LONGITUDE_HEADINGS,
    "kind": ("тип", "вид", "статус", "kind", "type"),
    "name": ("населен", "наименование", "название", "нас. пункт", "нас пункт", "нп", "name"),
}
SETTLEMENT_KINDS = {
    "г": "г", "город": "г", "д": "д", "деревня": "д", "с": "с", "село": "с", "п": "п", "пос": "п",
    "поселок": "п", "х": "х", "хутор": "х", "рп": "рп", "р.п": "рп", "пгт": "пгт", "ст-ца": "ст-ца",
    "станица": "ст-ца", "рзд": "рзд", "разъезд": "рзд", "ст": "ст", "станция": "ст",
}  # fmt: skip
LONGEST_NAME = 120
OKTMO_DIGITS = (8, 11)


@dataclass(frozen=True)
class SettlementTable:
    """The whole file: which heading was taken for what, settlements, rows that could not be read."""

    columns: dict[str, str]
    facts: list[SettlementFact]
    bad: list[BadRow]


def read_settlements(content: bytes, boundary: Sequence[Sequence[Point]] = ()) -> SettlementTable:
    """The list as facts. Raises `Refused` when the file is no such table; a broken row only lands in `bad`.

    A row whose point lies outside of the boundary, where one is known, is broken too.
    """
    lines = numbered_lines(content)
    head = lines[0][1]
    places = columns_by_heading(head, HEADINGS)
    refuse_without(places, head, {"name": "населённый пункт"})
    facts: list[SettlementFact] = []
    bad: list[BadRow] = []
    for number, cells in lines[1:]:
        if not any(cells):
            continue
        try:
            facts.append(_fact({name: cell_of(cells, place) for name, place in places.items()}, boundary))
        except Refused as fault:
            bad.append(BadRow(number, "; ".join(cell for cell in cells if cell)[:200], str(fault)))
    return SettlementTable({str(name): head[place] for name, place in places.items()}, facts, bad)


def _fact(cells: dict[Column, str], boundary: Sequence[Sequence[Point]]) -> SettlementFact:
    name, kind = parted_settlement(cells["name"])
    kind = SETTLEMENT_KINDS.get(_key(cells.get("kind", ""))) or kind
    if not name or len(name) > LONGEST_NAME:
        raise Refused(f"Название не указано или длиннее {LONGEST_NAME} знаков.")
    if not kind:
        raise Refused("Не указан вид: город, посёлок, село, деревня, хутор, станица.")
    oktmo = "".join(cells.get("oktmo", "").split())
    if oktmo and not (oktmo.isdigit() and len(oktmo) in OKTMO_DIGITS):
        raise Refused(f"ОКТМО «{oktmo[:20]}» — не 8 и не 11 цифр.")
    population = "".join(cells.get("population", "").split())
    if population and not population.isdigit():
        raise Refused(f"Население «{population[:20]}» не число.")
    lat, lon = degrees(cells.get("lat", ""), LATITUDES), degrees(cells.get("lon", ""), LONGITUDES)
    if (lat is None) != (lon is None):
        raise Refused("Указана только одна координата.")
    if boundary and lat is not None and lon is not None and not is_inside(boundary, lat, lon):
        raise Refused("Точка вне границ муниципалитета.")
    return SettlementFact(name, kind, oktmo, lat, lon, int(population) if population else None)


def parted_settlement(cell: str) -> tuple[str, str]:
    """Name and kind: «г. Боровичи», «Ёгла д», «Сосновка»."""
    words = cell.split()
    for place in (0, -1):
        kind = SETTLEMENT_KINDS.get(_key(words[place])) if len(words) > 1 else None
        if kind:
            del words[place]
            return " ".join(words), kind
    return " ".join(words), ""


def _key(word: str) -> str:
    return fold(word).strip(" .,")
