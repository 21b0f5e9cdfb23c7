"""Deeds about places: loading settlements and streets from files. Repeatable; nothing is removed by a load.

`load_gazetteer` is a step of the set-up; `load_streets` takes the operator's own list of the address register.
"""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from otklik.accounts.models import User
from otklik.audit.services import record
from otklik.charter.schema import Charter
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.places.files import read_folder
from otklik.places.gazetteer import SettlementFact, StreetFact
from otklik.places.models import Settlement, Street
from otklik.places.selectors import forget_remembered
from otklik.places.spelling import fold
from otklik.places.street_table import BadRow, Column, StreetRow, read_table


def load_gazetteer(charter: Charter, municipality: Municipality) -> int:
    """Bring settlements and streets in line with the preset's files; returns the number of settlements."""
    found = read_folder(charter.key)
    with transaction.atomic():
        for fact in found.settlements:
            _keep_settlement(fact, municipality)
        _keep_streets(found.streets, municipality)
    forget_remembered()
    return len(found.settlements)


@dataclass(frozen=True)
class StreetLoad:
    """What a list brought: columns found, rows read, streets added, moved to another point, unchanged, rows refused."""

    columns: dict[Column, str]
    read: int
    new: int
    changed: int
    unchanged: int
    bad: list[BadRow]


@transaction.atomic
def load_streets(path: Path, municipality: Municipality, by: User | None = None) -> StreetLoad:
    """Add the streets of a CSV list to the gazetteer; a row that cannot be read is told of and stays out.

    Columns are guessed; settlements must stand in the gazetteer already. The same list again changes nothing, a
    list without coordinates takes none away. Raises `Refused` when the file is no such table.
    """
    settlements = list(Settlement.objects.filter(municipality=municipality).order_by("is_centre", "-kind"))
    table = read_table(path.read_bytes(), [SettlementFact(row.name, row.kind) for row in settlements])
    wanted = _by_home(table.rows, settlements)
    known = {
        (row.settlement_id, fold(row.name), row.kind): row
        for row in Street.objects.filter(municipality=municipality)
    }
    new = [
        Street(
            municipality=municipality,
            settlement_id=key[0],
            name=fact.name,
            kind=fact.kind,
            lat=fact.lat,
            lon=fact.lon,
        )
        for key, fact in wanted.items()
        if key not in known
    ]
    moved = [row for key, row in known.items() if key in wanted and _take_point(row, wanted[key])]
    Street.objects.bulk_create(new, batch_size=1000)
    Street.objects.bulk_update(moved, ["lat", "lon"], batch_size=1000)
    rows, bad = len(table.rows), table.bad
    load = StreetLoad(table.columns, rows + len(bad), len(new), len(moved), rows - len(new) - len(moved), bad)
    if new or moved:
        details = {"new": load.new, "changed": load.changed, "bad": len(bad)}
        record(municipality, "places.streets_loaded", by, municipality, details=details)
        forget_remembered()
    return load


def _by_home(rows: list[StreetRow], settlements: list[Settlement]) -> dict[tuple[int, str, str], StreetFact]:
    """Streets by settlement, folded name and kind; a street told twice is one."""
    # A town and a village may share a name: the later row of the ordering, the centre, takes the street.
    homes = {(fold(row.name), kind): row.pk for row in settlements for kind in ("", row.kind)}
    return {
        (homes[row.fact.settlement, row.settlement_kind], fold(row.fact.name), row.fact.kind): row.fact
        for row in rows
    }


def _take_point(row: Street, fact: StreetFact) -> bool:
    """Move the street to the list's point when it names another one."""
    if fact.lat is None or (row.lat, row.lon) == (fact.lat, fact.lon):
        return False
    row.lat, row.lon = fact.lat, fact.lon
    return True


def _keep_settlement(fact: SettlementFact, municipality: Municipality) -> None:
    Settlement.objects.update_or_create(
        municipality=municipality,
        name=fact.name,
        kind=fact.kind,
        defaults={
            "oktmo": fact.oktmo,
            "lat": fact.lat,
            "lon": fact.lon,
            "population": fact.population,
            "aliases": list(fact.aliases),
            "is_centre": fact.is_centre,
        },
    )


def _keep_streets(facts: list[StreetFact] | tuple[StreetFact, ...], municipality: Municipality) -> None:
    # A town and a village may share a name: the later row of the ordering, the centre, takes the streets.
    rows = Settlement.objects.filter(municipality=municipality).order_by("is_centre", "-kind")
    settlements = {row.name: row for row in rows}
    unknown = sorted({fact.settlement for fact in facts} - settlements.keys())
    if unknown:
        raise Refused(
            f"Населённого пункта «{unknown[0]}» нет в справочнике: добавьте его или исправьте файл улиц"
        )
    Street.objects.bulk_create(
        (
            Street(
                municipality=municipality,
                settlement=settlements[fact.settlement],
                name=fact.name,
                kind=fact.kind,
                lat=fact.lat,
                lon=fact.lon,
            )
            for fact in facts
        ),
        update_conflicts=True,
        unique_fields=["settlement", "name", "kind"],
        update_fields=["lat", "lon"],
        batch_size=1000,
    )
