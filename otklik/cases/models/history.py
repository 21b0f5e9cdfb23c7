"""Added rows: moves between states, assignments, terms."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from otklik.accounts.models import Body
from otklik.cases.models.case import Case
from otklik.cases.states import STATES
from otklik.common.models import Owned
from otklik.routing.models import Rule


class Move(Owned):
    """One deed on a case. `by` is empty when the machine did it; `why` is always in words."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="moves", db_index=False)
    deed = models.CharField("дело", max_length=40)
    state = models.CharField("стало", max_length=12, choices=STATES)
    at = models.DateTimeField("когда")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField("должность", max_length=200, blank=True)
    why = models.CharField("почему", max_length=500, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        verbose_name = "ход"
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["case", "-at"], name="move_case")]


class Assignment(Owned):
    """Which body answers for the case; one open main assignment at a time."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assignments")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="assignments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    is_main = models.BooleanField("ответственный", default=True)
    since = models.DateTimeField("с")
    until = models.DateTimeField("по", null=True)
    rule = models.ForeignKey(Rule, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("основание", max_length=300)

    class Meta:
        verbose_name = "назначение исполнителя"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(until__isnull=True, is_main=True), name="one_open_assignment"
            )
        ]
        indexes = [
            models.Index(
                fields=["municipality", "body"],
                name="assignment_shared",
                condition=Q(until__isnull=True, is_main=False),
            )
        ]


class Term(Owned):
    """A clock: start, internal control and legal moments, pause, stop, clause. Dates never change in place:
    an extension or a pause of an inner clock closes this row and adds the next one."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="terms")
    key = models.CharField("часы", max_length=60)
    title = models.CharField("название", max_length=160)
    clause = models.CharField("основание", max_length=160)
    unit = models.CharField("единица", max_length=12)
    is_inner = models.BooleanField("внутренний", default=False)
    is_unconfirmed = models.BooleanField("требует подтверждения", default=False)
    start_at = models.DateTimeField("начало")
    control_at = models.DateTimeField("контрольный срок")
    legal_at = models.DateTimeField("срок")
    nominal_on = models.DateField("день до переноса")
    paused_at = models.DateTimeField("пауза с", null=True)
    stopped_at = models.DateTimeField("остановлен", null=True)
    stop_reason = models.CharField(max_length=40, blank=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    why = models.CharField("почему", max_length=300, blank=True)
    warned_days = models.SmallIntegerField("предупредили за", null=True)

    class Meta:
        verbose_name = "срок"
        ordering = ["legal_at"]
        constraints = [
            models.CheckConstraint(condition=Q(legal_at__gte=F("start_at")), name="due_after_start"),
            models.CheckConstraint(condition=Q(control_at__gte=F("start_at")), name="control_after_start"),
            models.CheckConstraint(
                condition=Q(is_inner=True) | Q(paused_at__isnull=True), name="law_never_pauses"
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(why=""), name="replacement_has_a_reason"
            ),
            models.UniqueConstraint(
                fields=["case", "key"], condition=Q(stopped_at__isnull=True), name="one_running_term"
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "control_at"],
                name="term_running",
                condition=Q(stopped_at__isnull=True),
            ),
        ]
