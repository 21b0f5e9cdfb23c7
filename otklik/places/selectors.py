"""Questions about places: the gazetteer of a municipality, remembered per process for MEMORY_SECONDS.

A batch of fifty thousand messages reads the tables once; a list loaded elsewhere is seen soon after.
"""

import time

from django.db.models import Count, QuerySet

from otklik.common.models import Municipality
from otklik.places.gazetteer import Gazetteer, SettlementFact, StreetFact
from otklik.places.models import Settlement, Street

MEMORY_SECONDS = 60.0

_remembered: dict[str, tuple[float, Gazetteer]] = {}


def settlements_of(municipality: Municipality) -> QuerySet[Settlement]:
    """Settlements of the gazetteer with the number of their streets, the centre first."""
    rows = Settlement.objects.filter(municipality=municipality).annotate(street_count=Count("streets"))
    return rows.order_by("-is_centre", "name", "kind")


def street_total(municipality: Municipality) -> int:
    """How many streets the gazetteer has."""
    return Street.objects.filter(municipality=municipality).count()


def streets_of(settlement: Settlement) -> QuerySet[Street]:
    """Streets of a settlement by name."""
    return Street.objects.filter(settlement=settlement).order_by("name", "kind")


def gazetteer_of(municipality_key: str) -> Gazetteer:
    """Settlements and streets of a municipality of the current scope, ready for `rules.find_place`."""
    kept = _remembered.get(municipality_key)
    now = time.monotonic()
    if kept is None or now - kept[0] > MEMORY_SECONDS:
        found = _read(municipality_key)
        if kept is not None and kept[1] == found:
            found = kept[1]
        kept = (now, found)
        if found.settlements:
            _remembered[municipality_key] = kept
    return kept[1]


def forget_remembered() -> None:
    """Read the tables anew at the next question; called after a load."""
    _remembered.clear()


def _read(municipality_key: str) -> Gazetteer:
    settlements = Settlement.objects.filter(municipality__key=municipality_key).order_by("id")
    streets = (
        Street.objects.filter(municipality__key=municipality_key).select_related("settlement").order_by("id")
    )
    return Gazetteer(
        municipality_key,
        tuple(
            SettlementFact(
                row.name,
                row.kind,
                row.oktmo,
                row.lat,
                row.lon,
                row.population,
                tuple(row.aliases),
                row.is_centre,
            )
            for row in settlements
        ),
        tuple(StreetFact(row.settlement.name, row.name, row.kind, row.lat, row.lon) for row in streets),
    )


def street_kind(settlement: Settlement | None, name: str) -> str:
    """The kind of the settlement's street of this name («ул.», «пер.»); empty when the gazetteer has none."""
    if settlement is None or not name:
        return ""
    found = Street.objects.filter(settlement=settlement, name__iexact=name)
    return found.values_list("kind", flat=True).first() or ""
