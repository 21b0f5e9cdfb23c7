"""Press releases: written, approved, printed, sent by mail to those who take them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.accounts.models import Post
from otklik.channels.models import Outgoing
from otklik.common.models import Owned
from otklik.outreach.models.media import MediaOutlet
from otklik.outreach.words import RELEASES


class PressRelease(Owned):
    """A text for the press in the name of a post. `returned_why` is the newest remark of who approves."""

    number = models.PositiveIntegerField("номер")
    title = models.CharField("заголовок", max_length=200)
    lead = models.CharField("главное", max_length=500, blank=True)
    text = models.TextField("текст")
    speaker = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="кто говорит"
    )
    contact = models.CharField("куда обращаться", max_length=200, blank=True)
    about = models.CharField("к чему относится", max_length=60, blank=True)
    state = models.CharField("состояние", max_length=10, choices=list(RELEASES.items()), default="draft")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField("составлен")
    returned_why = models.CharField("почему возвращён", max_length=500, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_title = models.CharField("должность согласовавшего", max_length=200, blank=True)
    approved_at = models.DateTimeField("согласован", null=True, blank=True)
    sent_at = models.DateTimeField("разослан", null=True, blank=True)

    class Meta:
        verbose_name = "пресс-релиз"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="press_release_number"),
            models.CheckConstraint(condition=Q(state__in=list(RELEASES)), name="press_release_state"),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "sent"])
                | (Q(approved_by__isnull=False) & Q(approved_at__isnull=False)),
                name="press_release_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="press_release_sent"
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.number}"


class ReleaseSending(Owned):
    """One letter with a release to one outlet; how it went stands in its outgoing."""

    release = models.ForeignKey(PressRelease, on_delete=models.CASCADE, related_name="sendings")
    outlet = models.ForeignKey(MediaOutlet, on_delete=models.PROTECT, related_name="sendings")
    outgoing = models.ForeignKey(Outgoing, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "рассылка пресс-релиза"
        ordering = ["outlet__title", "pk"]
        constraints = [models.UniqueConstraint(fields=["release", "outlet"], name="press_release_once")]
