"""The working plan of the centre with its items, and proposals that wait for a decision."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from otklik.accounts.models import Body, Post
from otklik.common.models import Owned


class WorkPlan(Owned):
    """A plan for a quarter or a year: a draft until it is approved; an approved one is only added to."""

    since = models.DateField("с")
    until = models.DateField("по")
    drafted_at = models.DateTimeField("составлен")
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField("утверждён", null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approver_title = models.CharField("должность утвердившего", max_length=200, blank=True)

    class Meta:
        verbose_name = "план работы"
        ordering = ["-since", "until"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="work_plan_days"),
            models.UniqueConstraint(fields=["municipality", "since", "until"], name="work_plan_once"),
        ]

    def __str__(self) -> str:
        return f"План работы {self.since:%d.%m.%Y}-{self.until:%d.%m.%Y}"


class PlanItem(Owned):
    """A line of the plan: what, on what ground, by which post, until when, and the proof that it is done.

    `origin` names the cadence the line was drafted from, so that drafting again doubles nothing.
    """

    plan = models.ForeignKey(WorkPlan, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField("номер")
    text = models.CharField("мероприятие", max_length=500)
    clause = models.CharField("пункт положения", max_length=40, blank=True)
    ground = models.CharField("основание", max_length=300, blank=True)
    origin = models.CharField("откуда взято", max_length=120, blank=True)
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField("срок")
    moves = models.JSONField("переносы срока", default=list)
    done_at = models.DateTimeField("исполнено", null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    done_title = models.CharField("кто отметил", max_length=200, blank=True)
    proof = models.CharField("подтверждение", max_length=500, blank=True)
    proof_link = models.CharField("ссылка на запись", max_length=300, blank=True)
    dropped_at = models.DateTimeField("исключено", null=True)
    dropped_why = models.CharField("почему исключено", max_length=300, blank=True)

    class Meta:
        verbose_name = "пункт плана"
        ordering = ["due", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_item_number"),
            models.UniqueConstraint(
                fields=["plan", "origin"], condition=~Q(origin=""), name="plan_item_origin"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | ~Q(proof=""), name="done_item_has_a_proof"
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | ~Q(dropped_why=""), name="dropped_item_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"Пункт {self.number} плана: {self.text[:80]}"


class Proposal(Owned):
    """What the centre proposes: to the head, or that a body takes part in solving a problem; and the decision."""

    KINDS: ClassVar = [("head", "главе"), ("participation", "об участии в решении проблемы")]
    DECISIONS: ClassVar = [("accepted", "принято"), ("declined", "отклонено")]

    number = models.PositiveIntegerField("номер")
    kind = models.CharField("вид", max_length=14, choices=KINDS)
    text = models.TextField("что предлагается")
    problem = models.CharField("какая проблема", max_length=300)
    figures = models.CharField("цифры", max_length=1000)
    link = models.CharField("откуда цифры", max_length=300, blank=True)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("внесено")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_title = models.CharField("кто внёс", max_length=200, blank=True)
    decision = models.CharField("решение", max_length=8, choices=DECISIONS, blank=True)
    decision_words = models.CharField("слова решения", max_length=1000, blank=True)
    due = models.DateField("исполнить до", null=True, blank=True)
    decided_at = models.DateTimeField("решено", null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_title = models.CharField("кто решил", max_length=200, blank=True)

    class Meta:
        verbose_name = "предложение"
        ordering = ["-made_at", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="proposal_number"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False) & ~Q(decision_words="")),
                name="proposal_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(kind="participation") | Q(body__isnull=False), name="participation_names_a_body"
            ),
        ]

    def __str__(self) -> str:
        return f"Предложение № {self.number}"
