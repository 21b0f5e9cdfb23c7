"""A poll, a vote or a public discussion with its questions, and the groups of residents it is weighed by."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from otklik.accounts.models import Body
from otklik.common.models import Owned
from otklik.outreach.polls.words import ACCESS, FORMS, KINDS, PLACES, STATES, STRATA


class Poll(Owned):
    """One asking of residents: what, why, by which rules, till when, whom, and how one person is told from another.

    `about` names what it grew from ("problem:3"). `voter_key` is the sealed key of marks of admitted people: once it is
    erased with the summing up, nobody can tell who a mark belongs to. `seal` is the fingerprint of the opened box,
    `summary` the figures as they were summed up. `outer_link` is where it runs when that is not here.
    """

    number = models.PositiveIntegerField("номер")
    form = models.CharField("форма", max_length=10, choices=list(FORMS.items()))
    title = models.CharField("о чём", max_length=200)
    why = models.TextField("зачем", max_length=2000, blank=True)
    rules = models.TextField("правила", max_length=6000, blank=True)
    territory = models.CharField("территория", max_length=300, blank=True)
    audience = models.CharField("кого спрашиваем", max_length=300, blank=True)
    audience_count = models.PositiveIntegerField("сколько их", null=True, blank=True)
    strata_source = models.CharField("откуда численность", max_length=200, blank=True)
    access = models.CharField("доступ", max_length=5, choices=list(ACCESS.items()), default="open")
    place = models.CharField("где проводим", max_length=8, choices=list(PLACES.items()), default="portal")
    opens_on = models.DateField("первый день", null=True, blank=True)
    closes_on = models.DateField("последний день", null=True, blank=True)
    topic_key = models.CharField("тема", max_length=80, blank=True)
    about = models.CharField("из чего выросло", max_length=60, blank=True)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="polls")
    is_training = models.BooleanField("учебное", default=False)
    state = models.CharField("состояние", max_length=10, choices=list(STATES.items()), default="draft")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_title = models.CharField("должность автора", max_length=200, blank=True)
    made_at = models.DateTimeField("создано")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_title = models.CharField("должность утвердившего", max_length=200, blank=True)
    approved_at = models.DateTimeField("утверждено", null=True, blank=True)
    returned_why = models.CharField("почему возвращено", max_length=500, blank=True)
    opened_at = models.DateTimeField("открыто", null=True, blank=True)
    closed_at = models.DateTimeField("закрыто", null=True, blank=True)
    closed_why = models.CharField("почему закрыто раньше", max_length=500, blank=True)
    summed_at = models.DateTimeField("итоги подведены", null=True, blank=True)
    summed_words = models.TextField("слова к итогам", max_length=3000, blank=True)
    summary = models.JSONField("итоги", default=dict, blank=True)
    seal = models.CharField("отпечаток урны", max_length=64, blank=True)
    voter_key = models.TextField("ключ отметок", blank=True)
    outer_link = models.URLField("где проходит", max_length=500, blank=True)
    version = models.PositiveIntegerField("версия", default=1)
    outer_count = models.PositiveIntegerField("участников там", null=True, blank=True)

    class Meta:
        verbose_name = "опрос"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="poll_number"),
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="poll_state"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="poll_days"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "approval", "withdrawn"]) | Q(approved_at__isnull=False),
                name="poll_runs_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["closed", "summed", "decided"]) | Q(closed_at__isnull=False),
                name="poll_closed_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["summed", "decided"]) | Q(summed_at__isnull=False),
                name="poll_summed_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(place="pos") | ~Q(voter_key=""), name="poll_open_has_a_key"
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "state", "closes_on"], name="poll_running"),
            models.Index(fields=["municipality", "-made_at"], name="poll_newest"),
            models.Index(fields=["municipality", "about"], condition=~Q(about=""), name="poll_about"),
        ]

    def __str__(self) -> str:
        return f"№ {self.number}"

    def takes_votes_on(self, today: date) -> bool:
        """Whether the box stands open here on the day."""
        return self.state == "open" and self.place != "pos" and self.is_within(today)

    def is_within(self, today: date) -> bool:
        """Whether its last day has not passed."""
        return self.closes_on is not None and today <= self.closes_on


class Question(Owned):
    """A question; `most` bounds how many options may be marked, `low`-`high` are ends of a scale with their words."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField("порядок", default=0)
    text = models.CharField("вопрос", max_length=300)
    help = models.CharField("пояснение", max_length=500, blank=True)
    kind = models.CharField("вид", max_length=8, choices=list(KINDS.items()))
    is_required = models.BooleanField("обязательный", default=True)
    most = models.PositiveSmallIntegerField("не больше ответов", null=True, blank=True)
    low = models.PositiveSmallIntegerField("шкала от", default=1)
    high = models.PositiveSmallIntegerField("шкала до", default=5)
    low_words = models.CharField("начало шкалы", max_length=80, blank=True)
    high_words = models.CharField("конец шкалы", max_length=80, blank=True)

    class Meta:
        verbose_name = "вопрос"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="poll_question_kind"),
            models.CheckConstraint(condition=Q(high__gt=F("low")), name="poll_question_scale"),
        ]

    def __str__(self) -> str:
        return self.text


class Option(Owned):
    """One of the answers of a list."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField("порядок", default=0)
    text = models.CharField("ответ", max_length=200)

    class Meta:
        verbose_name = "вариант"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class Stratum(Owned):
    """A group the answer may be weighed by: an age or a place, with how many such residents there are."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="strata")
    kind = models.CharField("признак", max_length=4, choices=list(STRATA.items()))
    key = models.CharField("ключ", max_length=40)
    title = models.CharField("название", max_length=160)
    population = models.PositiveIntegerField("жителей", null=True, blank=True)
    position = models.PositiveSmallIntegerField("порядок", default=0)

    class Meta:
        verbose_name = "группа жителей"
        ordering = ["kind", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["poll", "kind", "key"], name="poll_stratum")]

    def __str__(self) -> str:
        return self.title
