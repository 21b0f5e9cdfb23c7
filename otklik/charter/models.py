"""The charter as rows: acts, clauses, parameters and the loaded versions of the preset.

Filled by `charter.services.load_charter` from files; read through `charter.selectors`.
"""

from django.conf import settings
from django.db import models

from otklik.common.models import Owned

MARKS = [
    ("found", "найдено в источнике"),
    ("to_verify", "требует проверки"),
    ("proposal", "предложение продукта"),
    ("disputed", "источники расходятся"),
]


class CharterVersion(Owned):
    """The whole preset as it was loaded; the newest row is in force."""

    digest = models.CharField("отпечаток", max_length=64)
    data = models.JSONField("содержание")
    loaded_at = models.DateTimeField("загружено", auto_now_add=True)

    class Meta:
        verbose_name = "версия положения"
        indexes = [models.Index(fields=["municipality", "-loaded_at"], name="charter_newest")]

    def __str__(self) -> str:
        return f"загружена {self.loaded_at:%d.%m.%Y}"


class Act(Owned):
    """An act that creates the centre, approves its charter, composition or a procedure."""

    key = models.SlugField("ключ", max_length=40)
    kind = models.CharField("вид", max_length=60)
    title = models.CharField("название", max_length=300)
    number = models.CharField("номер", max_length=60, blank=True)
    date = models.DateField("дата", null=True, blank=True)
    valid_from = models.DateField("действует с", null=True, blank=True)

    class Meta:
        verbose_name = "акт"
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="act_key")]

    def __str__(self) -> str:
        return " ".join(
            filter(None, (self.kind, f"№ {self.number}" if self.number else "", f"«{self.title}»"))
        )


class Clause(Owned):
    """One duty of the charter and the key of the evidence that proves it."""

    clause_id = models.CharField("пункт", max_length=40)
    position = models.PositiveIntegerField("порядок")
    title = models.CharField("суть", max_length=300)
    capability = models.CharField("способность", max_length=20)
    cadence = models.CharField("периодичность", max_length=60, blank=True)
    evidence_key = models.CharField("ключ доказательства", max_length=80, blank=True)
    actor = models.CharField("чья обязанность", max_length=40, blank=True)

    class Meta:
        verbose_name = "пункт положения"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["municipality", "clause_id"], name="clause_id")]


class Parameter(Owned):
    """A dated value with its source; added to, never edited, except for the operator's confirmation."""

    key = models.CharField("ключ", max_length=80)
    value = models.JSONField("значение", null=True)
    source = models.CharField("источник", max_length=300)
    mark = models.CharField("достоверность", max_length=12, choices=MARKS)
    title = models.CharField("название", max_length=300, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_on = models.DateField("подтверждено", null=True, blank=True)
    valid_from = models.DateField("действует с", null=True, blank=True)
    valid_to = models.DateField("действует по", null=True, blank=True)
    changed_by_operator = models.BooleanField("изменено на месте", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "параметр"
        ordering = ["key", "created_at"]
        indexes = [models.Index(fields=["municipality", "key"], name="parameter_key")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_on__isnull=True) | models.Q(confirmed_by__isnull=False),
                name="confirmed_has_a_confirmer",
            )
        ]


class KeptEvidence(Owned):
    """The answer of a query of evidence, counted beforehand by the timer or by the first who looked."""

    key = models.CharField("ключ доказательства", max_length=80)
    count = models.PositiveIntegerField("сколько")
    last_at = models.DateTimeField("последнее", null=True)
    link = models.CharField("где посмотреть", max_length=300, blank=True)
    words = models.TextField("словами", blank=True)
    counted_at = models.DateTimeField("посчитано")

    class Meta:
        verbose_name = "посчитанное доказательство"
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="kept_evidence_key")]
