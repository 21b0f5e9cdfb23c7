"""The card of a risk and what it is tied to: cases, problems, roadmaps."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from otklik.accounts.models import Post
from otklik.cases.models import Case
from otklik.channels.models import RawMessage, StoredFile
from otklik.common.models import Owned
from otklik.places.models import Settlement
from otklik.problems.models import Problem
from otklik.problems.roadmaps.models import Roadmap
from otklik.risks.models.watch import WatchedPage
from otklik.risks.words import KINDS, SOURCES, STATE_CHOICES, VERDICTS
from otklik.topics.models import Topic


class RiskCounter(Owned):
    """The last number given: numbers follow one another, training cards have numbers of their own."""

    is_drill = models.BooleanField("учебные", default=False)
    last = models.PositiveIntegerField("последний номер", default=0)

    class Meta:
        verbose_name = "счётчик рисков"
        constraints = [models.UniqueConstraint(fields=["municipality", "is_drill"], name="risk_counter_once")]


class Risk(Owned):
    """One information risk, from the post seen to the reaction observed (порядок работы с рисками; BOG-III.4.6).

    `drill` marks an exercise: it goes through the whole desk and counts nowhere. `round` grows when the spread
    begins anew; `began_at` is when the present round began, `found_at` when the risk was first seen. Texts are kept
    masked: `kept_text` is the copy of what was published, without personal data of residents.
    """

    number = models.PositiveIntegerField("номер")
    drill = models.BooleanField("учебный", default=False)
    kind = models.CharField("вид", max_length=8, choices=list(KINDS.items()), default="risk")
    state = models.CharField("состояние", max_length=14, choices=STATE_CHOICES, default="found")
    title = models.CharField("тема", max_length=200)
    gist = models.CharField("суть", max_length=1000)
    source = models.CharField("откуда", max_length=8, choices=list(SOURCES.items()), default="hand")
    page = models.ForeignKey(
        WatchedPage, null=True, blank=True, on_delete=models.PROTECT, related_name="risks"
    )
    link = models.CharField("ссылка", max_length=500, blank=True)
    kept_text = models.TextField("копия", blank=True)
    kept_file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    raw = models.ForeignKey(
        RawMessage, null=True, blank=True, on_delete=models.SET_NULL, related_name="risks"
    )
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settlement = models.ForeignKey(
        Settlement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    place_words = models.CharField("место", max_length=200, blank=True)
    level_key = models.CharField("уровень", max_length=40)
    level_criteria = ArrayField(
        models.CharField(max_length=200), verbose_name="признаки уровня", default=list, blank=True
    )
    level_reason = models.CharField("почему такой уровень", max_length=500)
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="risks", verbose_name="ведёт"
    )
    block_key = models.CharField("блок", max_length=60, blank=True)
    found_at = models.DateTimeField("выявлен")
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    found_title = models.CharField("должность выявившего", max_length=200, blank=True)
    round = models.PositiveSmallIntegerField("круг", default=1)
    began_at = models.DateTimeField("начало круга")
    verdict = models.CharField("итог проверки", max_length=10, choices=list(VERDICTS.items()), blank=True)
    official_text = models.TextField("официальный текст", blank=True)
    closed_at = models.DateTimeField("отработан", null=True, blank=True)
    closed_why = models.CharField("чем доказано", max_length=500, blank=True)
    root_cause = models.CharField("первопричина", max_length=500, blank=True)
    lesson = models.CharField("урок", max_length=500, blank=True)
    version = models.PositiveIntegerField("версия", default=1)

    next_due: datetime | None
    views: int | None
    cases_count: int
    """Of a line of a list; `selectors.for_list` fills them in."""

    class Meta:
        verbose_name = "информационный риск"
        verbose_name_plural = "информационные риски"
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "drill", "number"], name="risk_number"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="risk_closed_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | (~Q(verdict="") & ~Q(closed_why="")),
                name="risk_closed_with_proof",
            ),
            models.CheckConstraint(condition=~Q(level_reason=""), name="risk_level_has_a_reason"),
        ]
        indexes = [
            models.Index(fields=["municipality", "drill", "state"], name="risk_state"),
            models.Index(fields=["municipality", "-found_at"], name="risk_newest"),
        ]

    def __str__(self) -> str:
        return f"№ {self.number}{' (учебный)' if self.drill else ''}"

    @property
    def about(self) -> str:
        """The string that ties posts and publications to this risk, for packages that know nothing of it."""
        return f"risk:{self.pk}"


class RiskCase(Owned):
    """A case about the same thing."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="cases")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="risks")
    at = models.DateTimeField("связана")

    class Meta:
        verbose_name = "карточка риска"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["risk", "case"], name="risk_case_once")]


class RiskProblem(Owned):
    """A problem the risk grows from."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="problems")
    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="risks")
    at = models.DateTimeField("связана")

    class Meta:
        verbose_name = "проблема риска"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["risk", "problem"], name="risk_problem_once")]


class RiskRoadmap(Owned):
    """A roadmap that was begun because of the risk: the decision it led to."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="roadmaps")
    roadmap = models.ForeignKey(Roadmap, on_delete=models.PROTECT, related_name="risks")
    at = models.DateTimeField("начата")

    class Meta:
        verbose_name = "дорожная карта риска"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["risk", "roadmap"], name="risk_roadmap_once")]
