"""Files of messages that lie outside: each is fetched after its message is kept, whatever the case does meanwhile."""

from django.db import models
from django.db.models import Q

from otklik.common.models import Owned


class MediaFetch(Owned):
    """One file of one message: where it lies, how far its fetching went, what it became."""

    raw = models.ForeignKey("channels.RawMessage", on_delete=models.CASCADE, related_name="media")
    position = models.PositiveSmallIntegerField("который")
    url = models.CharField("ссылка", max_length=2000, blank=True)
    name = models.CharField("имя", max_length=255, blank=True)
    kind = models.CharField("вид", max_length=20, default="file")
    state = models.CharField("состояние", max_length=8, default="waiting")
    file = models.ForeignKey(
        "channels.StoredFile", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    error = models.CharField("почему не взят", max_length=400, blank=True)
    tries = models.PositiveSmallIntegerField("попыток", default=0)
    next_try_at = models.DateTimeField("следующая попытка", null=True, blank=True)

    class Meta:
        verbose_name = "файл по ссылке"
        constraints = [
            models.UniqueConstraint(fields=["raw", "position"], name="media_fetch_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "kept", "failed"]), name="media_fetch_state"
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "next_try_at"],
                name="media_fetch_waiting",
                condition=Q(state="waiting"),
            )
        ]
