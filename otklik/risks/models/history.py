"""The history of a risk: its moves, its clocks, what the timer has already said."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.common.models import Owned
from otklik.risks.models.risk import Risk
from otklik.risks.words import CLOCKS, NUDGES, STATES


class RiskMove(Owned):
    """One deed with a risk: who, when, from which state to which, in which words. `deed` is a key of `rules.DEEDS`."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="moves")
    round = models.PositiveSmallIntegerField("круг", default=1)
    deed = models.CharField("что сделано", max_length=20)
    since = models.CharField("было", max_length=14, choices=list(STATES.items()))
    to = models.CharField("стало", max_length=14, choices=list(STATES.items()))
    at = models.DateTimeField("когда")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_title = models.CharField("должность", max_length=200, blank=True)
    words = models.CharField("слова", max_length=1000, blank=True)

    class Meta:
        verbose_name = "ход риска"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["municipality", "deed", "-at"], name="risk_move_deed")]


class RiskClock(Owned):
    """One clock of one round: from when, by when, stopped when. Minutes run round the clock, day and night."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="clocks")
    round = models.PositiveSmallIntegerField("круг", default=1)
    key = models.CharField("срок", max_length=12, choices=list(CLOCKS.items()))
    start_at = models.DateTimeField("считаем с")
    due_at = models.DateTimeField("до")
    stopped_at = models.DateTimeField("исполнено", null=True, blank=True)

    class Meta:
        verbose_name = "срок риска"
        ordering = ["round", "due_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["risk", "round", "key"], name="risk_clock_once")]
        indexes = [
            models.Index(
                fields=["municipality", "due_at"], condition=Q(stopped_at=None), name="risk_clock_running"
            )
        ]


class RiskNudge(Owned):
    """What the timer has said of a clock, so that nobody is told twice."""

    clock = models.ForeignKey(RiskClock, on_delete=models.CASCADE, related_name="nudges")
    kind = models.CharField("о чём", max_length=10, choices=list(NUDGES.items()))
    at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "напоминание о риске"
        constraints = [models.UniqueConstraint(fields=["clock", "kind"], name="risk_nudged_once")]
