"""Daily facts, their rolls, hour histograms, and how far they have been brought.

Filled by `services.rebuild` and `correct` with SQL of `sources`; read by `selectors.sums` and `hours`. A count
that is empty means «nothing happened»: most of a row's counts are, and an empty one takes no room.
"""

from django.conf import settings
from django.db import models

from otklik.analytics.columns import COLUMNS, HOURS, STATE_CLASSES
from otklik.channels.models import StoredFile
from otklik.common.models import Municipality, Owned


class Fact(Owned):
    """Anything counted on a local day of a municipality."""

    # The database looks every added row's link up by itself: a third of the time in which millions are built. Facts
    # are made only of cases of a municipality that stands, inside its scope.
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="муниципалитет",
        db_index=False,
        db_constraint=False,
    )
    day = models.DateField("день")

    class Meta:
        abstract = True


class Cut(Fact):
    """What any fact is cut by. Channel, topic and block are keys; body and settlement are ids, 0 when none."""

    channel = models.CharField("канал", max_length=40)
    kind = models.CharField("правовой режим", max_length=8)
    topic = models.CharField("тема", max_length=60, blank=True)
    body = models.BigIntegerField("орган", default=0)

    class Meta:
        abstract = True


class Counted(Cut):
    """A cut with the counts of its events; the columns are those of `columns.COLUMNS`."""

    block = models.CharField("блок", max_length=60, blank=True)

    class Meta:
        abstract = True


for _name, _title in COLUMNS.items():
    models.IntegerField(_title, null=True).contribute_to_class(Counted, _name)


class DayFact(Counted):
    """Events of one local day of the municipality, down to the cell of the map and the case's state now."""

    settlement = models.BigIntegerField("населённый пункт", default=0)
    h3 = models.CharField("ячейка", max_length=16, blank=True)
    state_class = models.CharField("состояние", max_length=8)

    class Meta:
        verbose_name = "факт дня"
        constraints = [
            models.CheckConstraint(condition=models.Q(state_class__in=STATE_CLASSES), name="fact_state_class")
        ]
        indexes = [
            models.Index(fields=["municipality", "day"], name="dayfact_day"),
            # Questions of what came, as those of the map, need a fifth of the rows, and few of their columns.
            models.Index(
                fields=["municipality", "day"],
                name="dayfact_came",
                condition=models.Q(received__isnull=False),
                include=["settlement", "topic", "block", "received"],
            ),
            models.Index(
                fields=["municipality", "topic", "day"],
                name="dayfact_came_topic",
                condition=models.Q(received__isnull=False),
                include=["settlement", "block", "received"],
            ),
        ]


class RollFact(Counted):
    """The same counts with fewer cuts (`grains.ROLLS`): a year costs thousands of rows, not a million."""

    grain = models.CharField("свёртка", max_length=8)
    settlement = models.BigIntegerField("населённый пункт", default=0)
    h3 = models.CharField("ячейка", max_length=16, blank=True)

    class Meta:
        verbose_name = "свёртка фактов"
        indexes = [
            models.Index(fields=["municipality", "grain", "day"], name="rollfact_day"),
            # The matrix of places and themes over a year.
            models.Index(
                fields=["municipality", "day"],
                name="rollfact_themes_came",
                condition=models.Q(grain="theme", received__isnull=False),
                include=["settlement", "topic", "block", "received"],
            ),
            # The weeks of a theme.
            models.Index(
                fields=["municipality", "topic", "day"],
                name="rollfact_days_of_theme_came",
                condition=models.Q(grain="caseday", received__isnull=False),
                include=["block", "channel", "kind", "received"],
            ),
        ]


class Waited(Fact):
    """How many cases waited so many whole hours: an exact histogram that merges by adding."""

    what = models.CharField("до чего", max_length=5, choices=list(HOURS.items()))
    hours = models.IntegerField("часов")
    count = models.IntegerField("карточек")

    class Meta:
        abstract = True


class FactHours(Cut, Waited):
    """The histograms of a day by every cut."""

    class Meta:
        verbose_name = "часы ожидания"
        indexes = [
            models.Index(
                fields=["municipality", "what", "day"], name="facthours_day", include=["hours", "count"]
            )
        ]


class HoursRoll(Waited):
    """The same histograms by months and bodies alone; the day is the first of its month."""

    body = models.BigIntegerField("орган", default=0)

    class Meta:
        verbose_name = "свёртка часов ожидания"
        indexes = [
            models.Index(
                fields=["municipality", "what", "day"],
                name="hoursroll_day",
                include=["body", "hours", "count"],
            )
        ]


class FactMark(Owned):
    """How far the facts of a municipality have been brought: rows added since then are still to be read.

    Reading starts from what was seen by the run before the last one: a long transaction may have kept its rows,
    with small numbers, to itself while the last one ran.
    """

    municipality = models.OneToOneField(Municipality, on_delete=models.CASCADE, related_name="+")
    brought_at = models.DateTimeField("доведено до", null=True)
    last_move = models.BigIntegerField("читать ходы после", default=0)
    last_score = models.BigIntegerField("читать оценки после", default=0)
    last_invitation = models.BigIntegerField("читать приглашения после", default=0)
    seen_move = models.BigIntegerField("последний виденный ход", default=0)
    seen_score = models.BigIntegerField("последняя виденная оценка", default=0)
    seen_invitation = models.BigIntegerField("последнее виденное приглашение", default=0)

    class Meta:
        verbose_name = "отметка фактов"


class HeatmapSlice(Owned):
    """The heat map as it was on a day, kept for a decision; `handed_at` says that it went to a system outside.

    The figures stand in the file: the map of the same days may change when late cases come.
    """

    since = models.DateField("с")
    until = models.DateField("по")
    question = models.CharField("что спрошено", max_length=500, blank=True)
    cards = models.PositiveIntegerField("карточек")
    source = models.CharField("источник данных", max_length=300)
    purpose = models.CharField("для какого решения", max_length=300)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField("сохранён")
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kept_title = models.CharField("кто сохранил", max_length=200, blank=True)
    handed_at = models.DateTimeField("передан", null=True)
    handed_to = models.CharField("куда передан", max_length=200, blank=True)
    handed_number = models.CharField("номер там", max_length=100, blank=True)
    handed_title = models.CharField("кто передал", max_length=200, blank=True)

    class Meta:
        verbose_name = "срез тепловой карты"
        ordering = ["-kept_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(handed_at__isnull=True) | ~models.Q(handed_to=""),
                name="handed_slice_says_where",
            )
        ]

    def __str__(self) -> str:
        return f"Срез тепловой карты {self.since:%d.%m.%Y}-{self.until:%d.%m.%Y}"
