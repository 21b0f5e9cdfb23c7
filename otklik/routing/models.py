"""Auto-rules of a municipality: conditions on topic, place, channel, kind, words, time -> body.

A changed rule is a new version; the old one is closed, so an old decision can always be explained.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.accounts.models import Body
from otklik.common.models import Owned


class Rule(Owned):
    """One version of an auto-rule; rules are tried by position, the first match decides."""

    number = models.PositiveIntegerField("номер")
    version = models.PositiveIntegerField("версия", default=1)
    position = models.PositiveIntegerField("порядок")
    title = models.CharField("название", max_length=200)
    conditions = models.JSONField("условия", default=dict)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="rules", verbose_name="орган")
    co_bodies = models.ManyToManyField(
        Body, related_name="co_rules", blank=True, verbose_name="соисполнители"
    )
    urgency = models.CharField("срочность", max_length=10, blank=True)
    fast_track = models.BooleanField("ускоренно", default=False)
    stages = models.JSONField("нормы этапов ускорения", default=dict, blank=True)
    is_on = models.BooleanField("включено", default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    replaced_at = models.DateTimeField("заменено", null=True, blank=True)

    class Meta:
        verbose_name = "автоправило"
        verbose_name_plural = "автоправила"
        ordering = ["position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number", "version"], name="rule_version"),
            models.UniqueConstraint(
                fields=["municipality", "number"], condition=Q(replaced_at__isnull=True), name="rule_current"
            ),
        ]

    def __str__(self) -> str:
        return f"автоправило {self.number}"
