"""Asking the citizen after the answer: an invitation by a secret link, and the score given."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from otklik.cases.models import Case
from otklik.common.models import Owned
from otklik.satisfaction.rules import RECHECK_RESULTS


class Invitation(Owned):
    """A link to rate the answer; only the hash of its secret is kept."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "приглашение оценить"


class Score(Owned):
    """A score of 1-5 with reasons and words; from our link or from the outer system."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="scores")
    invitation = models.OneToOneField(Invitation, null=True, on_delete=models.SET_NULL, related_name="score")
    score = models.PositiveSmallIntegerField("оценка")
    reasons = models.JSONField("причины", default=list)
    words = models.TextField("слова заявителя", blank=True)
    source = models.CharField("откуда", max_length=12, default="portal")
    at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "оценка"
        ordering = ["-at"]
        constraints = [models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="score_1_to_5")]


class Recheck(Owned):
    """A check opened by a bad score: the answer is read again by somebody who did not write it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="rechecks")
    score = models.OneToOneField(Score, on_delete=models.PROTECT, related_name="recheck")
    opened_at = models.DateTimeField("открыта")
    closed_at = models.DateTimeField("закрыта", null=True, blank=True)
    result = models.CharField("итог", max_length=12, choices=RECHECK_RESULTS, blank=True)
    outcome = models.CharField("что увидели", max_length=300, blank=True)

    class Meta:
        verbose_name = "повторная проверка"


class Study(Owned):
    """A dated study of satisfaction: its question, method and sample, the figures as they were, what was found.

    It is kept as a record: never edited, a later one is another row.
    """

    title = models.CharField("название", max_length=200)
    question = models.CharField("вопрос", max_length=500)
    method = models.TextField("метод")
    sample = models.TextField("выборка")
    since = models.DateField("с")
    until = models.DateField("по")
    block = models.CharField("блок", max_length=60, blank=True)
    figures = models.JSONField("цифры")
    findings = models.TextField("выводы")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_title = models.CharField("должность автора", max_length=200)
    at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "исследование"
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="study_days")]

    def __str__(self) -> str:
        return self.title
