"""Texts people begin an answer with."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.cases.states import ANSWER_KINDS
from otklik.common.models import Owned
from otklik.topics.models import Topic


class AnswerTemplate(Owned):
    """A text for answers on a topic, on a group of topics or on any; places to fill in stand in braces."""

    # Of a shipped text; empty for one's own.
    key = models.CharField("ключ", max_length=60, blank=True)
    title = models.CharField("название", max_length=120)
    text = models.TextField("текст")
    kind = models.CharField("вид ответа", max_length=12, choices=ANSWER_KINDS, default="explained")
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.CharField("группа тем", max_length=40, blank=True)
    closed_at = models.DateTimeField("не предлагается с", null=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "шаблон ответа"
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "title"], condition=Q(closed_at=None), name="answer_template_title"
            ),
            models.UniqueConstraint(
                fields=["municipality", "key"], condition=~Q(key=""), name="answer_template_key"
            ),
        ]

    def __str__(self) -> str:
        return self.title
