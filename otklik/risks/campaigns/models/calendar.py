"""The calendar of threats that come with a season or a date, its revisions, and topics that need a campaign."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from otklik.common.models import Owned
from otklik.risks.campaigns.words import CALL_STATES, KINDS, SOURCES, TURNS
from otklik.risks.models import Alert
from otklik.topics.models import Topic


class Threat(Owned):
    """A threat that comes back every year (DEM-RISK-3.4). Days are «MM-DD» of the middle belt; an edge moves with
    the turn of the year it names, by the weeks the charter gives for the local climate. `key` is empty for a threat
    of the town's own; `changed_on` empty means the starter text nobody has looked at yet."""

    key = models.SlugField("ключ", max_length=40, blank=True)
    title = models.CharField("угроза", max_length=160)
    kind = models.CharField("повторяется", max_length=8, choices=list(KINDS.items()))
    gist = models.CharField("чем грозит", max_length=500)
    advice = models.CharField("что сделать заранее", max_length=500, blank=True)
    audience = models.CharField("кому говорим", max_length=200, blank=True)
    message = models.TextField("заготовка текста", blank=True)
    check_words = models.CharField("что сверить", max_length=300, blank=True)
    topics = ArrayField(models.CharField(max_length=60), verbose_name="темы", default=list, blank=True)
    begins = models.CharField("начало", max_length=5)
    begins_by = models.CharField("начало идёт за", max_length=6, choices=list(TURNS.items()), default="fixed")
    ends = models.CharField("конец", max_length=5)
    ends_by = models.CharField("конец идёт за", max_length=6, choices=list(TURNS.items()), default="fixed")
    warn_weeks = models.PositiveSmallIntegerField("предупреждаем за, недель", default=3)
    is_on = models.BooleanField("в перечне", default=True)
    off_why = models.CharField("почему исключена", max_length=300, blank=True)
    added_at = models.DateTimeField("внесена")
    changed_on = models.DateField("изменена", null=True, blank=True)
    version = models.PositiveIntegerField("версия", default=1)

    class Meta:
        verbose_name = "угроза"
        verbose_name_plural = "угрозы"
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "key"], condition=~Q(key=""), name="threat_of_the_starter_once"
            ),
            models.CheckConstraint(
                condition=Q(begins__regex=r"^\d\d-\d\d$", ends__regex=r"^\d\d-\d\d$"), name="threat_days"
            ),
            models.CheckConstraint(
                condition=Q(warn_weeks__gte=1, warn_weeks__lte=12), name="threat_warns_ahead"
            ),
            models.CheckConstraint(condition=Q(is_on=True) | ~Q(off_why=""), name="threat_off_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.title


class Revision(Owned):
    """The list of threats was looked through by a person on a day: how many stand in it, what was changed."""

    at = models.DateTimeField("когда")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField("должность", max_length=200, blank=True)
    threats = models.PositiveSmallIntegerField("в перечне")
    changed = models.PositiveSmallIntegerField("изменено с прошлого раза", default=0)
    words = models.CharField("что решено", max_length=500)

    class Meta:
        verbose_name = "пересмотр перечня угроз"
        verbose_name_plural = "пересмотры перечня угроз"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["municipality", "-at"], name="threat_revision_newest")]


class CampaignCall(Owned):
    """A topic that needs a campaign (DEM-RISK-3.1): why, by which figures; `told_at` is when the chat was told of it.

    `season_year` is the year in which the season of the threat begins; a threat calls once a season.
    """

    threat = models.ForeignKey(Threat, null=True, blank=True, on_delete=models.PROTECT, related_name="calls")
    season_year = models.PositiveSmallIntegerField("сезон", null=True, blank=True)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField("откуда", max_length=8, choices=list(SOURCES.items()))
    title = models.CharField("тема кампании", max_length=200)
    reason = models.CharField("почему нужна", max_length=500)
    figures = models.JSONField("цифры", default=dict, blank=True)
    since = models.DateField("угроза с")
    until = models.DateField("угроза по")
    drill = models.BooleanField("учебная", default=False)
    found_at = models.DateTimeField("замечена")
    state = models.CharField("решение", max_length=8, choices=list(CALL_STATES.items()), default="open")
    told_at = models.DateTimeField("передана в чат", null=True, blank=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    told_title = models.CharField("кто передал", max_length=200, blank=True)
    alert = models.OneToOneField(
        Alert, null=True, blank=True, on_delete=models.PROTECT, related_name="campaign_call"
    )
    decided_at = models.DateTimeField("решено", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.CharField("почему так решено", max_length=300, blank=True)

    class Meta:
        verbose_name = "заявка на кампанию"
        verbose_name_plural = "заявки на кампании"
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["threat", "season_year"], name="campaign_call_once_a_season"),
            models.CheckConstraint(condition=Q(until__gte=models.F("since")), name="campaign_call_days"),
            models.CheckConstraint(
                condition=~Q(state="told") | Q(told_at__isnull=False), name="campaign_call_told_has_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(words=""), name="campaign_call_refused_with_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "state", "-found_at"], name="campaign_call_state"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> str:
        """The string that ties words in the alert chat to this call."""
        return f"campaign-call:{self.pk}"
