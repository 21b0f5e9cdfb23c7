"""What belongs to a case and is not the case: its first text, questions, files, links to like cases, saved views."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from otklik.cases.models.case import Case
from otklik.channels.models import StoredFile
from otklik.common.models import Owned
from otklik.topics.models import Topic


class CaseText(Owned):
    """The text as it came, with personal data; reading it is journaled."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="original")
    text = models.TextField("текст как пришёл")
    spans = models.JSONField("личные данные", default=list)


class Question(Owned):
    """A separate question or request found in the text; offsets are in the masked text."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField("номер")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField("вопрос")
    topic = models.ForeignKey(Topic, null=True, on_delete=models.PROTECT, related_name="+")
    topic_sureness = models.FloatField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="question_number")]


class CaseFile(Owned):
    """A file of the case: from the applicant, a scan, a proof of the deed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField("зачем", max_length=12, default="message")


class Twin(Owned):
    """A like case: repeat, duplicate or part of a common problem, always with the reason.

    The link keeps when both cases came: links of a period are then found by one index without reading the cases.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="twins")
    other = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="twin_of")
    case_came_at = models.DateTimeField("карточка пришла")
    other_came_at = models.DateTimeField("похожая пришла")
    kind = models.CharField("вид", max_length=10)
    sureness = models.FloatField("уверенность")
    reason = models.CharField("почему", max_length=300)
    decision = models.CharField("решение", max_length=10, default="proposed")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "other"], name="twin_pair"),
            models.CheckConstraint(condition=~Q(case=F("other")), name="twin_is_another"),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "case_came_at"],
                include=["other_came_at", "case", "other", "decision"],
                name="twin_came",
            )
        ]


class SavedView(Owned):
    """A filter of the list under a name, kept by a person."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="views")
    title = models.CharField("название", max_length=80)
    query = models.CharField("условия", max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "municipality", "title"], name="view_title")]
