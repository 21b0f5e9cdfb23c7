"""Reports with the parts of their blocks, requests for materials, looks, what waits for the worker, what has left.

A report is composed as a draft that may be composed again; `services.freeze` fixes its document for good. The
document is the parts of `parts.py` as plain data: figures, sentences, tables, with links to the cases behind.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from otklik.channels.models import Outgoing
from otklik.common.models import Owned
from otklik.reports.handed_models import HandedTable as HandedTable

STATES = [
    ("draft", "проект"),
    ("frozen", "заморожен"),
    ("approved", "подписан"),
    ("sent", "отправлен"),
]


class Report(Owned):
    """One paper about a stretch of days. `charter_key` names the report of the charter it serves.

    A paper about one thing (`about.About`) keeps its kind and key; the title of the thing stands in the document.
    """

    form = models.CharField("форма", max_length=20)
    charter_key = models.CharField("отчёт положения", max_length=40, blank=True)
    about_kind = models.CharField("о чём", max_length=12, blank=True)
    about_key = models.CharField("о ком именно", max_length=60, blank=True)
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
    unconfirmed_why = models.CharField("почему без подтверждений", max_length=300, blank=True)
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
    """The part of a block: what its head has added and whether he has checked the figures («проверка и свод»).

    Figures composed anew take the confirmation away (`at` is empty) and leave the words.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="confirmations")
    block_key = models.CharField("блок", max_length=60)
    block_title = models.CharField("название блока", max_length=200)
    text = models.TextField("что добавил блок", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField("должность", max_length=200, blank=True)
    at = models.DateTimeField("подтверждено", null=True)

    class Meta:
        verbose_name = "подтверждение блока"
        ordering = ["block_title"]
        constraints = [models.UniqueConstraint(fields=["report", "block_key"], name="report_block_once")]


class ReportTemplate(Owned):
    """A version of the municipality's own DOCX look of a form; without one stands `render/report.docx`.

    A version tried and not taken yet has no `taken_at`; the newest taken one draws, unless the municipality went back
    to the look of the product (`is_dropped`).
    """

    form = models.CharField("форма", max_length=20)
    version = models.PositiveSmallIntegerField("версия", default=1)
    name = models.CharField("файл", max_length=120)
    content = models.BinaryField("содержание")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("загружен")
    taken_at = models.DateTimeField("принят", null=True)
    is_dropped = models.BooleanField("снят", default=False)

    class Meta:
        verbose_name = "шаблон отчёта"
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "form", "version"], name="report_template_version"
            )
        ]


class Composition(Owned):
    """A paper the worker composes: asked by a person or by the schedule, with how far it has come."""

    STATES: ClassVar = [
        ("waiting", "ждёт очереди"),
        ("running", "составляется"),
        ("done", "составлен"),
        ("failed", "не составлен"),
    ]

    form = models.CharField("форма", max_length=20)
    charter_key = models.CharField("отчёт положения", max_length=40, blank=True)
    about_kind = models.CharField("о чём", max_length=12, blank=True)
    about_key = models.CharField("о ком именно", max_length=60, blank=True)
    since = models.DateField("с")
    until = models.DateField("по")
    state = models.CharField("состояние", max_length=8, choices=STATES, default="waiting")
    done = models.PositiveSmallIntegerField("частей готово", default=0)
    total = models.PositiveSmallIntegerField("частей", default=0)
    error = models.CharField("почему не составлен", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("заказан")
    started_at = models.DateTimeField("начат", null=True)
    report = models.ForeignKey(Report, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "составление отчёта"
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "done", "failed"]), name="composition_state"
            )
        ]
        indexes = [
            models.Index(
                fields=["municipality", "asked_at"],
                name="composition_waiting",
                condition=Q(state__in=["waiting", "running"]),
            )
        ]


class Dispatch(Owned):
    """One way a signed paper left: a letter with its files in the queue, or handed over by a person."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="dispatches")
    outgoing = models.OneToOneField(Outgoing, null=True, on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField("куда", max_length=300)
    number = models.CharField("номер там", max_length=100, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "отправка отчёта"
        ordering = ["at"]


class MaterialRequest(Owned):
    """What the regional centre has asked for: by whom, until when; parts come from blocks and make one paper."""

    number = models.PositiveIntegerField("номер")
    charter_key = models.CharField("отчёт положения", max_length=40, blank=True)
    sender = models.CharField("от кого", max_length=200)
    outer_number = models.CharField("номер письма", max_length=60, blank=True)
    outer_day = models.DateField("дата письма", null=True)
    text = models.TextField("что просят")
    since = models.DateField("с")
    until = models.DateField("по")
    due = models.DateField("срок")
    taken_at = models.DateTimeField("принят")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    report = models.OneToOneField(
        Report, null=True, on_delete=models.SET_NULL, related_name="material_request"
    )
    withdrawn_at = models.DateTimeField("отозван", null=True)
    withdrawn_why = models.CharField("почему отозван", max_length=300, blank=True)

    class Meta:
        verbose_name = "запрос материалов"
        ordering = ["due", "number"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="material_request_number"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="material_request_days"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""),
                name="withdrawn_request_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Запрос материалов № {self.number}"


class RequestPart(Owned):
    """The part of a block: filled by its people, confirmed by its head; `returned_why` asks to write it anew."""

    request = models.ForeignKey(MaterialRequest, on_delete=models.CASCADE, related_name="parts")
    block_key = models.CharField("блок", max_length=60)
    block_title = models.CharField("название блока", max_length=200)
    due = models.DateField("срок части")
    text = models.TextField("часть", blank=True)
    filled_at = models.DateTimeField("заполнено", null=True)
    filled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    filled_title = models.CharField("должность", max_length=200, blank=True)
    confirmed_at = models.DateTimeField("подтверждено", null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_title = models.CharField("должность подтвердившего", max_length=200, blank=True)
    returned_why = models.CharField("почему возвращено", max_length=300, blank=True)

    class Meta:
        verbose_name = "часть блока"
        ordering = ["block_title"]
        constraints = [
            models.UniqueConstraint(fields=["request", "block_key"], name="request_block_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | (Q(filled_at__isnull=False) & ~Q(text="")),
                name="confirmed_part_is_filled",
            ),
        ]
