"""Pictures with their words for those who do not see them, their sizes for networks, and previews of links."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.channels.models import StoredFile
from otklik.common.models import Owned


class MediaItem(Owned):
    """A picture of the library. `alt` says what is on it: without it no picture is taken."""

    title = models.CharField("название", max_length=160)
    alt = models.CharField("что на снимке", max_length=400)
    source = models.CharField("чей снимок", max_length=200)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    width = models.PositiveIntegerField("ширина")
    height = models.PositiveIntegerField("высота")
    rubric = models.ForeignKey(
        "content.Rubric", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField("добавлен")
    retired_at = models.DateTimeField("убран", null=True, blank=True)
    retired_why = models.CharField("почему убран", max_length=300, blank=True)

    class Meta:
        verbose_name = "снимок"
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(alt=""), name="content_picture_has_alt"),
            models.CheckConstraint(condition=~Q(source=""), name="content_picture_has_source"),
        ]
        indexes = [models.Index(fields=["municipality", "-added_at"], name="content_picture_newest")]

    def __str__(self) -> str:
        return self.title


class MediaSize(Owned):
    """The same picture drawn anew for a network."""

    item = models.ForeignKey(MediaItem, on_delete=models.CASCADE, related_name="sizes")
    network = models.CharField("площадка", max_length=10)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    width = models.PositiveIntegerField("ширина")
    height = models.PositiveIntegerField("высота")

    class Meta:
        verbose_name = "размер снимка"
        constraints = [models.UniqueConstraint(fields=["item", "network"], name="content_size_once")]


class LinkPreview(Owned):
    """What a network will show of a link; `error` says why there is nothing to show."""

    url = models.URLField("ссылка", max_length=1000)
    url_key = models.CharField("отпечаток ссылки", max_length=64)
    title = models.CharField("заголовок", max_length=300, blank=True)
    description = models.CharField("описание", max_length=500, blank=True)
    site = models.CharField("сайт", max_length=160, blank=True)
    picture = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    error = models.CharField("почему не показать", max_length=400, blank=True)
    fetched_at = models.DateTimeField("прочитана")

    class Meta:
        verbose_name = "вид ссылки"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "url_key"], name="content_preview_once")
        ]
