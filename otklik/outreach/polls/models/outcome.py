"""What comes after the box: signs of fraud, results brought from another place, the decision and its execution."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.accounts.models import Post
from otklik.common.models import Owned
from otklik.outreach.polls.models.poll import Option, Poll, Question
from otklik.outreach.polls.words import SIGNS


class Sign(Owned):
    """A sign of fraud with its reason and how sure it is; it takes no vote away, a person writes what came of it."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="signs")
    kind = models.CharField("вид", max_length=8, choices=list(SIGNS.items()))
    key = models.CharField("ключ", max_length=64)
    words = models.CharField("что замечено", max_length=400)
    votes = models.PositiveIntegerField("голосов", default=0)
    sureness = models.FloatField("уверенность")
    found_at = models.DateTimeField("замечено")
    looked_at = models.DateTimeField("разобрано", null=True, blank=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    looked_words = models.CharField("вывод", max_length=500, blank=True)

    class Meta:
        verbose_name = "признак накрутки"
        ordering = ["-sureness", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "kind", "key"], name="poll_sign_once"),
            models.CheckConstraint(
                condition=Q(looked_at__isnull=True) | ~Q(looked_words=""), name="poll_sign_looked_has_words"
            ),
        ]


class OuterResult(Owned):
    """A figure of a poll run elsewhere (ПОС), as its table gives it."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="outer_results")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    option = models.ForeignKey(Option, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    number = models.SmallIntegerField("оценка", null=True, blank=True)
    votes = models.PositiveIntegerField("голосов")

    class Meta:
        verbose_name = "итог извне"
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "question", "option", "number"], name="poll_outer_once", nulls_distinct=False
            )
        ]


class Decision(Owned):
    """What was decided by the results, by which act, and how the voters' opinion was taken into account."""

    poll = models.OneToOneField(Poll, on_delete=models.CASCADE, related_name="decision")
    text = models.TextField("решение", max_length=3000)
    ground = models.TextField("как учли мнение", max_length=3000)
    act = models.CharField("документ", max_length=300, blank=True)
    link = models.URLField("ссылка", max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField("должность", max_length=200, blank=True)
    at = models.DateTimeField("принято")

    class Meta:
        verbose_name = "решение по итогам"


class DecisionStep(Owned):
    """A step of carrying the decision out, shown to those who voted: till when, by which post, what proves it."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField("порядок", default=0)
    text = models.CharField("что сделать", max_length=300)
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("срок")
    done_on = models.DateField("сделано", null=True, blank=True)
    proof = models.CharField("что сделано", max_length=500, blank=True)
    link = models.URLField("ссылка", max_length=500, blank=True)

    class Meta:
        verbose_name = "шаг исполнения"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(proof=""), name="poll_step_done_has_proof"
            )
        ]
