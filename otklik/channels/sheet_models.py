"""Tables of signed answers given to an operator of an outer system. Part of `channels.models`."""

from django.conf import settings
from django.db import models

from otklik.common.models import Owned


class AnswerSheet(Owned):
    """One table as it was given out, whole: it can be given again, what stands in it goes into no other."""

    channel = models.ForeignKey("channels.Channel", on_delete=models.PROTECT, related_name="sheets")
    file = models.ForeignKey("channels.StoredFile", on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField("ответов")
    at = models.DateTimeField("выдана")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "таблица ответов"
        ordering = ["-at", "-id"]


class GivenAnswer(Owned):
    """«Передано оператору»: this answer stands in that table, and in no other."""

    sheet = models.ForeignKey(AnswerSheet, on_delete=models.PROTECT, related_name="answers")
    outgoing = models.OneToOneField("channels.Outgoing", on_delete=models.CASCADE, related_name="given")

    class Meta:
        verbose_name = "переданный ответ"
