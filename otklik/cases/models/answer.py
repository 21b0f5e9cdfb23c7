"""Answers by version, the draft being typed, notes between colleagues."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.cases.models.case import Case
from otklik.cases.states import ANSWER_KINDS
from otklik.common.models import Owned


class Answer(Owned):
    """A version of the answer handed over for approval; a signed one is never changed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="answers")
    version = models.PositiveSmallIntegerField("версия")
    kind = models.CharField("вид ответа", max_length=12, choices=ANSWER_KINDS)
    text = models.TextField("текст")
    way = models.CharField("каким путём", max_length=8, blank=True, default="", db_default="")
    state = models.CharField("состояние", max_length=12, default="on_approval")
    promise_on = models.DateField("обещано к", null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Who handed the draft over vouches that what it says is true and whole; older drafts have nobody.
    vouched_title = models.CharField(
        "кто отвечает за достоверность", max_length=300, blank=True, default="", db_default=""
    )
    signer_title = models.CharField("должность подписавшего", max_length=300, blank=True)
    signed_at = models.DateTimeField("подписано", null=True)
    sent_at = models.DateTimeField("отправлено", null=True)
    return_reason = models.CharField("причина возврата", max_length=500, blank=True)
    faults = models.JSONField("замечания", default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "ответ"
        ordering = ["-version"]
        indexes = [models.Index(fields=["municipality", "created_at"], name="answer_handed")]
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="answer_version"),
            models.CheckConstraint(
                condition=Q(state__in=["on_approval", "approved", "returned", "signed", "sent"]),
                name="answer_state",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "sent"]) | Q(signed_at__isnull=False),
                name="signed_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=""), name="returned_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(kind="interim") | Q(promise_on__isnull=False), name="interim_has_a_promise"
            ),
        ]


class Draft(Owned):
    """The text being typed; a stale version is refused, so two people cannot overwrite each other."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="draft")
    text = models.TextField("текст", blank=True)
    kind = models.CharField("вид ответа", max_length=12, choices=ANSWER_KINDS, default="explained")
    promise_on = models.DateField(null=True, blank=True)
    # Chosen by the person who writes; empty: the way the message came by.
    way = models.CharField("каким путём", max_length=8, blank=True, default="", db_default="")
    version = models.PositiveIntegerField("версия", default=0)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField(auto_now=True)


class Note(Owned):
    """A line to colleagues on the card; never leaves the building."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField("заметка")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
