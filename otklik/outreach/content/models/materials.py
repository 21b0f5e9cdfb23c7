"""A material: what is told, to whom, on what ground, who agreed. Its versions per page are posts."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.common.models import Owned
from otklik.outreach.content.models.headings import Rubric, TargetGroup
from otklik.outreach.content.words import MATERIAL_STATES, ORIGINS


class Material(Owned):
    """What the centre tells (DEM-2.2.12). `about` ties it to a thing of another package: "risk:12", "campaign:7".

    `figures` are the numbers behind it: rows of `rules.Figure` as dictionaries. `passes_calm` is a material about the
    emergency itself. A material of an exercise never leaves and counts nowhere.
    """

    number = models.PositiveIntegerField("номер")
    title = models.CharField("заголовок", max_length=200)
    gist = models.CharField("суть", max_length=500, blank=True)
    text = models.TextField("исходный текст")
    link = models.URLField("ссылка в записи", max_length=1000, blank=True)
    hashtags = models.CharField("хештеги", max_length=200, blank=True)
    rubric = models.ForeignKey(
        Rubric, null=True, blank=True, on_delete=models.PROTECT, related_name="materials"
    )
    audience = models.ForeignKey(
        TargetGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="materials"
    )
    topic_key = models.CharField("тематика", max_length=60, blank=True)
    about = models.CharField("к чему относится", max_length=60, blank=True)
    origin = models.CharField("откуда тема", max_length=10, choices=list(ORIGINS.items()), default="hand")
    figures = models.JSONField("цифры", default=list, blank=True)
    picture = models.ForeignKey(
        "content.MediaItem", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_title = models.CharField("должность автора", max_length=200, blank=True)
    made_at = models.DateTimeField("составлен")
    state = models.CharField(
        "состояние", max_length=10, choices=list(MATERIAL_STATES.items()), default="draft"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_title = models.CharField("должность согласовавшего", max_length=200, blank=True)
    approved_at = models.DateTimeField("согласован", null=True, blank=True)
    returned_why = models.CharField("почему возвращён", max_length=500, blank=True)
    passes_calm = models.BooleanField("о самом происшествии", default=False)
    is_exercise = models.BooleanField("учебный", default=False)
    version = models.PositiveIntegerField("версия", default=1)

    class Meta:
        verbose_name = "материал"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="content_material_number"),
            models.CheckConstraint(
                condition=Q(state__in=list(MATERIAL_STATES)), name="content_material_state"
            ),
            models.CheckConstraint(condition=Q(origin__in=list(ORIGINS)), name="content_material_origin"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_at__isnull=False),
                name="content_material_approved_when",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "-made_at"], name="content_material_newest"),
            models.Index(
                fields=["municipality", "about"], condition=~Q(about=""), name="content_material_about"
            ),
        ]

    def __str__(self) -> str:
        return f"материал {self.number}"


class ApprovalStep(Owned):
    """Whose word is needed, in order; a return closes nothing: the route begins anew."""

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField("порядок")
    post = models.ForeignKey("accounts.Post", on_delete=models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agreed_at = models.DateTimeField("согласовано", null=True, blank=True)

    class Meta:
        verbose_name = "шаг согласования"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["material", "position"], name="content_step_position"),
            models.UniqueConstraint(fields=["material", "post"], name="content_step_post"),
        ]


class MaterialMove(Owned):
    """What was done with a material or one post of it; only added to."""

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="moves")
    post = models.ForeignKey(
        "content.Post", null=True, blank=True, on_delete=models.CASCADE, related_name="moves"
    )
    deed = models.CharField("что сделано", max_length=20)
    at = models.DateTimeField("когда")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_title = models.CharField("должность", max_length=200, blank=True)
    words = models.CharField("слова", max_length=500, blank=True)

    class Meta:
        verbose_name = "ход материала"
        ordering = ["-at", "-pk"]
