"""Frozen ratings: the numbered formula, the period, a row for each body in each sheet, objections.

Rows are added by `services.freeze` and never edited; a recount under a newer formula is another period row.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from otklik.accounts.models import Body
from otklik.common.models import Owned

DECISIONS = [("accepted", "возражение принято"), ("declined", "возражение отклонено")]


class RatingFormula(Owned):
    """A formula under a number of the municipality: what `formula.formula_from` reads, and since when."""

    number = models.PositiveSmallIntegerField("номер")
    since = models.DateField("действует с")
    data = models.JSONField("формула")
    digest = models.CharField("отпечаток", max_length=64)
    unconfirmed = models.JSONField("не подтверждены", default=list)

    class Meta:
        verbose_name = "формула рейтинга"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="rating_formula_number")
        ]


class RatingPeriod(Owned):
    """A frozen rating of a stretch of days by one formula; `priors` are by sheet, as `rules.Scheme` takes them."""

    since = models.DateField("с")
    until = models.DateField("по")
    formula = models.ForeignKey(RatingFormula, on_delete=models.PROTECT, related_name="periods")
    priors = models.JSONField("к чему подтянуты малые числа")
    min_items = models.PositiveSmallIntegerField("сколько карточек нужно")
    frozen_at = models.DateTimeField("заморожен")
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "период рейтинга"
        ordering = ["-since", "-formula__number"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="rating_period_days"),
            models.UniqueConstraint(
                fields=["municipality", "since", "until", "formula"], name="rating_period_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since:%d.%m.%Y}-{self.until:%d.%m.%Y}"


class RatingRow(Owned):
    """One body in one sheet, with the name it had; a body without a place has `why_not` and no score."""

    period = models.ForeignKey(RatingPeriod, on_delete=models.CASCADE, related_name="rows")
    sheet = models.CharField("лист", max_length=20)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    body_name = models.CharField("орган", max_length=300)
    received = models.PositiveIntegerField("поручено")
    figures = models.JSONField("показатели")
    cells = models.JSONField("баллы показателей", default=list)
    place = models.PositiveSmallIntegerField("место", null=True)
    place_to = models.PositiveSmallIntegerField("по место", null=True)
    before = models.PositiveSmallIntegerField("место до того", null=True)
    score = models.FloatField("балл", null=True)
    low = models.FloatField("балл не ниже", null=True)
    high = models.FloatField("балл не выше", null=True)
    why_not = models.CharField("почему без места", max_length=12, blank=True)

    class Meta:
        verbose_name = "строка рейтинга"
        ordering = ["place", "-score", "body_id"]
        constraints = [
            models.UniqueConstraint(fields=["period", "sheet", "body"], name="rating_row_once"),
            models.CheckConstraint(
                condition=Q(place__isnull=False, score__isnull=False, why_not="")
                | (Q(place__isnull=True, score__isnull=True) & ~Q(why_not="")),
                name="rating_row_has_a_place_or_a_reason",
            ),
        ]


class RatingObjection(Owned):
    """What a body says against its row, and what it was answered; both stay."""

    period = models.ForeignKey(RatingPeriod, on_delete=models.PROTECT, related_name="objections")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    text = models.CharField("возражение", max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")
    decision = models.CharField("решение", max_length=10, choices=DECISIONS, blank=True)
    answer = models.CharField("ответ", max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField("когда отвечено", null=True)

    class Meta:
        verbose_name = "возражение"
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", answered_at__isnull=True)
                | (~Q(decision="") & ~Q(answer="") & Q(answered_at__isnull=False)),
                name="rating_objection_answered_whole",
            )
        ]
