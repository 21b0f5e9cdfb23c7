"""Dashboards composed by people: tiles as plain data, and the roles that may open them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from otklik.common.models import Owned


class Dashboard(Owned):
    """A composed dashboard. `tiles` is what `tiles.tiles_from` reads; deleted rows leave only the journal."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="dashboards", verbose_name="составил"
    )
    title = models.CharField("название", max_length=80)
    tiles = models.JSONField("плитки")
    shared_with = ArrayField(models.CharField(max_length=60), verbose_name="роли", default=list, blank=True)
    changed_at = models.DateTimeField("изменена")

    class Meta:
        verbose_name = "сводка"
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "owner", "title"], name="dashboard_title")
        ]

    def __str__(self) -> str:
        return self.title
