"""The topic tree, common to all municipalities, and the charter's blocks that divide it.

Filled by `topics.services.load_topics` and `load_blocks`; read through `topics.selectors`.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from otklik.common.models import Owned


class Topic(models.Model):
    """A theme of messages with its crosswalk to the state classifier; not owned by a municipality."""

    key = models.SlugField("ключ", max_length=60, unique=True)
    group = models.CharField("группа", max_length=40)
    title = models.CharField("название", max_length=160)
    codes = ArrayField(models.CharField(max_length=24), verbose_name="коды классификатора", default=list)
    solvable = models.BooleanField("решаемая", default=True)
    fast_track = models.BooleanField("ускоренная", default=False)
    threshold = models.FloatField("порог уверенности", default=0.65)
    position = models.PositiveIntegerField("порядок", default=0)
    is_open = models.BooleanField("действует", default=True)

    class Meta:
        verbose_name = "тема"
        verbose_name_plural = "темы"
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class Block(Owned):
    """Отраслевой блок of the charter: a head, members, the topics it answers for."""

    key = models.SlugField("ключ", max_length=60)
    title = models.CharField("название", max_length=200)
    is_catch_all = models.BooleanField("прочие темы", default=False)
    position = models.PositiveSmallIntegerField("порядок", default=0)
    topics = models.ManyToManyField(Topic, related_name="blocks")

    class Meta:
        verbose_name = "блок"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="block_key")]

    def __str__(self) -> str:
        return self.title
