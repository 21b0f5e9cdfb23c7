"""The journal: append-only, hash-chained per municipality.

Written by `audit.services.record` in the transaction of the deed; the application's database role may add
rows but neither change nor remove them.
"""

from django.conf import settings
from django.db import models

from otklik.common.models import Owned


class JournalEntry(Owned):
    """One deed: who, what, on which thing, why. The hash covers every column and the entry before."""

    number = models.PositiveBigIntegerField("номер")
    at = models.DateTimeField("когда")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="кто"
    )
    actor_title = models.CharField("должность или служба", max_length=200)
    code = models.CharField("дело", max_length=80)
    thing_kind = models.CharField("вид предмета", max_length=60)
    thing_id = models.CharField("предмет", max_length=60)
    why = models.TextField("почему", blank=True)
    details = models.JSONField("подробности", default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "запись журнала"
        verbose_name_plural = "журнал"
        constraints = [models.UniqueConstraint(fields=["municipality", "number"], name="journal_number")]
        indexes = [models.Index(fields=["municipality", "thing_kind", "thing_id"], name="journal_thing")]


class JournalHead(Owned):
    """The last link of a municipality's chain; locked while a deed adds its entries."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality"], name="one_journal_head")]
