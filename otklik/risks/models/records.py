"""What the procedure asks to write down of a risk: reach, verification, unknowns, measures, placements, reaction."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from otklik.accounts.models import Body, Post
from otklik.channels.models import StoredFile
from otklik.common.models import Owned
from otklik.outreach.content.models import Material
from otklik.risks.models.risk import Risk
from otklik.risks.words import (
    ANSWERS,
    MEASURE_KINDS,
    PLACES,
    REACH_MARKS,
    REACH_SOURCES,
    SPREAD,
    TONES,
    VERDICTS,
)


class Written(Owned):
    """A record somebody wrote: which round it belongs to, when, who, in which post."""

    round = models.PositiveSmallIntegerField("круг", default=1)
    at = models.DateTimeField("когда")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_title = models.CharField("должность", max_length=200, blank=True)

    class Meta:
        abstract = True


class Reach(Written):
    """How far it went by a moment; a figure nobody knows is empty, never zero. `by` empty: the network said it."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="reach")
    mark = models.CharField("замер", max_length=6, choices=list(REACH_MARKS.items()), default="other")
    source = models.CharField("откуда", max_length=8, choices=list(REACH_SOURCES.items()), default="hand")
    views = models.PositiveIntegerField("просмотров", null=True, blank=True)
    reactions = models.PositiveIntegerField("реакций", null=True, blank=True)
    comments = models.PositiveIntegerField("комментариев", null=True, blank=True)
    reposts = models.PositiveIntegerField("перепостов", null=True, blank=True)

    class Meta:
        verbose_name = "замер охвата"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(views__isnull=False)
                | Q(reactions__isnull=False)
                | Q(comments__isnull=False)
                | Q(reposts__isnull=False),
                name="reach_knows_something",
            )
        ]


class Verification(Written):
    """Whether what was said is so, and on which grounds. A false alarm has it too; a later one may mend an earlier."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="verifications")
    verdict = models.CharField("итог", max_length=10, choices=list(VERDICTS.items()))
    grounds = models.CharField("основания", max_length=1000)
    asked = models.CharField("у кого проверено", max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "проверка достоверности"
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(grounds=""), name="verification_has_grounds")]


class UnknownFact(Written):
    """A circumstance nobody knows yet, to whom it was told, and what became known."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="unknowns")
    text = models.CharField("что неизвестно", max_length=500)
    told_to = models.CharField("кого уведомили", max_length=300)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField("что выяснилось", max_length=500, blank=True)
    answered_at = models.DateTimeField("выяснилось", null=True, blank=True)

    class Meta:
        verbose_name = "неизвестное обстоятельство"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="unknown_answered_has_a_time",
            )
        ]


class Measure(Written):
    """A measure against the risk: taken already, or planned by a day; the responsible post answers for it."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="measures")
    kind = models.CharField("мера", max_length=8, choices=list(MEASURE_KINDS.items()))
    text = models.CharField("что", max_length=500)
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField("к сроку", null=True, blank=True)
    done_at = models.DateTimeField("сделано", null=True, blank=True)

    class Meta:
        verbose_name = "мера по риску"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="taken", done_at__isnull=False) | Q(kind="planned", due_at__isnull=False),
                name="risk_measure_has_its_day",
            )
        ]


class Told(Written):
    """An administration, a post or a service that was told of the risk, as its level asks."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="told")
    level_key = models.CharField("при уровне", max_length=40)
    whom = models.CharField("кому", max_length=200)
    way = models.CharField("каким путём", max_length=100, blank=True)
    words = models.CharField("что сказано", max_length=500, blank=True)

    class Meta:
        verbose_name = "оповещение о риске"
        ordering = ["pk"]


class Answer(Written):
    """An official text of the risk: the first word or the full answer, as it was sent to the content plan.

    `material` empty: it is placed without the plan, by hand. The newest full text is `Risk.official_text`.
    """

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField("какой", max_length=5, choices=list(ANSWERS.items()))
    text = models.TextField("текст")
    material = models.OneToOneField(
        Material, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "официальный текст риска"
        ordering = ["-at", "-pk"]


class Placement(Written):
    """A place where the official answer stands, and the control mark: `stands` is what the check saw there.

    `key` is «post:ID» for a post of the content plan, empty for a place entered by hand. `is_first_word` marks a first
    word that is not the full answer yet.
    """

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="placements")
    kind = models.CharField("где", max_length=14, choices=list(PLACES.items()))
    place = models.CharField("место", max_length=200)
    link = models.CharField("ссылка", max_length=500, blank=True)
    key = models.CharField("запись", max_length=40, blank=True)
    is_first_word = models.BooleanField("первое слово", default=False)
    placed_at = models.DateTimeField("размещено")
    checked_at = models.DateTimeField("проверено", null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stands = models.BooleanField("на месте", null=True, blank=True)
    seen = models.CharField("что увидели", max_length=300, blank=True)

    class Meta:
        verbose_name = "размещение ответа"
        ordering = ["placed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["risk", "key"], condition=~Q(key=""), name="placement_once"),
            models.CheckConstraint(
                condition=Q(checked_at=None, stands=None) | Q(checked_at__isnull=False, stands__isnull=False),
                name="placement_checked_whole",
            ),
        ]


class Reaction(Written):
    """What was seen of the reaction at a moment: does it spread, what is the tone; each with its words."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="reactions")
    spread = models.CharField("распространение", max_length=6, choices=list(SPREAD.items()))
    tone = models.CharField("реакция", max_length=8, choices=list(TONES.items()))
    comments = models.PositiveIntegerField("новых отзывов", null=True, blank=True)
    negative = models.PositiveIntegerField("из них негативных", null=True, blank=True)
    words = models.CharField("что видели", max_length=500)
    links = ArrayField(models.CharField(max_length=500), verbose_name="ссылки", default=list, blank=True)

    class Meta:
        verbose_name = "наблюдение реакции"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(negative=None) | Q(comments__isnull=False, negative__lte=models.F("comments")),
                name="reaction_negative_within",
            )
        ]


class Compensation(Written):
    """A publication that makes up for the harm of a news item, and the effect seen afterwards (BOG-III.4.6)."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="compensations")
    title = models.CharField("о чём", max_length=200)
    place = models.CharField("где", max_length=200)
    link = models.CharField("ссылка", max_length=500)
    effect = models.CharField("что изменилось", max_length=500, blank=True)
    effect_at = models.DateTimeField("эффект замечен", null=True, blank=True)

    class Meta:
        verbose_name = "компенсирующая публикация"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(effect="", effect_at=None) | (~Q(effect="") & Q(effect_at__isnull=False)),
                name="compensation_effect_has_a_time",
            )
        ]
