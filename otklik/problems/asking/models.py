"""A question worth taking to residents: why now, how sure that is, what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.common.models import Owned
from otklik.outreach.polls.models import Poll
from otklik.places.models import Settlement
from otklik.problems.asking.rules import FORMS, STATES
from otklik.problems.models import Problem
from otklik.topics.models import Topic


class Candidate(Owned):
    """A line of the queue. The system finds it and keeps its figures fresh while it is open; a person takes it into
    a draft or refuses it with a reason. `seed` names the same finding again (Боровичи 1.1.3 е); Михайловка 1.1)."""

    seed = models.CharField("по чему узнаётся", max_length=120)
    title = models.CharField("вопрос", max_length=200)
    form = models.CharField("форма", max_length=10, choices=list(FORMS.items()))
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settlement = models.ForeignKey(
        Settlement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    problem = models.ForeignKey(
        Problem, null=True, blank=True, on_delete=models.PROTECT, related_name="candidates"
    )
    sources = models.JSONField("откуда", default=list)
    priority = models.PositiveSmallIntegerField("приоритет")
    sureness = models.FloatField("уверенность")
    reason = models.CharField("почему", max_length=500)
    figures = models.JSONField("цифры", default=dict)
    since = models.DateField("с")
    until = models.DateField("по")
    at = models.DateTimeField("найден")
    counted_at = models.DateTimeField("пересчитан")
    state = models.CharField("состояние", max_length=8, choices=list(STATES.items()), default="open")
    poll = models.ForeignKey(
        Poll, null=True, blank=True, on_delete=models.SET_NULL, related_name="candidates"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_title = models.CharField("должность решившего", max_length=200, blank=True)
    decided_at = models.DateTimeField("решено", null=True, blank=True)
    words = models.CharField("почему так решено", max_length=500, blank=True)

    class Meta:
        verbose_name = "вопрос к жителям"
        ordering = ["-priority", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "seed"], condition=Q(state="open"), name="candidate_open_once"
            ),
            models.CheckConstraint(
                condition=Q(priority__lte=100, sureness__gte=0, sureness__lte=1), name="candidate_in_bounds"
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | (Q(decided_at__isnull=False) & ~Q(words="")),
                name="candidate_refused_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "state", "-priority"], name="candidate_queue")]

    def __str__(self) -> str:
        return self.title
