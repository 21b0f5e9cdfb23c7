"""The production calendar as data: days that differ from an ordinary week, and the acts behind the years.

Filled by `deadlines.services.load_calendar`; read through `deadlines.selectors.calendar_of`.
"""

from django.conf import settings
from django.db import models

from otklik.common.models import Municipality

DAY_KINDS = [("off", "выходной"), ("working", "рабочий"), ("short", "сокращённый")]


class CalendarYear(models.Model):
    """The act that sets the year's transfers; a year without a confirmed act wears a warning."""

    year = models.PositiveSmallIntegerField("год", unique=True)
    act = models.CharField("акт", max_length=200, blank=True)
    source = models.CharField("источник", max_length=200, blank=True)
    is_confirmed = models.BooleanField("подтверждён", default=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "календарь года"
        ordering = ["year"]


class CalendarDay(models.Model):
    """One day unlike its weekday; without a municipality it holds for the whole country."""

    date = models.DateField("дата")
    kind = models.CharField("вид", max_length=8, choices=DAY_KINDS)
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    note = models.CharField("примечание", max_length=200, blank=True)

    class Meta:
        verbose_name = "особый день"
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(
                fields=["date", "municipality"], name="calendar_day", nulls_distinct=False
            )
        ]
