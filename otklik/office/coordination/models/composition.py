"""Acts that change the composition of the centre: which appointments each begins and ends."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from otklik.accounts.models import Holding
from otklik.common.models import Owned


class CompositionAct(Owned):
    """An act with its kind, number and day; `since` is when the change takes force."""

    kind = models.CharField("вид", max_length=60)
    number = models.CharField("номер", max_length=40)
    day = models.DateField("дата")
    since = models.DateField("действует с")
    title = models.CharField("о чём", max_length=300)
    at = models.DateTimeField("записан")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "акт о составе"
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind", "number", "day"], name="composition_act_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} от {self.day:%d.%m.%Y} № {self.number}"


class CompositionLine(Owned):
    """An appointment the act begins or ends; each beginning and each end has one act."""

    WHAT: ClassVar = [("begun", "назначение"), ("ended", "снятие")]

    act = models.ForeignKey(CompositionAct, on_delete=models.CASCADE, related_name="lines")
    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="+")
    what = models.CharField("что", max_length=5, choices=WHAT)

    class Meta:
        verbose_name = "изменение состава"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["holding", "what"], name="composition_change_once")]
