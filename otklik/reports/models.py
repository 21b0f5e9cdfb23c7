"""Reports and the confirmations of their blocks.

A report is composed as a draft that may be composed again; `services.freeze` fixes its document for good. The
document is the parts of `parts.py` as plain data: figures, sentences, tables, with links to the cases behind.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from otklik.common.models import Owned

STATES = [
    ("draft", "проект"),
    ("frozen", "заморожен"),
    ("approved", "подписан"),
    ("sent", "отправлен"),
]


class Report(Owned):
    """One paper about a stretch of days. `charter_key` names the report of the charter it serves."""

    form = models.CharField("форма", max_length=20)
    charter_key = models.CharField("отчёт положения", max_length=40, blank=True)
    title = models.CharField("название", max_length=200)
    number = models.PositiveIntegerField("номер", null=True)
    since = models.DateField("с")
    until = models.DateField("по")
    state = models.CharField("состояние", max_length=8, choices=STATES, default="draft")
    additions = models.JSONField("дописано", default=dict)
    document = models.JSONField("документ")
    basis = models.JSONField("основания", default=dict)
    digest = models.CharField("отпечаток", max_length=64, blank=True)
    composed_at = models.DateTimeField("составлен")
    composed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    frozen_at = models.DateTimeField("заморожен", null=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField("подписан", null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    signer_title = models.CharField("должность подписавшего", max_length=200, blank=True)
    sent_at = models.DateTimeField("отправлен", null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_how = models.CharField("как отправлен", max_length=300, blank=True)

    class Meta:
        verbose_name = "отчёт"
        ordering = ["-until", "-composed_at"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="report_days"),
            models.CheckConstraint(
                condition=Q(state="draft")
                | (Q(frozen_at__isnull=False, number__isnull=False) & ~Q(digest="")),
                name="frozen_report_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "frozen"]) | Q(approved_at__isnull=False),
                name="approved_report_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | (Q(sent_at__isnull=False) & ~Q(sent_how="")),
                name="sent_report_says_how",
            ),
            models.UniqueConstraint(
                fields=["municipality", "form", "number"], name="report_number", nulls_distinct=True
            ),
        ]
        indexes = [models.Index(fields=["municipality", "-until"], name="report_newest")]

    def __str__(self) -> str:
        return f"{self.title} № {self.number}" if self.number else self.title


class ReportConfirmation(Owned):
    """The head of a block has checked the part of the block: «проверка и свод»."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="confirmations")
    block_key = models.CharField("блок", max_length=60)
    block_title = models.CharField("название блока", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField("должность", max_length=200, blank=True)
    at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "подтверждение блока"
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["report", "block_key"], name="report_block_once")]


class ReportTemplate(Owned):
    """The municipality's own DOCX look of a form; without it stands `render/report.docx`."""

    form = models.CharField("форма", max_length=20)
    name = models.CharField("файл", max_length=120)
    content = models.BinaryField("содержание")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("загружен")

    class Meta:
        verbose_name = "шаблон отчёта"
        constraints = [models.UniqueConstraint(fields=["municipality", "form"], name="report_template_once")]
