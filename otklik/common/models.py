"""Municipality and the base of every row that belongs to one.

Called by every package with tables; calls nothing of ours.
"""

from django.db import models


class Municipality(models.Model):
    """One МЦУ's territory. The key is the preset's folder name; no code compares it with a literal."""

    key = models.SlugField("ключ", max_length=40, unique=True)
    name = models.CharField("название", max_length=200)
    short_name = models.CharField("короткое название", max_length=80)
    region = models.CharField("регион", max_length=120)
    time_zone = models.CharField("часовой пояс", max_length=40, default="Europe/Moscow")
    oktmo = models.CharField("ОКТМО", max_length=11, blank=True)
    population = models.PositiveIntegerField("население", null=True, blank=True)
    is_demo = models.BooleanField("учебный", default=False)

    class Meta:
        verbose_name = "муниципалитет"
        verbose_name_plural = "муниципалитеты"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.short_name


class Owned(models.Model):
    """A row of one municipality; PostgreSQL row-level security hides it outside `scope.within`."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", verbose_name="муниципалитет"
    )

    class Meta:
        abstract = True
