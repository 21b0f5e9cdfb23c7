"""The catalogue of advice: recommendations, practices, digital proposals; reports of blocks, effect, effort."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from otklik.accounts.models import Body, Post
from otklik.analytics.criteria.models import Finding
from otklik.common.models import Owned
from otklik.problems.advice.words import ADOPTIONS, EFFECTS, KINDS, SIZES, STATES
from otklik.problems.models import Problem
from otklik.quality.models import ExplainedReview
from otklik.topics.models import Topic


class Advice(Owned):
    """One line of the catalogue: what is proposed to whom, on what ground, what was decided."""

    number = models.PositiveIntegerField("номер")
    kind = models.CharField("вид", max_length=14, choices=KINDS)
    title = models.CharField("название", max_length=200)
    text = models.TextField("что предлагается")
    is_urgent = models.BooleanField("срочно", default=False)
    ground = models.CharField("на чём основано", max_length=1000)
    ground_link = models.CharField("ссылка на основание", max_length=500, blank=True)
    problem = models.ForeignKey(
        Problem,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="advice",
        verbose_name="проблема",
    )
    finding = models.ForeignKey(
        Finding,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="advice",
        verbose_name="находка",
    )
    review = models.ForeignKey(
        ExplainedReview, null=True, blank=True, on_delete=models.PROTECT, related_name="advice"
    )
    practice = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followers"
    )
    origin = models.CharField("где применяется", max_length=300, blank=True)
    programme = models.CharField("мероприятие цифровизации отрасли", max_length=300, blank=True)
    gives = models.CharField("какой эффект ждём", max_length=12, choices=EFFECTS, blank=True)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    block_key = models.CharField("блок", max_length=60, blank=True)
    lemmas = ArrayField(models.CharField(max_length=60), verbose_name="слова", default=list)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="автор"
    )
    author_title = models.CharField("должность автора", max_length=200, blank=True)
    at = models.DateTimeField("предложено")
    state = models.CharField("решение", max_length=8, choices=STATES, default="proposed")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_title = models.CharField("должность решившего", max_length=200, blank=True)
    decided_at = models.DateTimeField("решено", null=True, blank=True)
    decision_words = models.CharField("почему так решено", max_length=500, blank=True)
    version = models.PositiveIntegerField("версия", default=1)

    class Meta:
        verbose_name = "рекомендация"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["municipality", "kind", "-at"], name="advice_kind_newest"),
            models.Index(fields=["municipality", "state", "-at"], name="advice_state_newest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="advice_number"),
            models.CheckConstraint(
                condition=Q(state="proposed") | (Q(decided_at__isnull=False) & ~Q(decision_words="")),
                name="advice_decided_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"рекомендация {self.number}"


class Adoption(Owned):
    """A block's report on how accepted advice is put in practice; the newest of a block speaks for it."""

    advice = models.ForeignKey(Advice, on_delete=models.CASCADE, related_name="adoptions")
    block_key = models.CharField("блок", max_length=60, blank=True)
    state = models.CharField("что с внедрением", max_length=8, choices=ADOPTIONS)
    words = models.CharField("что сделано", max_length=1000)
    on = models.DateField("на какой день")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField("должность", max_length=200, blank=True)
    at = models.DateTimeField("записано")

    class Meta:
        verbose_name = "отчёт о внедрении"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["municipality", "-at"], name="adoption_newest")]


class Effect(Owned):
    """What adopted advice has given: a measure before and after by the facts, or words with their source."""

    advice = models.ForeignKey(Advice, on_delete=models.CASCADE, related_name="effects")
    kind = models.CharField("эффект", max_length=12, choices=EFFECTS)
    measure = models.CharField("показатель", max_length=40, blank=True)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    block_key = models.CharField("блок", max_length=60, blank=True)
    changed_on = models.DateField("применено с", null=True, blank=True)
    days = models.PositiveSmallIntegerField("дней до и после", null=True, blank=True)
    before = models.FloatField("было", null=True, blank=True)
    after = models.FloatField("стало", null=True, blank=True)
    figures = models.JSONField("числа за показателем", default=dict)
    words = models.CharField("словами", max_length=1000, blank=True)
    source = models.CharField("откуда известно", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField("должность", max_length=200, blank=True)
    at = models.DateTimeField("записан")

    class Meta:
        verbose_name = "эффект рекомендации"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(measure="") & Q(days__gte=1) & Q(changed_on__isnull=False)
                | (Q(measure="") & ~Q(words="")),
                name="effect_is_counted_or_told",
            )
        ]


class Effort(Owned):
    """How much work a topic asks for, as a person sees it; the board divides by it."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    size = models.CharField("усилия", max_length=6, choices=SIZES)
    words = models.CharField("почему столько", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField("должность", max_length=200, blank=True)
    at = models.DateTimeField("оценено")

    class Meta:
        verbose_name = "оценка усилий"
        constraints = [models.UniqueConstraint(fields=["municipality", "topic"], name="effort_of_a_topic")]
        ordering = ["-at", "-pk"]
