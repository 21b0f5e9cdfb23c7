"""Open data sets and their issues: depersonalised tables with a passport (8-ФЗ ст. 7, DEM-2.2.13).

A set is described here; what an issue holds is composed above, from daily facts, and kept as it was published.
"""

from django.db import models
from django.db.models import Q

from otklik.accounts.models import Post
from otklik.common.models import Owned


class OpenDataset(Owned):
    """A set with the words of its passport; `is_on` is the decision to publish it."""

    key = models.SlugField("ключ", max_length=40)
    title = models.CharField("название", max_length=200)
    description = models.TextField("описание")
    keywords = models.CharField("ключевые слова", max_length=300, blank=True)
    owner_number = models.CharField("ИНН владельца", max_length=12, blank=True)
    responsible_post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    phone = models.CharField("телефон", max_length=60, blank=True)
    mail = models.EmailField("почта", blank=True)
    is_on = models.BooleanField("публикуется", default=True)
    first_issued_on = models.DateField("впервые опубликован", null=True, blank=True)

    class Meta:
        verbose_name = "набор открытых данных"
        ordering = ["title", "pk"]
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="open_dataset_key")]

    def __str__(self) -> str:
        return self.title


class DatasetIssue(Owned):
    """One issue of a set as it was published: the table in CSV, its columns, its digest; never edited."""

    dataset = models.ForeignKey(OpenDataset, on_delete=models.CASCADE, related_name="issues")
    number = models.PositiveIntegerField("версия")
    at = models.DateTimeField("опубликовано")
    since = models.DateField("с")
    until = models.DateField("по")
    change = models.CharField("что изменилось", max_length=300)
    columns = models.JSONField("столбцы", default=list)
    structure_on = models.DateField("структура от")
    rows = models.PositiveIntegerField("строк")
    hidden = models.PositiveIntegerField("скрыто малых чисел", default=0)
    csv = models.TextField("таблица")
    sha256 = models.CharField("отпечаток", max_length=64)

    class Meta:
        verbose_name = "выпуск набора"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "number"], name="dataset_issue_number"),
            models.CheckConstraint(condition=Q(until__gte=models.F("since")), name="dataset_issue_period"),
        ]
        indexes = [models.Index(fields=["municipality", "-at"], name="dataset_issue_newest")]
