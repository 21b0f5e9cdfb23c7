"""Tiles as a person composes them: numbered fields of one form, read back as data and kept through every press."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from otklik.analytics.dashboards.tiles import CUTS, KINDS, MOST_TILES, SPANS, Tile, tiles_from
from otklik.analytics.measures import GROUPS
from otklik.common.errors import Refused

WIDTHS = {"": "узкая", "1": "широкая"}
FIRST = {"kind": "number", "measures": ["received"]}


@dataclass(frozen=True)
class Field:
    """A select of one tile: its name, label, options under heads with the chosen ones."""

    name: str
    label: str
    groups: list[tuple[str, list[tuple[str, str, bool]]]]
    is_many: bool = False


@dataclass(frozen=True)
class TileFields:
    """One tile of the form."""

    place: int
    fields: list[Field]


def read_tiles(data: QueryDict) -> list[dict[str, Any]]:
    """Tiles of a posted form in their order, whatever is written in them."""
    found = []
    for place in range(MOST_TILES + 1):
        if f"kind-{place}" not in data:
            continue
        first, more = data.get(f"measure-{place}", ""), data.getlist(f"more-{place}")
        kind = data.get(f"kind-{place}", "")
        keys = [first, *(key for key in more if key != first)] if kind == "table" else [first]
        found.append(
            {
                "kind": kind,
                "measures": keys,
                "by": data.get(f"by-{place}", ""),
                "span": data.get(f"span-{place}", ""),
                "wide": data.get(f"wide-{place}") == "1",
            }
        )
    return found


def pressed(tiles: list[dict[str, Any]], deed: str) -> list[dict[str, Any]]:
    """Tiles after a press of «добавить», «убрать» or «выше»; unchanged for any other deed."""
    name, _, word = deed.partition("-")
    place = int(word) if word.isdigit() else -1
    if name == "add":
        return [*tiles, dict(FIRST)] if len(tiles) < MOST_TILES else tiles
    if name == "drop" and place < len(tiles):
        return tiles[:place] + tiles[place + 1 :]
    if name == "up" and 0 < place < len(tiles):
        return [*tiles[: place - 1], tiles[place], tiles[place - 1], *tiles[place + 1 :]]
    return tiles


def fields_of(tiles: Iterable[dict[str, Any]]) -> list[TileFields]:
    """The form's fields of these tiles."""
    return [TileFields(place, _fields(place, tile)) for place, tile in enumerate(tiles)]


def checked(tiles: list[dict[str, Any]]) -> tuple[tuple[Tile, ...], str]:
    """The tiles if they are right, else the sentence of what is wrong."""
    try:
        return tiles_from(tiles), ""
    except Refused as refusal:
        return (), str(refusal)


def _fields(place: int, tile: dict[str, Any]) -> list[Field]:
    keys = [str(key) for key in tile.get("measures", [])]
    fields = [
        Field(f"kind-{place}", "Что показать", _plain(KINDS, str(tile.get("kind", "")))),
        Field(f"measure-{place}", "Показатель", _measures(keys[:1])),
    ]
    if tile.get("kind") != "number":
        fields.append(Field(f"by-{place}", "По чему разложить", _plain(CUTS, str(tile.get("by", "")))))
    fields.append(Field(f"span-{place}", "За какой срок", _plain(SPANS, str(tile.get("span", "")))))
    if tile.get("kind") != "number":
        fields.append(Field(f"wide-{place}", "Ширина", _plain(WIDTHS, "1" if tile.get("wide") else "")))
    if tile.get("kind") == "table":
        fields.append(Field(f"more-{place}", "Ещё показатели таблицы", _measures(keys[1:]), True))
    return fields


def _plain(options: dict[str, str], chosen: str) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    return [("", [(key, title, key == chosen) for key, title in options.items()])]


def _measures(chosen: list[str]) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    return [
        (group, [(one.key, f"{one.title}, {one.unit}", one.key in chosen) for one in measures])
        for group, measures in GROUPS.items()
    ]
