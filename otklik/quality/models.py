"""What reading of handed-over answers leaves: how far it has come, and decisions on explanations.

The hints themselves stand in `cases.Answer.faults`, so that the list can be narrowed by them.
"""

from django.conf import settings
from django.db import models

from otklik.cases.models import Answer
from otklik.common.models import Municipality, Owned

REVIEWS = [
    ("right", "разъяснение уместно"),
    ("could", "могли решить: нужна рекомендация"),
    ("process", "могли решить: меняем порядок"),
    ("reopened", "вернули в работу"),
]


class ReadingMark(Owned):
    """Up to which answer the hints have been written; a municipality has one."""

    municipality = models.OneToOneField(Municipality, on_delete=models.CASCADE, related_name="+")
    last_answer = models.BigIntegerField("прочитано до", default=0)

    class Meta:
        verbose_name = "отметка чтения ответов"


class ExplainedReview(Owned):
    """A person's decision on an explanatory answer to what could have been solved."""

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="explained_review")
    decision = models.CharField("решение", max_length=10, choices=REVIEWS)
    words = models.CharField("почему", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "проверка разъяснения"
        indexes = [models.Index(fields=["municipality", "-at"], name="explained_review_newest")]
