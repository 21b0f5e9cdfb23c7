"""The bench of root causes: a tree of nodes, each with what proves it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from otklik.accounts.models import Body, Post
from otklik.cases.models import Case
from otklik.channels.models import StoredFile
from otklik.common.models import Owned
from otklik.places.models import Settlement
from otklik.problems.models.problem import Problem
from otklik.problems.words import EVIDENCE_KINDS, METHODS


class Cause(Owned):
    """A node: «почему?» of the node above it. `share` is the part of the problem's cases it explains, 0..1;
    `cost` is appeals per month counted on the day the cause was told to be the root."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="causes")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="children"
    )
    position = models.PositiveSmallIntegerField("порядок", default=0)
    method = models.CharField("как найдена", max_length=4, choices=METHODS, default="tree")
    text = models.CharField("причина", max_length=500)
    share = models.FloatField("доля обращений", null=True, blank=True)
    is_root = models.BooleanField("первопричина", default=False)
    cost = models.FloatField("обращений в месяц", null=True, blank=True)
    cost_on = models.DateField("посчитано", null=True, blank=True)
    owner_post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField("решение", max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("решено", null=True, blank=True)
    removed_on = models.DateField("устранена", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записана")
    version = models.PositiveIntegerField("версия", default=1)

    class Meta:
        verbose_name = "причина"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="cause_not_of_itself"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | (Q(share__gte=0) & Q(share__lte=1)), name="cause_share"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="cause_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class CauseEvidence(Owned):
    """What proves a node: a case, a document, a place, a measure, or words of a person with their ground."""

    cause = models.ForeignKey(Cause, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField("чем подтверждена", max_length=8, choices=EVIDENCE_KINDS)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settlement = models.ForeignKey(
        Settlement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    place_text = models.CharField("место", max_length=300, blank=True)
    measure = models.CharField("показатель", max_length=40, blank=True)
    link = models.CharField("ссылка", max_length=500, blank=True)
    words = models.CharField("что видно", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "доказательство причины"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(kind="case") | Q(case__isnull=False))
                & (~Q(kind="file") | Q(file__isnull=False))
                & (~Q(kind="measure") | ~Q(measure=""))
                & ~Q(words=""),
                name="cause_evidence_whole",
            )
        ]
