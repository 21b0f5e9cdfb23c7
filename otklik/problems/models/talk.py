"""Errors of communication with residents, each with the lesson learnt."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.accounts.models import Body
from otklik.cases.models import Case
from otklik.common.models import Owned
from otklik.problems.models.problem import Problem
from otklik.problems.words import FAULTS


class TalkError(Owned):
    """What went wrong in talking to a resident, whose work it was, and what is done otherwise since."""

    ORIGINS = [
        ("quality", "проверка ответа"),
        ("recheck", "перепроверка"),
        ("score", "оценка"),
        ("hand", "вручную"),
    ]

    origin = models.CharField("откуда", max_length=8, choices=ORIGINS)
    origin_id = models.BigIntegerField("запись источника", null=True, blank=True)
    fault = models.CharField("ошибка", max_length=10, choices=FAULTS)
    text = models.CharField("что случилось", max_length=1000)
    on = models.DateField("когда случилось")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    block_key = models.CharField("блок", max_length=60, blank=True)
    problem = models.ForeignKey(
        Problem, null=True, blank=True, on_delete=models.SET_NULL, related_name="talk_errors"
    )
    lesson = models.CharField("урок", max_length=1000, blank=True)
    lesson_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lesson_at = models.DateTimeField("урок записан", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("внесена")

    class Meta:
        verbose_name = "ошибка общения"
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["municipality", "-on"], name="talk_error_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "origin", "origin_id"],
                condition=Q(origin_id__isnull=False),
                name="talk_error_once",
            ),
            models.CheckConstraint(
                condition=Q(lesson="", lesson_at__isnull=True) | (~Q(lesson="") & Q(lesson_at__isnull=False)),
                name="talk_error_lesson_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
