"""What a source said of its post after we kept it, or before it reached us."""

from django.db import models
from django.db.models import Q

from otklik.common.models import Owned


class RawChange(Owned):
    """The source's post was edited, removed or seen by more people after we kept it."""

    raw = models.ForeignKey("channels.RawMessage", on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField("что", max_length=8)
    at = models.DateTimeField("когда")
    text = models.TextField("новый текст", blank=True)
    reach = models.JSONField("охват", default=dict, blank=True)
    taken = models.BooleanField("учтено", default=False)

    class Meta:
        verbose_name = "изменение в источнике"
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["raw", "kind", "at"], name="raw_change_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["edited", "removed", "reach"]), name="raw_change_kind"
            ),
        ]


class EarlyChange(Owned):
    """An edit or a removal that overtook its message: networks keep no order. It waits for the message a day."""

    channel = models.ForeignKey("channels.Channel", on_delete=models.CASCADE, related_name="+")
    outer_id = models.CharField("внешний номер", max_length=200)
    kind = models.CharField("что", max_length=8)
    at = models.DateTimeField("когда")
    text = models.TextField("новый текст", blank=True)
    kept_at = models.DateTimeField("когда узнали")

    class Meta:
        verbose_name = "изменение раньше сообщения"
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["municipality", "kept_at"], name="early_change_old")]
        constraints = [
            models.UniqueConstraint(fields=["channel", "outer_id", "kind", "at"], name="early_change_once"),
            models.CheckConstraint(condition=Q(kind__in=["edited", "removed"]), name="early_change_kind"),
        ]
