"""Fast-track mechanisms: what the flow proposed, how a mechanism is designed, its measures, the gain measured."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from otklik.accounts.models import Body, Post
from otklik.common.models import Owned
from otklik.problems.models import Problem
from otklik.topics.models import Topic

MEASURE_KINDS = [("organisational", "организационная"), ("technical", "техническая")]
"""A mechanism consists of both (Михайловка 1.1)."""

PROPOSAL_STATES = [("open", "ждёт решения"), ("taken", "взято в работу"), ("refused", "отклонено")]
STATES = [("draft", "проект"), ("in_force", "действует"), ("stopped", "остановлен")]


class Mechanism(Owned):
    """An approved way to answer letters on some topics in less than thirty days: who leads, how long each stage
    takes. In force it is written down as an auto-rule with norms, which routing and clocks read."""

    number = models.PositiveIntegerField("номер")
    title = models.CharField("название", max_length=200)
    ground = models.CharField("почему нужен", max_length=1000)
    topics = models.ManyToManyField(Topic, related_name="+", verbose_name="темы")
    channels = models.JSONField("только эти каналы", default=list, blank=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", verbose_name="ведёт")
    co_bodies = models.ManyToManyField(Body, related_name="+", blank=True, verbose_name="участвуют")
    stages = models.JSONField("рабочих дней на этап", default=dict)
    whole_days = models.PositiveSmallIntegerField("весь цикл, календарных дней")
    problem = models.ForeignKey(Problem, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField("состояние", max_length=8, choices=STATES, default="draft")
    rule_number = models.PositiveIntegerField("номер автоправила", null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_title = models.CharField("должность составившего", max_length=200, blank=True)
    made_at = models.DateTimeField("составлен")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_title = models.CharField("должность утвердившего", max_length=200, blank=True)
    approved_at = models.DateTimeField("утверждён", null=True, blank=True)
    stopped_at = models.DateTimeField("остановлен", null=True, blank=True)
    stop_reason = models.CharField("почему остановлен", max_length=500, blank=True)
    version = models.PositiveIntegerField("версия", default=1)

    class Meta:
        verbose_name = "механизм ускоренного решения"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="mechanism_number"),
            models.CheckConstraint(
                condition=Q(whole_days__gte=1, whole_days__lt=30), name="mechanism_is_less_than_thirty_days"
            ),
            models.CheckConstraint(
                condition=~Q(state="in_force") | Q(approved_at__isnull=False, rule_number__isnull=False),
                name="mechanism_in_force_was_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state="stopped") | (Q(stopped_at__isnull=False) & ~Q(stop_reason="")),
                name="mechanism_stopped_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"механизм {self.number}"


class Proposal(Owned):
    """A topic that comes back: the figures the flow showed and what a person decided."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField("с")
    until = models.DateField("по")
    reason = models.CharField("почему предложено", max_length=500)
    figures = models.JSONField("цифры", default=dict)
    at = models.DateTimeField("найдено")
    state = models.CharField("решение", max_length=8, choices=PROPOSAL_STATES, default="open")
    mechanism = models.ForeignKey(
        Mechanism, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposals"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("решено", null=True, blank=True)
    words = models.CharField("почему так решено", max_length=500, blank=True)

    class Meta:
        verbose_name = "предложение ускорить"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "topic"], condition=Q(state="open"), name="fast_proposal_open_once"
            ),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="fast_proposal_days"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(decided_at__isnull=False), name="fast_proposal_decided_at"
            ),
        ]

    def __str__(self) -> str:
        return f"предложение ускорить: {self.topic}"


class Measure(Owned):
    """What is done so that letters are answered faster: by order of work or by a tool."""

    mechanism = models.ForeignKey(Mechanism, on_delete=models.CASCADE, related_name="measures")
    kind = models.CharField("вид", max_length=14, choices=MEASURE_KINDS)
    text = models.CharField("что делаем", max_length=500)
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("к какому дню", null=True, blank=True)
    at = models.DateTimeField("записана")
    done_at = models.DateTimeField("сделано", null=True, blank=True)
    result = models.CharField("что вышло", max_length=500, blank=True)

    class Meta:
        verbose_name = "мера механизма"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | ~Q(result=""), name="fast_measure_done_has_a_result"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Gain(Owned):
    """How long letters waited before the mechanism and under it, as measured on a day; days from registration."""

    mechanism = models.ForeignKey(Mechanism, on_delete=models.CASCADE, related_name="gains")
    at = models.DateTimeField("измерено")
    figures = models.JSONField("цифры")
    words = models.CharField("вывод", max_length=500)

    class Meta:
        verbose_name = "измеренный выигрыш"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["municipality", "-at"], name="fast_gain_newest")]
