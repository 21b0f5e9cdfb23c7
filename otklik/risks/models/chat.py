"""What was said in the alert chat and what was answered there."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.channels.models import Channel, Outgoing
from otklik.common.models import Owned
from otklik.risks.models.risk import Risk
from otklik.risks.words import ALERT_KINDS


class Alert(Owned):
    """A message to the alert chat (`outgoing` carries it) or an answer from it (`is_answer`, `outer_id`).

    `parts` of a report keep its two obligatory parts as they were sent: {"text", "places", "links"}. `about` names
    what it speaks of («risk:12», «campaign:7») when there is no risk.
    """

    risk = models.ForeignKey(Risk, null=True, blank=True, on_delete=models.CASCADE, related_name="alerts")
    about = models.CharField("о чём", max_length=40, blank=True)
    round = models.PositiveSmallIntegerField("круг", default=1)
    kind = models.CharField("вид", max_length=10, choices=list(ALERT_KINDS.items()))
    is_answer = models.BooleanField("из чата", default=False)
    drill = models.BooleanField("учебное", default=False)
    channel = models.ForeignKey(Channel, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outgoing = models.OneToOneField(
        Outgoing, null=True, blank=True, on_delete=models.PROTECT, related_name="alert"
    )
    outer_id = models.CharField("внешний номер", max_length=200, blank=True)
    text = models.TextField("текст")
    parts = models.JSONField("части", default=dict, blank=True)
    at = models.DateTimeField("когда")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_title = models.CharField("кто", max_length=200, blank=True)
    by_hand_at = models.DateTimeField("отправлено вручную", null=True, blank=True)

    class Meta:
        verbose_name = "сообщение алерт-чата"
        verbose_name_plural = "сообщения алерт-чата"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "outer_id"],
                condition=~Q(outer_id=""),
                name="alert_answer_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="answer", is_answer=True) | (~Q(kind="answer") & Q(is_answer=False)),
                name="alert_answer_is_one",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "kind", "-at"], name="alert_kind")]
