"""Requests the centre sends out to departments and other bodies; every body answers its own part."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.accounts.models import Body
from otklik.cases.models import Case
from otklik.common.models import Owned

INQUIRY_KINDS = [
    ("documents", "документы по обращению"),
    ("statistics", "статистика"),
    ("reference", "справка"),
    ("other", "другие материалы"),
]


class Inquiry(Owned):
    """An outgoing request: what is asked, until when; it ends with a result made of the parts, or is withdrawn."""

    number = models.PositiveIntegerField("номер")
    kind = models.CharField("вид", max_length=10, choices=INQUIRY_KINDS)
    title = models.CharField("о чём", max_length=300)
    text = models.TextField("что просим")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField("срок")
    asked_at = models.DateTimeField("отправлен")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_title = models.CharField("кто запросил", max_length=200, blank=True)
    result = models.TextField("итог", blank=True)
    closed_at = models.DateTimeField("собран", null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField("снят", null=True)
    withdrawn_why = models.CharField("почему снят", max_length=300, blank=True)

    class Meta:
        verbose_name = "исходящий запрос"
        ordering = ["due", "number"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="inquiry_number"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""),
                name="withdrawn_inquiry_says_why",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(result=""), name="closed_inquiry_has_a_result"
            ),
        ]

    def __str__(self) -> str:
        return f"Запрос № {self.number}"


class InquiryPart(Owned):
    """What one body is asked for. A body outside is written to by letter: its number and day stand here."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="parts")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    text = models.CharField("что именно", max_length=1000, blank=True)
    due = models.DateField("срок")
    letter_number = models.CharField("номер письма", max_length=60, blank=True)
    letter_day = models.DateField("дата письма", null=True, blank=True)
    answer = models.TextField("ответ", blank=True)
    answered_at = models.DateTimeField("отвечено", null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_title = models.CharField("кто ответил", max_length=200, blank=True)
    returned_why = models.CharField("почему возвращено", max_length=300, blank=True)

    class Meta:
        verbose_name = "часть запроса"
        ordering = ["body__short_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "body"], name="inquiry_body_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""), name="answered_part_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry}, {self.body}"
