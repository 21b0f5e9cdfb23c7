"""Settlement and street lists as CSV files. Called by `services`; needs no database.

A municipality's lists stand in its preset's folder or in `places/data/<key>/`: `settlements.csv` with columns
name, kind, oktmo, lat, lon, population, aliases (parted by «|»), centre; `streets.csv` with settlement, name,
kind and perhaps lat, lon.
"""

import csv
import json
from pathlib import Path

from otklik.charter.files import preset_folders
from otklik.common.errors import Refused
from otklik.places.gazetteer import Gazetteer, SettlementFact, StreetFact, gazetteer

OWN_FOLDER = Path(__file__).parent / "data"


def folder_of(key: str) -> Path:
    """The folder with a municipality's lists; the preset's own folder outweighs ours."""
    preset = preset_folders().get(key)
    return preset if preset is not None and (preset / "settlements.csv").is_file() else OWN_FOLDER / key


def read_folder(key: str) -> Gazetteer:
    """The gazetteer of the files alone; empty when there are none."""
    folder = folder_of(key)
    settlements = (
        read_settlements(folder / "settlements.csv") if (folder / "settlements.csv").is_file() else []
    )
    streets = read_streets(folder / "streets.csv") if (folder / "streets.csv").is_file() else []
    return gazetteer(key, settlements, streets)


def read_settlements(path: Path) -> list[SettlementFact]:
    """Settlements of a file. Raises `Refused` with the line that cannot be read."""
    return [_settlement(row) for row in _rows(path, ("name", "kind"))]


def read_streets(path: Path) -> list[StreetFact]:
    """Streets of a file. Raises `Refused` with the line that cannot be read."""
    return [
        StreetFact(
            row["settlement"], row["name"], row.get("kind") or "ул.", _number(row, "lat"), _number(row, "lon")
        )
        for row in _rows(path, ("settlement", "name"))
    ]


def read_boundary(path: Path) -> dict[str, object]:
    """A boundary as GeoJSON from the operator's file; we ship none. Raises `Refused` when it is no GeoJSON."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(f"Файл границ {path.name} не прочитан: нужен GeoJSON в UTF-8") from error
    if not isinstance(found, dict) or found.get("type") not in (
        "FeatureCollection",
        "Feature",
        "Polygon",
        "MultiPolygon",
    ):
        raise Refused(f"В файле {path.name} нет границ: нужен GeoJSON с многоугольниками")
    return found


def _rows(path: Path, needed: tuple[str, ...]) -> list[dict[str, str]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"Файл {path.name} не прочитан: нужен CSV в UTF-8") from error
    separator = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    rows = [
        {key: (value or "").strip() for key, value in row.items() if key}
        for row in csv.DictReader(lines, delimiter=separator)
    ]
    for number, row in enumerate(rows, 2):
        missing = [column for column in needed if not row.get(column)]
        if missing:
            raise Refused(f"{path.name}, строка {number}: не заполнен столбец {missing[0]}")
        for column in ("lat", "lon", "population"):
            if row.get(column) and not row[column].replace(".", "", 1).lstrip("-").isdigit():
                raise Refused(f"{path.name}, строка {number}: в столбце {column} не число")
    return rows


def _settlement(row: dict[str, str]) -> SettlementFact:
    return SettlementFact(
        name=row["name"],
        kind=row["kind"],
        oktmo=row.get("oktmo", ""),
        lat=_number(row, "lat"),
        lon=_number(row, "lon"),
        population=int(row["population"]) if row.get("population") else None,
        aliases=tuple(alias for alias in row.get("aliases", "").split("|") if alias),
        is_centre=bool(row.get("centre")),
    )


def _number(row: dict[str, str], column: str) -> float | None:
    return float(row[column]) if row.get(column) else None
