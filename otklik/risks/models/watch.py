"""The daily watch: which open pages and chats are looked at, on which day, and what was noticed there."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from otklik.cases.models import Case
from otklik.channels.models import Channel, RawMessage
from otklik.common.models import Owned
from otklik.places.models import Settlement
from otklik.risks.words import SIGHTING_KINDS, SIGHTING_STATES, WATCHED
from otklik.topics.models import Topic


class WatchedPage(Owned):
    """An open page, or a chat whose owners let the centre in (`let_in` says who and how; a chat has it always)."""

    kind = models.CharField("вид", max_length=14, choices=list(WATCHED.items()))
    title = models.CharField("название", max_length=160)
    url = models.CharField("адрес", max_length=300)
    channel = models.ForeignKey(
        Channel, null=True, blank=True, on_delete=models.PROTECT, related_name="watched"
    )
    let_in = models.CharField("кто впустил", max_length=200, blank=True)
    subscribers = models.PositiveIntegerField("подписчиков", null=True, blank=True)
    since = models.DateField("смотрим с")
    until = models.DateField("смотрели по", null=True, blank=True)

    class Meta:
        verbose_name = "страница под наблюдением"
        verbose_name_plural = "страницы под наблюдением"
        ordering = ["kind", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "url"], condition=Q(until=None), name="watched_page_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind="resident_chats") | ~Q(let_in=""), name="watched_chat_let_us_in"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class WatchDay(Owned):
    """One look at one page on one day: what was found, or «ничего не найдено» (`found` is zero).

    `by` empty is the machine that read the page's channel; only a person's look carries the duty out.
    """

    page = models.ForeignKey(WatchedPage, on_delete=models.CASCADE, related_name="days")
    day = models.DateField("день")
    at = models.DateTimeField("когда")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_title = models.CharField("должность", max_length=200, blank=True)
    found = models.PositiveSmallIntegerField("найдено", default=0)
    words = models.CharField("что замечено", max_length=500, blank=True)

    class Meta:
        verbose_name = "просмотр страницы"
        ordering = ["-day", "-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "day"], condition=Q(by=None), name="watch_by_machine_once"
            )
        ]
        indexes = [models.Index(fields=["municipality", "-day"], name="watch_day")]


class RiskProneTopic(Owned):
    """A topic of municipal level that easily becomes a risk: why, by which words it is known."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    why = models.CharField("почему рискогенная", max_length=300)
    signs = ArrayField(
        models.CharField(max_length=80), verbose_name="слова-признаки", default=list, blank=True
    )
    level_key = models.CharField("обычный уровень", max_length=40, blank=True)
    since = models.DateTimeField("внесена")
    until = models.DateTimeField("исключена", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField("должность", max_length=200, blank=True)

    class Meta:
        verbose_name = "рискогенная тема"
        verbose_name_plural = "рискогенные темы"
        ordering = ["topic__title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "topic"], condition=Q(until=None), name="prone_topic_once"
            )
        ]


class Sighting(Owned):
    """What the machine noticed and a person has to decide upon: a post by key words, a spike of cases.

    `key` names the thing noticed once for all, so that a repeated look is harmless. The text is masked.
    """

    kind = models.CharField("чем замечено", max_length=8, choices=list(SIGHTING_KINDS.items()))
    key = models.CharField("что именно", max_length=120)
    at = models.DateTimeField("замечено")
    title = models.CharField("коротко", max_length=200)
    text = models.TextField("текст", blank=True)
    reason = models.CharField("почему замечено", max_length=300)
    link = models.CharField("ссылка", max_length=500, blank=True)
    page = models.ForeignKey(
        WatchedPage, null=True, blank=True, on_delete=models.PROTECT, related_name="sightings"
    )
    raw = models.ForeignKey(RawMessage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settlement = models.ForeignKey(
        Settlement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    views = models.PositiveIntegerField("просмотров", null=True, blank=True)
    state = models.CharField("решение", max_length=8, choices=list(SIGHTING_STATES.items()), default="new")
    risk = models.ForeignKey(
        "risks.Risk", null=True, blank=True, on_delete=models.SET_NULL, related_name="sightings"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("решено", null=True, blank=True)
    why = models.CharField("почему не риск", max_length=300, blank=True)

    class Meta:
        verbose_name = "находка"
        verbose_name_plural = "находки"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="sighting_once"),
            models.CheckConstraint(
                condition=Q(state="new", decided_at=None) | (~Q(state="new") & Q(decided_at__isnull=False)),
                name="sighting_decided_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_risk") | ~Q(why=""), name="sighting_dismissed_with_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "-at"], condition=Q(state="new"), name="sighting_waiting")
        ]
