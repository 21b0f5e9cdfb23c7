"""Deeds about places: loading settlements and streets from files. Repeatable; nothing is removed by a load.

`load_gazetteer` is a step of the set-up; `load_streets` takes the operator's own list of the address register.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone

from otklik.accounts.models import User
from otklik.accounts.selectors import rights_of
from otklik.audit.services import record
from otklik.charter.schema import Charter
from otklik.common.errors import Refused
from otklik.common.keeping import keep_rows
from otklik.common.models import Municipality
from otklik.common.words import number
from otklik.places.files import read_folder
from otklik.places.gazetteer import SettlementFact, StreetFact
from otklik.places.ground import outline_of
from otklik.places.lists import BadRow
from otklik.places.models import Settlement, Street
from otklik.places.points import Point, is_inside
from otklik.places.selectors import forget_remembered
from otklik.places.settlement_table import read_settlements
from otklik.places.spelling import fold
from otklik.places.street_table import StreetRow, read_table

PUT_BY_PEOPLE = ("list", "hand", "marks")


def load_gazetteer(charter: Charter, municipality: Municipality) -> int:
    """Bring settlements and streets in line with the preset's files; returns the number of settlements."""
    found = read_folder(charter.key)
    with transaction.atomic():
        # A preset knows few points and codes: what an operator's list has told stays where the preset is silent,
        # and a point that people have put stays in any case.
        put = set(
            Settlement.objects.filter(municipality=municipality, point_from__in=PUT_BY_PEOPLE).values_list(
                "name", "kind"
            )
        )
        wanted = {
            (fact.name, fact.kind): {
                **_of_preset(_told(fact), (fact.name, fact.kind) in put),
                "aliases": list(fact.aliases),
                "is_centre": fact.is_centre,
            }
            for fact in found.settlements
        }
        keep_rows(Settlement, wanted, ("name", "kind"), municipality=municipality)
        _keep_streets(found.streets, municipality)
    forget_remembered()
    return len(found.settlements)


def _of_preset(told: dict[str, Any], is_put: bool) -> dict[str, Any]:
    if is_put:
        return {name: value for name, value in told.items() if name not in ("lat", "lon")}
    return {**told, "point_from": "preset"} if "lat" in told else told


@dataclass(frozen=True)
class ListLoad:
    """What a list brought: columns found, rows read, places added, changed, unchanged, rows refused.

    `moved` names settlements that got another point, each with the one it had: cases are to follow them.
    """

    columns: dict[str, str]
    read: int
    new: int
    changed: int
    unchanged: int
    bad: list[BadRow]
    moved: dict[int, Point | None] = field(default_factory=dict)


@transaction.atomic
def load_streets(path: Path, municipality: Municipality, by: User | None = None) -> ListLoad:
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
    load = ListLoad(table.columns, rows + len(bad), len(new), len(moved), rows - len(new) - len(moved), bad)
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


@transaction.atomic
def load_settlements(path: Path, municipality: Municipality, by: User | None = None) -> ListLoad:
    """Add settlements of a CSV list, or what it tells more of the known ones; nothing is renamed or taken away.

    The same list again changes nothing, and a point put by hand stays. Raises `Refused` when the file is no such table.
    """
    table = read_settlements(path.read_bytes(), outline_of(municipality.key))
    source = {"point_from": "list", "point_at": timezone.now(), "point_title": _title(by, municipality)}
    moved: dict[int, Point | None] = {}
    known = {(fold(row.name), row.kind): row for row in Settlement.objects.filter(municipality=municipality)}
    new = changed = 0
    for key, fact in {(fold(fact.name), fact.kind): fact for fact in table.facts}.items():
        row = known.get(key)
        if row is None:
            told = _told(fact)
            more = {**told, **(source if "lat" in told else {})}
            Settlement.objects.create(municipality=municipality, name=fact.name, kind=fact.kind, **more)
            new += 1
            continue
        was = row.point
        if _learn(row, fact, source):
            row.save()
            changed += 1
        if row.point != was:
            moved[row.pk] = was
    rows, bad = len(table.facts), table.bad
    if new or changed:
        details = {"new": new, "changed": changed, "bad": len(bad)}
        record(municipality, "places.settlements_loaded", by, municipality, details=details)
        forget_remembered()
    return ListLoad(table.columns, rows + len(bad), new, changed, rows - new - changed, bad, moved)


def _told(fact: SettlementFact) -> dict[str, Any]:
    """What the fact says; silence is no word against what is known."""
    said = {"oktmo": fact.oktmo, "lat": fact.lat, "lon": fact.lon, "population": fact.population}
    return {name: value for name, value in said.items() if value not in ("", None)}


def _learn(row: Settlement, fact: SettlementFact, source: Mapping[str, Any]) -> bool:
    """Take what the fact says otherwise; whether there was anything."""
    stays = ("lat", "lon") if row.point_from == "hand" else ()
    other = {
        name: value
        for name, value in _told(fact).items()
        if name not in stays and getattr(row, name) != value
    }
    if "lat" in other or "lon" in other:
        other |= source
    for name, value in other.items():
        setattr(row, name, value)
    return bool(other)


def put_point(
    settlement: Settlement,
    point: Point,
    source: Literal["hand", "marks"],
    by: User,
    now: datetime,
    why: str = "",
) -> dict[int, Point | None]:
    """Put the settlement on the map and say who did; returns it with the point it had, for cases to follow.

    Raises `Refused` outside of the municipality's boundary, where the operator's file tells one.
    """
    municipality, was = settlement.municipality, settlement.point
    outline = outline_of(municipality.key)
    if outline and not is_inside(outline, *point):
        raise Refused("Эта точка вне границ муниципалитета: поставьте её внутри пунктирной линии на карте.")
    settlement.lat, settlement.lon = point
    settlement.point_from, settlement.point_at = source, now
    settlement.point_title = _title(by, municipality)
    settlement.save(update_fields=["lat", "lon", "point_from", "point_at", "point_title"])
    forget_remembered()
    words = f"{settlement}: {number(point[0], 5)}; {number(point[1], 5)}, {why or settlement.get_point_from_display()}"
    details = {"lat": point[0], "lon": point[1], "was": was, "source": source}
    record(settlement, "places.point_put", by, municipality, why=words, details=details)
    return {settlement.pk: was}


def _title(by: User | None, municipality: Municipality) -> str:
    return rights_of(by, municipality).title[:200] if by else ""


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
