"""Criteria of the automatic analysis, its runs, and what it has found."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from otklik.analytics.criteria.rules import COMPARISONS
from otklik.common.models import Owned

DECISIONS = [
    ("weak", "слабая сторона"),
    ("taken", "взято в работу"),
    ("usual", "обычное дело"),
]
"""What a person says of a finding: a weakness of the work, something dealt with, nothing out of the ordinary."""


class Criterion(Owned):
    """A rule over one measure: what it is cut by, what is compared with what, who is told."""

    key = models.CharField("ключ из положения", max_length=40, blank=True)
    title = models.CharField("название", max_length=160)
    measure = models.CharField("показатель", max_length=40)
    cut = models.CharField("по чему разложить", max_length=12, blank=True)
    channels = models.JSONField("только эти каналы", default=list, blank=True)
    comparison = models.CharField("сравнение", max_length=8, choices=list(COMPARISONS.items()))
    limit = models.FloatField("порог")
    window_days = models.PositiveSmallIntegerField("окно, дней")
    least = models.PositiveIntegerField("не меньше карточек", default=1)
    roles = models.JSONField("кому сообщить", default=list)
    is_on = models.BooleanField("включён", default=False)
    changed_at = models.DateTimeField("изменён", auto_now=True)

    class Meta:
        verbose_name = "критерий анализа"
        ordering = ["-is_on", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "key"], condition=~Q(key=""), name="criterion_of_charter_once"
            ),
            models.CheckConstraint(condition=Q(window_days__gte=1), name="criterion_has_a_window"),
        ]

    def __str__(self) -> str:
        return self.title


class Run(Owned):
    """One automatic analysis: by facts of which moment, how many criteria, how many findings."""

    at = models.DateTimeField("когда")
    facts_at = models.DateTimeField("показатели доведены до")
    criteria = models.PositiveSmallIntegerField("критериев")
    found = models.PositiveSmallIntegerField("находок")

    class Meta:
        verbose_name = "запуск анализа"
        ordering = ["-at"]
        indexes = [models.Index(fields=["municipality", "-at"], name="criteria_run_newest")]


class Finding(Owned):
    """What a criterion found, or a growth a person wrote down: the text with its figures as they were then."""

    criterion = models.ForeignKey(
        Criterion, null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    cut_key = models.CharField("что именно", max_length=60, blank=True)
    channel = models.CharField("канал", max_length=40, blank=True)
    since = models.DateField("с")
    until = models.DateField("по")
    text = models.CharField("находка", max_length=1000)
    formula = models.CharField("как посчитано", max_length=500)
    figures = models.JSONField("цифры", default=dict)
    link = models.CharField("карточки", max_length=500, blank=True)
    at = models.DateTimeField("когда")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_title = models.CharField("должность записавшего", max_length=200, blank=True)
    cause = models.CharField("причина, как её видит сотрудник", max_length=1000, blank=True)
    decision = models.CharField("решение", max_length=8, choices=DECISIONS, blank=True)
    words = models.CharField("пояснение", max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("когда решено", null=True, blank=True)

    class Meta:
        verbose_name = "находка"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["municipality", "-at"], name="finding_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="finding_days"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="finding_decided_whole",
            ),
            models.UniqueConstraint(
                fields=["criterion", "cut_key", "until"],
                condition=Q(criterion__isnull=False),
                name="finding_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
