"""Rubrics, target groups and templates: what a material is put under and begun from."""

from django.db import models
from django.db.models import Q

from otklik.common.models import Owned


class Heading(Owned):
    """A dictionary line with a key; closed, never deleted."""

    key = models.SlugField("ключ", max_length=40)
    title = models.CharField("название", max_length=120)
    position = models.PositiveSmallIntegerField("порядок", default=0)
    closed_on = models.DateField("не используется с", null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["position", "title", "pk"]

    def __str__(self) -> str:
        return self.title


class Rubric(Heading):
    """What kind of talk it is: works, answers, safety."""

    class Meta(Heading.Meta):
        verbose_name = "рубрика"
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="content_rubric_key")]


class TargetGroup(Heading):
    """Whom a material is for; `habits` is how to speak to them (DEM-2.2.12)."""

    habits = models.CharField("как с ними говорить", max_length=300, blank=True)

    class Meta(Heading.Meta):
        verbose_name = "целевая группа"
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="content_group_key")]


class PostTemplate(Owned):
    """A text with places to fill in, each in braces: «Отключение воды: {адреса}, {дата}»."""

    title = models.CharField("название", max_length=120)
    rubric = models.ForeignKey(Rubric, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("текст")
    made_at = models.DateTimeField("записан")
    closed_at = models.DateTimeField("не используется с", null=True, blank=True)

    class Meta:
        verbose_name = "шаблон записи"
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "title"], condition=Q(closed_at=None), name="content_template_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="content_template_has_text"),
        ]

    def __str__(self) -> str:
        return self.title
