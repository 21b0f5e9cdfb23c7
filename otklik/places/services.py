"""Deeds about places: loading settlements and streets from files. Repeatable; nothing is removed by a load.

`load_gazetteer` is a step of the set-up; `load_streets` takes the operator's own list of the address register.
"""

from pathlib import Path

from django.db import transaction

from otklik.charter.schema import Charter
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.places.files import read_folder, read_streets
from otklik.places.gazetteer import SettlementFact, StreetFact
from otklik.places.models import Settlement, Street
from otklik.places.selectors import forget_remembered


def load_gazetteer(charter: Charter, municipality: Municipality) -> int:
    """Bring settlements and streets in line with the preset's files; returns the number of settlements."""
    found = read_folder(charter.key)
    with transaction.atomic():
        for fact in found.settlements:
            _keep_settlement(fact, municipality)
        _keep_streets(found.streets, municipality)
    forget_remembered()
    return len(found.settlements)


def load_streets(path: Path, municipality: Municipality) -> int:
    """Add or refresh streets of a CSV file; returns their number. Raises `Refused` and changes nothing on a fault."""
    facts = read_streets(path)
    with transaction.atomic():
        _keep_streets(facts, municipality)
    forget_remembered()
    return len(facts)


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
