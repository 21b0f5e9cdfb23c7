"""Errands with their co-executors, what was done with each, and the files that prove it.

An errand is one verb, one responsible post, one date and a result that can be measured (протокол, «РЕШИЛИ»:
BOR-2.3.г, BOG-III.4.3.3, MIH-4.1.2.5). It is added to by `services`, never edited past its history.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from otklik.accounts.models import Body, Post
from otklik.channels.models import StoredFile
from otklik.common.models import Owned
from otklik.office.errands.rules import KINDS, OPEN, PRIORITIES, STATES


class Errand(Owned):
    """One errand: who must do what by when, who gave it, who controls it, how it stands.

    `controller` empty means the giver controls. `first_due_on` is the date as given; `due_on` moves only by the
    controller's decision, and a date moved after it had passed leaves `was_late`. `asked_due_on` is a request to move
    the date that waits for the controller. `reported_at` is the newest report, `closed_at` the acceptance or removal.
    """

    number = models.PositiveIntegerField("номер")
    kind = models.CharField("откуда", max_length=10, choices=list(KINDS.items()))
    source_id = models.BigIntegerField("запись-источник", null=True, blank=True)
    source_link = models.CharField("ссылка на источник", max_length=200, blank=True)
    source_words = models.CharField("источник словами", max_length=200, blank=True)
    case_number = models.CharField("карточка", max_length=40, blank=True)
    block_key = models.CharField("блок", max_length=60, blank=True)
    text = models.CharField("что сделать", max_length=500)
    result = models.CharField("измеримый результат", max_length=500, blank=True)
    priority = models.CharField("важность", max_length=8, choices=list(PRIORITIES.items()), default="usual")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="errands")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="errands")
    controller = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="controlled_errands"
    )
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_title = models.CharField("должность давшего", max_length=200, blank=True)
    given_at = models.DateTimeField("дано")
    first_due_on = models.DateField("первый срок")
    due_on = models.DateField("срок")
    extensions = models.PositiveSmallIntegerField("сколько раз продлено", default=0)
    returns = models.PositiveSmallIntegerField("сколько раз возвращено", default=0)
    was_late = models.BooleanField("срок уже нарушался", default=False)
    asked_due_on = models.DateField("просят продлить до", null=True, blank=True)
    state = models.CharField("состояние", max_length=8, choices=list(STATES.items()), default="given")
    reported_at = models.DateTimeField("последний отчёт", null=True, blank=True)
    closed_at = models.DateTimeField("принято или снято", null=True, blank=True)

    post_is_held: bool
    """Whether anybody holds the post today; `selectors.errands_of` fills it in."""

    class Meta:
        verbose_name = "поручение"
        ordering = ["due_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="errand_number"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, closed_at=None)
                | (~Q(state__in=OPEN) & Q(closed_at__isnull=False)),
                name="errand_closed_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["reported", "accepted"]) | Q(reported_at__isnull=False),
                name="errand_reported_has_a_time",
            ),
            models.CheckConstraint(condition=~Q(controller=F("post")), name="errand_controls_not_itself"),
            models.CheckConstraint(condition=Q(due_on__gte=F("first_due_on")), name="errand_moves_ahead"),
            # A line of a protocol is given once for all, a measure of a roadmap once at a time.
            models.UniqueConstraint(
                fields=["municipality", "source_id"],
                condition=Q(kind="protocol"),
                name="errand_of_decision_once",
            ),
            models.UniqueConstraint(
                fields=["municipality", "source_id"],
                condition=Q(kind="roadmap", state__in=OPEN),
                name="errand_of_measure_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "due_on"], condition=Q(state__in=OPEN), name="errand_running"
            ),
            models.Index(fields=["municipality", "-given_at"], name="errand_newest"),
            models.Index(fields=["municipality", "kind", "source_id"], name="errand_source"),
            models.Index(
                fields=["municipality", "case_number"], condition=~Q(case_number=""), name="errand_case"
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.number}"

    def is_late_on(self, today: date) -> bool:
        """Whether its date has passed with no report given."""
        return self.state in OPEN and self.state != "reported" and today > self.due_on


class CoExecutor(Owned):
    """A post that helps with an errand; it sees the errand and writes notes, the responsible one reports."""

    errand = models.ForeignKey(Errand, on_delete=models.CASCADE, related_name="helpers")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "соисполнитель"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["errand", "post"], name="errand_helper_once")]


class ErrandMove(Owned):
    """One deed with an errand: who, when, in which words; dates are kept where the deed moved or asked to move them."""

    errand = models.ForeignKey(Errand, on_delete=models.CASCADE, related_name="moves")
    deed = models.CharField("что сделано", max_length=12)
    at = models.DateTimeField("когда")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_title = models.CharField("должность", max_length=200, blank=True)
    words = models.CharField("слова", max_length=1000, blank=True)
    due_was = models.DateField("срок был", null=True, blank=True)
    due_new = models.DateField("срок стал", null=True, blank=True)

    class Meta:
        verbose_name = "ход поручения"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["municipality", "deed", "-at"], name="errand_move_deed")]


class ErrandFile(Owned):
    """A file put to a report or a note: the proof of the result."""

    move = models.ForeignKey(ErrandMove, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "файл поручения"
        ordering = ["pk"]


class Reminder(Owned):
    """What the timer has already said of an errand on a day, so that nobody is told twice."""

    errand = models.ForeignKey(Errand, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField("о чём", max_length=10)
    on = models.DateField("день")

    class Meta:
        verbose_name = "напоминание"
        constraints = [models.UniqueConstraint(fields=["errand", "kind", "on"], name="errand_reminded_once")]
