"""Method notes with versions and readings, and papers that blocks look through and visa."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from otklik.common.models import Owned


class MethodNote(Owned):
    """A text that helps to work; `audience` are keys of roles, empty: everybody."""

    THEMES: ClassVar = [
        ("processing", "сроки и порядок обработки"),
        ("social", "ответы в соцсетях"),
        ("answers", "качество ответов"),
        ("systems", "работа в системах"),
        ("other", "другое"),
    ]

    title = models.CharField("название", max_length=200)
    theme = models.CharField("о чём", max_length=10, choices=THEMES)
    audience = ArrayField(models.CharField(max_length=60), verbose_name="для кого", default=list)
    withdrawn_at = models.DateTimeField("не действует с", null=True)

    class Meta:
        verbose_name = "методический материал"
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class MethodText(Owned):
    """A version of the text; the newest one is in force."""

    note = models.ForeignKey(MethodNote, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("версия")
    text = models.TextField("текст")
    why = models.CharField("что изменилось", max_length=300, blank=True)
    at = models.DateTimeField("выпущена")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("кто выпустил", max_length=200, blank=True)

    class Meta:
        verbose_name = "версия материала"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["note", "number"], name="method_version")]


class MethodReading(Owned):
    """A person has read a version."""

    version = models.ForeignKey(MethodText, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("должность", max_length=200, blank=True)
    at = models.DateTimeField("ознакомлен")

    class Meta:
        verbose_name = "ознакомление"
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "user"], name="method_read_once")]


class VisaSheet(Owned):
    """A paper sent round the blocks; a changed paper is a new edition and is looked through anew."""

    number = models.PositiveIntegerField("номер")
    title = models.CharField("документ", max_length=300)
    text = models.TextField("содержание")
    edition = models.PositiveSmallIntegerField("редакция", default=1)
    due = models.DateField("срок")
    asked_at = models.DateTimeField("направлен")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_title = models.CharField("кто направил", max_length=200, blank=True)

    class Meta:
        verbose_name = "лист согласования"
        ordering = ["-asked_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["municipality", "number"], name="visa_sheet_number")]

    def __str__(self) -> str:
        return f"Лист согласования № {self.number}"


class Visa(Owned):
    """The word of a block about an edition: agreed, or agreed to nothing until the remarks are met."""

    DECISIONS: ClassVar = [("agreed", "согласовано"), ("remarks", "замечания")]

    sheet = models.ForeignKey(VisaSheet, on_delete=models.CASCADE, related_name="visas")
    edition = models.PositiveSmallIntegerField("редакция")
    block_key = models.CharField("блок", max_length=60)
    block_title = models.CharField("название блока", max_length=200)
    decision = models.CharField("виза", max_length=7, choices=DECISIONS, blank=True)
    words = models.CharField("замечания", max_length=1000, blank=True)
    at = models.DateTimeField("когда", null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("должность", max_length=200, blank=True)

    class Meta:
        verbose_name = "виза"
        ordering = ["-edition", "block_title"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "edition", "block_key"], name="visa_once"),
            models.CheckConstraint(
                condition=Q(decision="", at__isnull=True) | (~Q(decision="") & Q(at__isnull=False)),
                name="visa_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(decision="remarks") | ~Q(words=""), name="remarks_have_words"
            ),
        ]
