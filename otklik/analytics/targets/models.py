"""Targets handed down for a period and directions of development; both are posts' affairs, never persons'."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from otklik.accounts.models import Post
from otklik.common.models import Owned


class Target(Owned):
    """What a measure has to reach by the end of a period, for the whole or for one block.

    A change keeps its row and stands in `changes` and in the journal; a dropped one stays in sight of neither.
    """

    measure = models.CharField("показатель", max_length=40)
    block = models.CharField("блок", max_length=60, blank=True)
    since = models.DateField("с")
    until = models.DateField("по")
    plan = models.FloatField("план")
    is_floor = models.BooleanField("не ниже плана", default=True)
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField("основание", max_length=300, blank=True)
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_title = models.CharField("кем доведён", max_length=200, blank=True)
    handed_at = models.DateTimeField("доведён")
    changes = models.JSONField("изменения", default=list)
    dropped_at = models.DateTimeField("отменён", null=True, blank=True)

    class Meta:
        verbose_name = "целевой показатель"
        ordering = ["-until", "-since", "block", "measure", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="target_days"),
            models.UniqueConstraint(
                fields=["municipality", "measure", "block", "since", "until"],
                condition=Q(dropped_at__isnull=True),
                name="target_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.since:%d.%m.%Y}-{self.until:%d.%m.%Y}"


class Direction(Owned):
    """A direction of development approved by the curator or the coordinator, in force until it is ended."""

    text = models.CharField("направление", max_length=500)
    ground = models.CharField("основание", max_length=300, blank=True)
    since = models.DateField("действует с")
    until = models.DateField("по", null=True, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_title = models.CharField("кем утверждено", max_length=200, blank=True)
    set_at = models.DateTimeField("утверждено")

    class Meta:
        verbose_name = "направление развития"
        ordering = ["until", "-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="direction_days"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
