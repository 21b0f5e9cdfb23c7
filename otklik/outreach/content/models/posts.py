"""Posts: versions of a material per page, how each left, what came of it; the calm mode that holds them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from otklik.channels.models import Outgoing, StoredFile
from otklik.common.models import Owned
from otklik.outreach.content.models.materials import Material
from otklik.outreach.content.models.pictures import MediaItem
from otklik.outreach.content.words import MARKS, POST_STATES
from otklik.outreach.models import OfficialPage


class CalmMode(Owned):
    """An emergency during which planned posts do not go out; one at a time."""

    reason = models.CharField("почему", max_length=300)
    started_at = models.DateTimeField("включён")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    started_title = models.CharField("должность включившего", max_length=200, blank=True)
    ended_at = models.DateTimeField("выключен", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "режим тишины"
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality"], condition=Q(ended_at=None), name="content_calm_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="content_calm_has_a_reason"),
        ]


class PublicsExport(Owned):
    """A file of posts for the publication system «Госпаблики», as it was given out."""

    at = models.DateTimeField("выгружено")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    posts_count = models.PositiveIntegerField("записей")

    class Meta:
        verbose_name = "выгрузка для «Госпабликов»"
        ordering = ["-at", "-pk"]


class Post(Owned):
    """One version of a material on one page.

    `planned_at` empty means «at once when agreed». `link` is the proof. `held_by` and `held_why` say what holds it;
    `passes_calm` is a person's word that this one may go all the same. `in_publics_system` marks a post put out
    through «Госпаблики».
    """

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="posts")
    page = models.ForeignKey(OfficialPage, on_delete=models.PROTECT, related_name="posts")
    text = models.TextField("текст")
    picture = models.ForeignKey(
        MediaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="posts"
    )
    planned_at = models.DateTimeField("когда", null=True, blank=True)
    state = models.CharField("состояние", max_length=10, choices=list(POST_STATES.items()), default="draft")
    outgoing = models.OneToOneField(
        Outgoing, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    error = models.CharField("почему не вышла", max_length=400, blank=True)
    link = models.URLField("ссылка на запись", max_length=500, blank=True)
    placed_at = models.DateTimeField("вышла", null=True, blank=True)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    held_by = models.ForeignKey(
        CalmMode, null=True, blank=True, on_delete=models.SET_NULL, related_name="held"
    )
    held_why = models.CharField("почему придержана", max_length=300, blank=True)
    passes_calm = models.BooleanField("выходит и в режиме тишины", default=False)
    in_publics_system = models.BooleanField("через «Госпаблики»", default=False)
    publics_export = models.ForeignKey(
        PublicsExport, null=True, blank=True, on_delete=models.SET_NULL, related_name="posts"
    )
    version = models.PositiveIntegerField("версия", default=1)

    class Meta:
        verbose_name = "запись"
        ordering = [F("planned_at").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["material", "page"], condition=~Q(state="withdrawn"), name="content_post_once_a_page"
            ),
            models.CheckConstraint(condition=Q(state__in=list(POST_STATES)), name="content_post_state"),
            models.CheckConstraint(
                condition=~Q(state="placed") | (Q(placed_at__isnull=False) & ~Q(link="")),
                name="content_post_placed_has_proof",
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | ~Q(held_why=""), name="content_post_held_has_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "planned_at"], name="content_post_planned"),
            models.Index(
                fields=["municipality", "planned_at"],
                condition=Q(state__in=["approved", "sending"]),
                name="content_post_due",
            ),
            models.Index(
                fields=["municipality", "-placed_at"],
                condition=Q(state="placed"),
                name="content_post_placed",
            ),
        ]

    def __str__(self) -> str:
        return f"запись {self.pk}"


class PostReach(Owned):
    """How a post did at a mark; empty means nobody can tell. Reactions are numbers, never who reacted."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reaches")
    mark = models.CharField("отметка", max_length=4, choices=list(MARKS.items()))
    at = models.DateTimeField("когда")
    views = models.PositiveIntegerField("просмотров", null=True, blank=True)
    likes = models.PositiveIntegerField("отметок", null=True, blank=True)
    comments = models.PositiveIntegerField("комментариев", null=True, blank=True)
    reposts = models.PositiveIntegerField("пересказов", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "охват записи"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "mark"], condition=~Q(mark="hand"), name="content_reach_once_a_mark"
            ),
            models.CheckConstraint(condition=Q(mark__in=list(MARKS)), name="content_reach_mark"),
        ]
