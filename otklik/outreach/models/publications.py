"""The register of publications: where the administration's word can be read, with a link that proves it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.channels.models import StoredFile
from otklik.common.models import Owned
from otklik.outreach.models.media import MediaOutlet
from otklik.outreach.models.pages import OfficialPage
from otklik.outreach.words import PUBLICATIONS


class Publication(Owned):
    """One publication with its proof: a link, or for a printed bulletin its number.

    `about` ties it to a thing of another package in neutral words: "risk:12", "act:creation", "release:4".
    A mistaken line is struck out with a reason, never deleted.
    """

    title = models.CharField("о чём", max_length=300)
    kind = models.CharField("где", max_length=16, choices=list(PUBLICATIONS.items()))
    outlet = models.CharField("издание или страница", max_length=200)
    media = models.ForeignKey(
        MediaOutlet, null=True, blank=True, on_delete=models.PROTECT, related_name="publications"
    )
    page = models.ForeignKey(
        OfficialPage, null=True, blank=True, on_delete=models.PROTECT, related_name="publications"
    )
    url = models.URLField("ссылка", max_length=500, blank=True)
    issue = models.CharField("номер выпуска", max_length=60, blank=True)
    on = models.DateField("дата")
    about = models.CharField("к чему относится", max_length=60, blank=True)
    copy = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="копия"
    )
    at = models.DateTimeField("записано")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_title = models.CharField("должность", max_length=200, blank=True)
    struck_at = models.DateTimeField("вычеркнуто", null=True, blank=True)
    struck_why = models.CharField("почему вычеркнуто", max_length=300, blank=True)

    class Meta:
        verbose_name = "публикация"
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(PUBLICATIONS)), name="publication_kind"),
            models.CheckConstraint(condition=~Q(url="") | ~Q(issue=""), name="publication_has_proof"),
            models.CheckConstraint(
                condition=Q(struck_at=None) | ~Q(struck_why=""), name="publication_struck_why"
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "-on"], name="publication_newest"),
            models.Index(fields=["municipality", "about"], condition=~Q(about=""), name="publication_about"),
        ]

    def __str__(self) -> str:
        return self.title
