"""A preventive campaign: its plan, steps, visas, who took part, and appeals it saved."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from otklik.accounts.models import Post
from otklik.analytics.criteria.models import Finding
from otklik.channels.models import StoredFile
from otklik.common.models import Owned
from otklik.outreach.content.models import Material
from otklik.outreach.models import OfficialPage
from otklik.problems.models import Problem
from otklik.risks.campaigns.models.calendar import CampaignCall, Threat
from otklik.risks.campaigns.words import (
    AGREED,
    DECISIONS,
    SOURCES,
    STAGES,
    STATES,
    STEP_KINDS,
    STEP_STATES,
    VERDICTS,
)
from otklik.risks.models import Risk


class Campaign(Owned):
    """A plan to warn people before a trouble comes (DEM-RISK-3.2, 3.3). It runs from `since` to `until`; appeals are
    compared with the forecast from `watch_since` to `watch_until`. `expected` is that forecast as it stood on the
    day of approval (`flows.foretell`); it never changes after.
    """

    number = models.PositiveIntegerField("номер")
    title = models.CharField("название", max_length=200)
    aim = models.CharField("цель", max_length=500)
    audience = models.CharField("кому говорим", max_length=300)
    places = models.CharField("где", max_length=300, blank=True)
    settlements = ArrayField(models.BigIntegerField(), verbose_name="места", default=list, blank=True)
    topics = ArrayField(models.CharField(max_length=60), verbose_name="темы", default=list, blank=True)
    source = models.CharField("откуда", max_length=8, choices=list(SOURCES.items()), default="hand")
    ground = models.CharField("почему нужна", max_length=500)
    threat = models.ForeignKey(
        Threat, null=True, blank=True, on_delete=models.PROTECT, related_name="campaigns"
    )
    call = models.OneToOneField(
        CampaignCall, null=True, blank=True, on_delete=models.PROTECT, related_name="campaign"
    )
    risk = models.ForeignKey(Risk, null=True, blank=True, on_delete=models.PROTECT, related_name="campaigns")
    problem = models.ForeignKey(
        Problem, null=True, blank=True, on_delete=models.PROTECT, related_name="campaigns"
    )
    finding = models.ForeignKey(
        Finding, null=True, blank=True, on_delete=models.PROTECT, related_name="campaigns"
    )
    drill = models.BooleanField("учебная", default=False)
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="campaigns")
    since = models.DateField("с")
    until = models.DateField("по")
    watch_since = models.DateField("считаем обращения с")
    watch_until = models.DateField("считаем обращения по")
    state = models.CharField("состояние", max_length=10, choices=list(STATES.items()), default="draft")
    state_reason = models.CharField("почему так", max_length=300, blank=True)
    expected = models.JSONField("прогноз на день утверждения", default=dict, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_title = models.CharField("должность составителя", max_length=200, blank=True)
    made_at = models.DateTimeField("составлена")
    sent_at = models.DateTimeField("отправлена на согласование", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_title = models.CharField("должность утвердившего", max_length=200, blank=True)
    approved_at = models.DateTimeField("утверждена", null=True, blank=True)
    finished_at = models.DateTimeField("завершена или отменена", null=True, blank=True)
    result = models.CharField("итог", max_length=1000, blank=True)
    version = models.PositiveIntegerField("версия", default=1)

    class Meta:
        verbose_name = "предупредительная кампания"
        verbose_name_plural = "предупредительные кампании"
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="campaign_number"),
            models.CheckConstraint(
                condition=Q(until__gte=F("since"), watch_until__gte=F("watch_since")), name="campaign_days"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AGREED) | Q(approved_at__isnull=False), name="campaign_was_approved"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "cancelled"]) | Q(finished_at__isnull=False),
                name="campaign_ends_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(result=""), name="campaign_done_has_a_result"
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(state_reason=""), name="campaign_cancelled_with_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "state", "-since"], name="campaign_state"),
            models.Index(fields=["municipality", "-made_at"], name="campaign_newest"),
        ]

    def __str__(self) -> str:
        return f"№ {self.number} «{self.title}»"

    @property
    def about(self) -> str:
        """The string that ties posts to this campaign, for packages that know nothing of it."""
        return f"campaign:{self.pk}"


class CampaignStep(Owned):
    """One thing to do: a post on pages (its text goes to the content plan as `material`) or a deed off the network.

    `at` is the moment of a post, ten in the morning of the day for other deeds.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField("вид", max_length=8, choices=list(STEP_KINDS.items()))
    title = models.CharField("что делаем", max_length=200)
    text = models.TextField("текст", blank=True)
    audience = models.CharField("кому", max_length=200, blank=True)
    at = models.DateTimeField("когда")
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    pages = models.ManyToManyField(OfficialPage, related_name="+", blank=True, verbose_name="страницы")
    material = models.OneToOneField(
        Material, null=True, blank=True, on_delete=models.SET_NULL, related_name="campaign_step"
    )
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField("состояние", max_length=8, choices=list(STEP_STATES.items()), default="planned")
    done_at = models.DateTimeField("сделано", null=True, blank=True)
    done_title = models.CharField("кто сделал", max_length=200, blank=True)
    result = models.CharField("что вышло", max_length=500, blank=True)
    link = models.CharField("ссылка", max_length=500, blank=True)

    class Meta:
        verbose_name = "шаг кампании"
        verbose_name_plural = "шаги кампании"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | (Q(done_at__isnull=False) & ~Q(result="")),
                name="campaign_step_done_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(result=""), name="campaign_step_dropped_with_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="placed") | Q(kind="post"), name="campaign_step_placed_is_a_post"
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "at"], condition=Q(state="planned"), name="campaign_step_due"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Visa(Owned):
    """A post asked to agree to a campaign, and what it said. Posts are asked all at once."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="visas")
    turn = models.PositiveSmallIntegerField("заход", default=1)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("спрошено")
    decision = models.CharField(
        "решение", max_length=8, choices=list(DECISIONS.items()), blank=True, default=""
    )
    words = models.CharField("замечание", max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("решено", null=True, blank=True)

    class Meta:
        verbose_name = "виза кампании"
        verbose_name_plural = "визы кампании"
        ordering = ["turn", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "turn", "post"], name="campaign_visa_once"),
            models.CheckConstraint(
                condition=Q(decision="", at=None) | (~Q(decision="") & Q(at__isnull=False)),
                name="campaign_visa_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(decision="refused") | ~Q(words=""), name="campaign_visa_refused_with_words"
            ),
        ]


class Participation(Owned):
    """Somebody took part in preparing or carrying out (DEM-RISK-3.2, 3.3): what was done, in which post.

    `is_officer` says whether this was the officer of risks the charter names.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="participations")
    stage = models.CharField("этап", max_length=8, choices=list(STAGES.items()))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField("должность", max_length=200, blank=True)
    is_officer = models.BooleanField("сотрудник по рискам", default=False)
    words = models.CharField("что сделал", max_length=300)
    at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "участие в кампании"
        verbose_name_plural = "участие в кампаниях"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["municipality", "stage", "-at"], name="campaign_part_newest")]


class EffectCount(Owned):
    """Appeals that came against those foretold, as counted once for a last week; added to, never edited."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="effects")
    until = models.DateField("по неделю до")
    at = models.DateTimeField("посчитано")
    verdict = models.CharField("вывод", max_length=8, choices=list(VERDICTS.items()))
    words = models.CharField("словами", max_length=500)
    came = models.PositiveIntegerField("пришло", null=True, blank=True)
    expected = models.FloatField("ждали", null=True, blank=True)
    avoided = models.FloatField("меньше на", null=True, blank=True)
    low = models.FloatField("не меньше чем на", null=True, blank=True)
    high = models.FloatField("не больше чем на", null=True, blank=True)
    against = models.CharField("против остальных тем", max_length=500, blank=True)

    class Meta:
        verbose_name = "эффект кампании"
        verbose_name_plural = "эффекты кампаний"
        ordering = ["-until", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "until"], name="campaign_effect_once_a_week")
        ]
