"""The conversation about a case: where it is held, what was said by whom, the words as they came kept apart.

The first message is the case itself and the signed answers are `Answer`; everything said between and after them is
an `Utterance`. Nothing is edited: a text changed in its source is one more row.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.cases.models.case import Case
from otklik.cases.states import SPEAKERS, UTTERANCE_KINDS
from otklik.channels.models import Channel, Outgoing, RawMessage
from otklik.common.models import Owned


class Thread(Owned):
    """A conversation in an outer system that belongs to a case: one question of one author may have several.

    `author` is the fingerprint that the applicant has, forgotten with the person.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="threads")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField("разговор", max_length=200)
    author = models.CharField("отпечаток автора", max_length=64, blank=True)
    since = models.DateTimeField("с")

    class Meta:
        verbose_name = "разговор"
        constraints = [models.UniqueConstraint(fields=["case", "channel", "key"], name="thread_of_case")]
        indexes = [models.Index(fields=["channel", "key", "author"], name="thread_found")]


class Utterance(Owned):
    """What was said after the first message, and what became of the messages in their source."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="utterances", db_index=False)
    said_by = models.CharField("кто", max_length=10, choices=SPEAKERS)
    kind = models.CharField("что", max_length=10, choices=UTTERANCE_KINDS, default="remark")
    at = models.DateTimeField("когда")
    masked_text = models.TextField("слова без личных данных", blank=True)
    title = models.CharField("должность", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    page = models.CharField("страница", max_length=300, blank=True)
    link = models.CharField("ссылка", max_length=500, blank=True)
    raw = models.ForeignKey(RawMessage, null=True, on_delete=models.PROTECT, related_name="utterances")
    outgoing = models.OneToOneField(Outgoing, null=True, on_delete=models.PROTECT, related_name="utterance")

    class Meta:
        verbose_name = "реплика"
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["case", "at"], name="utterance_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["raw"], condition=Q(kind__in=["remark", "reply"]), name="raw_said_once"
            ),
            models.CheckConstraint(
                condition=Q(said_by__in=["applicant", "official", "resident"]), name="utterance_speaker"
            ),
        ]


class UtteranceText(Owned):
    """The words as they came, with personal data; reading them is journaled."""

    utterance = models.OneToOneField(Utterance, on_delete=models.CASCADE, related_name="original")
    text = models.TextField("слова как пришли")
    spans = models.JSONField("личные данные", default=list)

    class Meta:
        verbose_name = "реплика как пришла"
