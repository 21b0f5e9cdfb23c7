"""Proposals of a public discussion: moderated by its published rules, supported by others, each answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.common.models import Owned
from otklik.outreach.polls.models.poll import Poll
from otklik.outreach.polls.words import MODERATION, VERDICTS


class Proposal(Owned):
    """A resident's words. The author follows them by a secret code and is told the rule that kept them back.

    `contact` is kept only for that and erased by `forget`; no name is asked. A refused one is kept with its reason.
    """

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="proposals")
    number = models.PositiveIntegerField("номер")
    title = models.CharField("коротко", max_length=150)
    text = models.TextField("предложение", max_length=3000)
    place = models.CharField("место", max_length=200, blank=True)
    lat = models.FloatField("широта", null=True, blank=True)
    lon = models.FloatField("долгота", null=True, blank=True)
    contact = models.EmailField("почта автора", blank=True)
    follow_hash = models.CharField("отпечаток кода", max_length=64)
    came_at = models.DateTimeField("пришло")
    state = models.CharField("проверка", max_length=8, choices=list(MODERATION.items()), default="waiting")
    reason = models.CharField("причина", max_length=500, blank=True)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    moderated_at = models.DateTimeField("проверено", null=True, blank=True)
    supports = models.PositiveIntegerField("поддержали", default=0)
    verdict = models.CharField("решение", max_length=8, choices=list(VERDICTS.items()), blank=True)
    answer = models.TextField("ответ", max_length=3000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_title = models.CharField("должность ответившего", max_length=200, blank=True)
    answered_at = models.DateTimeField("отвечено", null=True, blank=True)

    class Meta:
        verbose_name = "предложение"
        ordering = ["-supports", "number"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "number"], name="poll_proposal_number"),
            models.UniqueConstraint(fields=["poll", "follow_hash"], name="poll_proposal_code"),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="poll_proposal_refused_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | (~Q(answer="") & ~Q(verdict="")),
                name="poll_proposal_answer_has_words",
            ),
        ]
        indexes = [models.Index(fields=["poll", "state", "-supports"], name="poll_proposals")]

    def __str__(self) -> str:
        return self.title
