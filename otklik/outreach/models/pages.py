"""Official pages of the administration and its institutions, and what checks found of them.

DEM-2.2.11, BOG-III.4.6.2: pages are kept by decision, each with a responsible post; 8-ФЗ and распоряжение 2523-р.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from otklik.accounts.models import Post
from otklik.channels.models import Channel
from otklik.common.models import Owned
from otklik.outreach.words import NETWORKS, OWNERS


class OfficialPage(Owned):
    """A page that speaks for the administration or an institution; closed, never deleted.

    `outer_id` is what the network's API calls the page; `channel` is the account that can post there, none means that
    a person posts by hand. `responsible_words` names the post of an institution that has no posts here.
    `posts_per_week` empty means the charter's norm. `last_post_at` is what the newest check or posting saw.
    """

    title = models.CharField("название", max_length=160)
    network = models.CharField("площадка", max_length=10, choices=list(NETWORKS.items()))
    url = models.URLField("адрес", max_length=300)
    outer_id = models.CharField("номер в площадке", max_length=200, blank=True)
    channel = models.ForeignKey(
        Channel, null=True, blank=True, on_delete=models.PROTECT, related_name="official_pages"
    )
    owner = models.CharField(
        "владелец", max_length=16, choices=list(OWNERS.items()), default="administration"
    )
    organisation = models.CharField("чья страница", max_length=300)
    body_key = models.CharField("орган", max_length=60, blank=True)
    responsible_post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="official_pages"
    )
    responsible_words = models.CharField("ответственная должность", max_length=200, blank=True)
    act = models.CharField("акт о ведении", max_length=300, blank=True)
    verified = models.BooleanField("отметка о подтверждении", default=False)
    verified_on = models.DateField("подтверждена", null=True, blank=True)
    in_publics_system = models.BooleanField("ведётся через «Госпаблики»", default=False)
    posts_per_week = models.PositiveSmallIntegerField("записей в неделю, не меньше", null=True, blank=True)
    opened_on = models.DateField("ведётся с")
    closed_on = models.DateField("закрыта", null=True, blank=True)
    close_reason = models.CharField("почему закрыта", max_length=300, blank=True)
    checked_at = models.DateTimeField("проверена", null=True, blank=True)
    last_post_at = models.DateTimeField("последняя запись", null=True, blank=True)
    gaps = models.JSONField("пробелы", default=list, blank=True)

    class Meta:
        verbose_name = "официальная страница"
        ordering = ["organisation", "network", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "url"], condition=Q(closed_on=None), name="official_page_once"
            ),
            models.CheckConstraint(condition=Q(network__in=list(NETWORKS)), name="official_page_network"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | (Q(closed_on__gte=F("opened_on")) & ~Q(close_reason="")),
                name="official_page_closed_why",
            ),
            models.CheckConstraint(
                condition=Q(verified=False) | Q(verified_on__isnull=False), name="official_page_verified_when"
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "organisation"],
                condition=Q(closed_on=None),
                name="official_page_open",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def responsible(self) -> str:
        """The responsible post in words; empty when nobody answers for the page."""
        return self.responsible_post.title if self.responsible_post else self.responsible_words


class PageCheck(Owned):
    """One look at a page: what a machine or a person saw. `findings` are rows of `rules.Finding`."""

    page = models.ForeignKey(OfficialPage, on_delete=models.CASCADE, related_name="checks")
    at = models.DateTimeField("когда")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answers = models.BooleanField("страница отвечает", null=True)
    last_post_at = models.DateTimeField("последняя запись", null=True, blank=True)
    posts_in_week = models.PositiveIntegerField("записей за неделю", null=True, blank=True)
    followers = models.PositiveIntegerField("подписчиков", null=True, blank=True)
    findings = models.JSONField("что увидено", default=list)
    gaps = models.PositiveSmallIntegerField("пробелов", default=0)

    class Meta:
        verbose_name = "проверка страницы"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["municipality", "-at"], name="page_check_newest")]


class LawCheck(Owned):
    """A dated check list of 8-ФЗ filled in by a person: `marks` is {mark: "yes"|"no"|"none"}, `notes` {mark: words}."""

    page = models.ForeignKey(OfficialPage, on_delete=models.CASCADE, related_name="law_checks")
    on = models.DateField("день")
    at = models.DateTimeField("записано")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField("должность", max_length=200, blank=True)
    marks = models.JSONField("отметки", default=dict)
    notes = models.JSONField("замечания", default=dict, blank=True)
    passed = models.BooleanField("соответствует")

    class Meta:
        verbose_name = "проверка по 8-ФЗ"
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["municipality", "-on"], name="law_check_newest")]
