"""Tables handed over to the region's systems. Part of `reports.models`."""

from django.db import models
from django.db.models import F, Q

from otklik.common.models import Owned

STATES = [("waiting", "ждёт отправки"), ("sent", "передана"), ("dead", "не передана")]


class HandedTable(Owned):
    """One table of one period, whole, with its digest; left in the channel's depot once."""

    channel = models.ForeignKey("channels.Channel", on_delete=models.PROTECT, related_name="+")
    key = models.SlugField("таблица", max_length=40)
    title = models.CharField("название", max_length=200)
    since = models.DateField("с")
    until = models.DateField("по")
    file = models.ForeignKey("channels.StoredFile", on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField("строк")
    state = models.CharField("состояние", max_length=8, choices=STATES, default="waiting")
    tries = models.PositiveSmallIntegerField("попыток", default=0)
    next_try_at = models.DateTimeField("следующая попытка")
    error = models.CharField("почему не передана", max_length=400, blank=True)
    made_at = models.DateTimeField("составлена")
    sent_at = models.DateTimeField("передана", null=True, blank=True)
    proof = models.CharField("куда", max_length=300, blank=True)

    class Meta:
        verbose_name = "таблица для региона"
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "key", "since", "until"], name="handed_once"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="handed_days"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="handed_sent_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.until:%d.%m.%Y}"
