"""Roadmaps: what is to be done about a cause, by whom and when, who agreed, what proves it, what came of it.

Written by `services`, read through `selectors`. Points at problems; problems know nothing of it.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from otklik.accounts.models import Post
from otklik.channels.models import StoredFile
from otklik.common.models import Owned
from otklik.problems.models import Cause, Problem
from otklik.problems.roadmaps.words import AGREED, DECISIONS, KINDS, MEASURE_STATES, PROOFS, STATES, VERDICTS


class Roadmap(Owned):
    """A plan of measures against a cause (BOR-1.2.д, BOR-3.2.в, DEM-2.2.4.1, DEM-2.4).

    `topics` and `settlements` are the flow it must lower (empty `settlements`: everywhere); `control` is the flow it is
    compared with, chosen by the machine while `control_by` is empty. `edition` grows with every approval.
    """

    number = models.PositiveIntegerField("номер")
    kind = models.CharField("вид", max_length=20, choices=KINDS, default="roadmap")
    title = models.CharField("название", max_length=200)
    goal = models.CharField("чего добиваемся", max_length=500)
    block_key = models.CharField("блок", max_length=60, blank=True)
    cause = models.ForeignKey(Cause, null=True, blank=True, on_delete=models.PROTECT, related_name="roadmaps")
    cause_text = models.CharField("первопричина", max_length=500, blank=True)
    topics = ArrayField(models.CharField(max_length=60), verbose_name="темы", default=list, blank=True)
    settlements = ArrayField(models.BigIntegerField(), verbose_name="места", default=list, blank=True)
    control = models.CharField("с чем сравниваем", max_length=80, blank=True)
    control_why = models.CharField("почему с этим", max_length=300, blank=True)
    control_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField("состояние", max_length=10, choices=STATES, default="draft")
    state_reason = models.CharField("почему так", max_length=300, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_title = models.CharField("должность составителя", max_length=200, blank=True)
    made_at = models.DateTimeField("составлена")
    edition = models.PositiveSmallIntegerField("редакция", default=0)
    approved_at = models.DateTimeField("утверждена", null=True, blank=True)
    finished_at = models.DateTimeField("исполнена или отменена", null=True, blank=True)
    watch_until = models.DateField("наблюдаем по", null=True, blank=True)
    returned_on = models.DateField("поток вернулся", null=True, blank=True)
    version = models.PositiveIntegerField("версия", default=1)

    class Meta:
        verbose_name = "дорожная карта"
        verbose_name_plural = "дорожные карты"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="roadmap_number"),
            models.CheckConstraint(
                condition=~Q(state__in=AGREED) | Q(approved_at__isnull=False),
                name="roadmap_agreed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "cancelled"]) | Q(finished_at__isnull=False),
                name="roadmap_ends_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(state_reason=""), name="roadmap_cancelled_with_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["municipality", "state"], name="roadmap_state")]

    def __str__(self) -> str:
        return f"№ {self.number} «{self.title}»"


class Aim(Owned):
    """A problem the roadmap is against."""

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="aims")
    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="roadmap_aims")

    class Meta:
        verbose_name = "проблема дорожной карты"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["roadmap", "problem"], name="roadmap_aim_once")]


class Measure(Owned):
    """A measure: one result, one responsible post, its days. `first_due` is the date as approved; `due` moves with
    a reason. `fact` is the indicator as it came out."""

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="measures")
    position = models.PositiveSmallIntegerField("порядок", default=0)
    title = models.CharField("мероприятие", max_length=300)
    result = models.CharField("ожидаемый результат", max_length=300)
    indicator = models.CharField("показатель", max_length=200)
    was = models.CharField("было", max_length=80)
    will_be = models.CharField("станет", max_length=80)
    measure_key = models.CharField("показатель системы", max_length=40, blank=True)
    fact = models.CharField("стало", max_length=80, blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="roadmap_measures")
    start = models.DateField("начало")
    due = models.DateField("окончание")
    first_due = models.DateField("первый срок")
    resources = models.CharField("ресурсы", max_length=300, blank=True)
    state = models.CharField("состояние", max_length=8, choices=MEASURE_STATES, default="planned")
    report = models.CharField("что сделано", max_length=1000, blank=True)
    done_on = models.DateField("сделано", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    drop_reason = models.CharField("почему снято", max_length=300, blank=True)

    class Meta:
        verbose_name = "мероприятие"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(due__gte=F("start")), name="measure_days"),
            models.CheckConstraint(
                condition=~Q(state="done") | (Q(done_on__isnull=False) & ~Q(report="")),
                name="measure_done_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(drop_reason=""), name="measure_dropped_with_a_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "due"],
                condition=Q(state__in=["planned", "running"]),
                name="measure_due",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Wait(Owned):
    """A measure begins after another one ends."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="waits")
    other = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="waited_by")

    class Meta:
        verbose_name = "зависимость мероприятий"
        constraints = [
            models.UniqueConstraint(fields=["measure", "other"], name="measure_waits_once"),
            models.CheckConstraint(condition=~Q(measure=F("other")), name="measure_waits_not_for_itself"),
        ]


class Helper(Owned):
    """A post that takes part in a measure."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="helpers")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "соисполнитель мероприятия"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["measure", "post"], name="measure_helper_once")]


class Proof(Owned):
    """What confirms that a measure is done: a photo, an act, a document, or an address."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="proofs")
    kind = models.CharField("чем подтверждено", max_length=6, choices=PROOFS)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    link = models.CharField("ссылка", max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "подтверждение"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(file__isnull=False) ^ ~Q(link=""), name="proof_is_one_thing")
        ]


class Shifted(Owned):
    """A date of a measure moved after approval: by whom, from what to what, why."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="shifts")
    due_was = models.DateField("срок был")
    due_new = models.DateField("срок стал")
    why = models.CharField("почему", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField("должность", max_length=200, blank=True)
    at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "перенос срока"
        ordering = ["-at", "-pk"]


class Approval(Owned):
    """A signature on the route of one edition: posts are asked in turn, the last one approves."""

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="approvals")
    edition = models.PositiveSmallIntegerField("редакция")
    turn = models.PositiveSmallIntegerField("очередь")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    is_last = models.BooleanField("утверждает", default=False)
    asked_at = models.DateTimeField("попросили", null=True, blank=True)
    decision = models.CharField("решение", max_length=8, choices=DECISIONS, blank=True)
    words = models.CharField("замечание", max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("решено", null=True, blank=True)

    class Meta:
        verbose_name = "согласование"
        ordering = ["-edition", "turn"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", at__isnull=True) | (~Q(decision="") & Q(at__isnull=False)),
                name="roadmap_approval_whole",
            ),
            models.CheckConstraint(
                condition=~Q(decision="refused") | ~Q(words=""), name="roadmap_refused_with_words"
            ),
        ]


class Edition(Owned):
    """The roadmap as it was approved, whole."""

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField("редакция")
    at = models.DateTimeField("утверждена")
    by_title = models.CharField("кем утверждена", max_length=300)
    data = models.JSONField("содержание")

    class Meta:
        verbose_name = "редакция дорожной карты"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["roadmap", "number"], name="roadmap_edition_once")]


class EffectCount(Owned):
    """The effect as it was counted on a day: verdict, figures, control, words. Added to, never edited."""

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="effects")
    until = models.DateField("по неделю до")
    at = models.DateTimeField("посчитано")
    verdict = models.CharField("вывод", max_length=8, choices=VERDICTS)
    words = models.CharField("словами", max_length=500)
    control = models.CharField("с чем сравнили", max_length=80, blank=True)
    control_title = models.CharField("сравнение", max_length=200, blank=True)
    change = models.FloatField("изменение, %", null=True, blank=True)
    low = models.FloatField("от", null=True, blank=True)
    high = models.FloatField("до", null=True, blank=True)

    class Meta:
        verbose_name = "расчёт эффекта"
        ordering = ["-until", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["roadmap", "until", "control"], name="effect_counted_once")
        ]


class Nudge(Owned):
    """What the timer has said of a measure on a day, so that nobody is told twice."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="nudges")
    kind = models.CharField("о чём", max_length=10)
    on = models.DateField("день")

    class Meta:
        verbose_name = "напоминание о мероприятии"
        constraints = [models.UniqueConstraint(fields=["measure", "kind", "on"], name="measure_nudged_once")]
