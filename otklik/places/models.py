"""The gazetteer: settlements and streets of a municipality.

Filled by `places.services.load_gazetteer` from files; read through `places.selectors.gazetteer_of`.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from otklik.common.models import Owned
from otklik.places.words import with_kind

POINT_SOURCES = (
    ("preset", "из начального справочника"),
    ("list", "из списка"),
    ("hand", "поставлена вручную"),
    ("marks", "по отметкам"),
)


class Settlement(Owned):
    """A settlement by its official name in the nominative, with aliases seen in texts."""

    name = models.CharField("название", max_length=120)
    kind = models.CharField("вид", max_length=20)
    oktmo = models.CharField("ОКТМО", max_length=11, blank=True)
    lat = models.FloatField("широта", null=True, blank=True)
    lon = models.FloatField("долгота", null=True, blank=True)
    point_from = models.CharField(
        "откуда точка", max_length=6, choices=POINT_SOURCES, blank=True, default="", db_default=""
    )
    point_at = models.DateTimeField("точка поставлена", null=True, blank=True)
    point_title = models.CharField(
        "кто поставил точку", max_length=200, blank=True, default="", db_default=""
    )
    population = models.PositiveIntegerField("население", null=True, blank=True)
    aliases = ArrayField(models.CharField(max_length=120), verbose_name="иначе", default=list, blank=True)
    is_centre = models.BooleanField("центр", default=False)

    class Meta:
        verbose_name = "населённый пункт"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name", "kind"], name="settlement_name")
        ]

    def __str__(self) -> str:
        return with_kind(self.kind, self.name)

    @property
    def point(self) -> tuple[float, float] | None:
        """Degrees WGS84; None where the place is known by its name alone."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)


class Street(Owned):
    """A street of a settlement; lists are loaded by the operator from the address register."""

    settlement = models.ForeignKey(Settlement, on_delete=models.CASCADE, related_name="streets")
    name = models.CharField("название", max_length=160)
    kind = models.CharField("вид", max_length=20, default="ул.")
    lat = models.FloatField("широта", null=True, blank=True)
    lon = models.FloatField("долгота", null=True, blank=True)

    class Meta:
        verbose_name = "улица"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["settlement", "name", "kind"], name="street_name")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"
