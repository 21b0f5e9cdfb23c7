"""A problem of the municipality, what it was gathered from, and the text that answers its authors."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from otklik.accounts.models import Body, Post
from otklik.cases.models import Case
from otklik.cases.states import ANSWER_KINDS
from otklik.common.models import Owned
from otklik.common.words import NBSP
from otklik.places.models import Settlement
from otklik.problems.words import JOINS, OPEN_STATES, SOURCES, STATES, TEXT_STATES
from otklik.topics.models import Topic


class ProblemCounter(Owned):
    """The last number given in a year; one row per municipality and year."""

    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "year"], name="problem_counter")]


class OuterIndicator(Owned):
    """A line of a list kept outside: an indicator of a national project, a problem of the centre's BI."""

    list_name = models.CharField("перечень", max_length=200)
    key = models.CharField("номер в перечне", max_length=80)
    title = models.CharField("показатель", max_length=500)
    project = models.CharField("национальный проект", max_length=200, blank=True)
    unit = models.CharField("единица", max_length=40, blank=True)
    plan = models.FloatField("план", null=True, blank=True)
    fact = models.FloatField("факт", null=True, blank=True)
    is_lower_better = models.BooleanField("лучше меньше", default=False)
    on = models.DateField("на какой день")
    source = models.CharField("откуда взято", max_length=500)
    block_key = models.CharField("блок", max_length=60, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("внесён")

    class Meta:
        verbose_name = "показатель внешнего перечня"
        ordering = ["list_name", "key"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "list_name", "key"], name="outer_indicator_key"),
            models.CheckConstraint(condition=~Q(source=""), name="outer_indicator_has_a_source"),
        ]

    def __str__(self) -> str:
        return self.title


class Problem(Owned):
    """What is wrong in the municipality, not in one letter. Proposed by the machine or a person, confirmed by a
    person; `reason` and `sureness` say why it was put together."""

    number = models.CharField("номер", max_length=20)
    title = models.CharField("проблема", max_length=200)
    gist = models.TextField("в чём она", blank=True)
    source = models.CharField("откуда", max_length=20, choices=SOURCES)
    ground = models.CharField("откуда именно", max_length=300, blank=True)
    ground_link = models.CharField("ссылка на источник", max_length=500, blank=True)
    reason = models.CharField("почему собрана", max_length=500, blank=True)
    sureness = models.FloatField("уверенность", default=1)
    seed = models.CharField("по чему узнаётся", max_length=120, blank=True)
    block_key = models.CharField("блок", max_length=60, blank=True)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settlement = models.ForeignKey(
        Settlement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    place_text = models.CharField("место словами", max_length=300, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    h3 = models.CharField("ячейка", max_length=16, blank=True)
    since = models.DateField("с")
    until = models.DateField("по", null=True, blank=True)
    state = models.CharField("состояние", max_length=10, choices=STATES, default="proposed")
    state_reason = models.CharField("почему так", max_length=500, blank=True)
    owner_post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="problems"
    )
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="problems")
    fast_track = models.BooleanField("ускоренно", default=False)
    indicator = models.ForeignKey(
        OuterIndicator, null=True, blank=True, on_delete=models.PROTECT, related_name="problems"
    )
    outer_ref = models.CharField("номер во внешней системе", max_length=120, blank=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    raised_at = models.DateTimeField("заведена")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField("подтверждена", null=True, blank=True)
    solved_on = models.DateField("решена", null=True, blank=True)
    watch_until = models.DateField("наблюдаем по", null=True, blank=True)
    closed_at = models.DateTimeField("закрыта", null=True, blank=True)
    version = models.PositiveIntegerField("версия", default=1)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "проблема"
        verbose_name_plural = "проблемы"
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="problem_number"),
            models.UniqueConstraint(
                fields=["municipality", "seed"],
                condition=~Q(seed="") & Q(state__in=["proposed", *OPEN_STATES]),
                name="problem_proposed_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="problem_window"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OPEN_STATES) | Q(confirmed_at__isnull=False),
                name="problem_on_the_list_was_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["solved", "watch"]) | Q(solved_on__isnull=False),
                name="problem_solved_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["closed", "dismissed"])
                | (Q(closed_at__isnull=False) & ~Q(state_reason="")),
                name="problem_ends_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "state", "-raised_at"], name="problem_state"),
            models.Index(fields=["municipality", "block_key"], name="problem_block"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def place_line(self) -> str:
        """«с. Ключи, у школы»; empty where no place is known."""
        return ", ".join(part for part in (str(self.settlement or ""), self.place_text) if part)

    @property
    def place_beside(self) -> str:
        """«, с. Ключи» to stand after the title; empty where the title names the place itself."""
        place, named = (said.replace(NBSP, " ") for said in (self.place_line, self.title))
        return f", {self.place_line}" if place and place not in named else ""


class OfficialText(Owned):
    """One text for all authors of a problem. It is handed to every case as a draft of its own: each author gets
    an answer of his own, by its own approval and signature."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="texts")
    text = models.TextField("текст")
    kind = models.CharField("вид ответа", max_length=12, choices=ANSWER_KINDS, default="explained")
    promise_on = models.DateField("обещано к", null=True, blank=True)
    state = models.CharField("состояние", max_length=10, choices=TEXT_STATES, default="draft")
    version = models.PositiveIntegerField("версия", default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("составлен")
    given_at = models.DateTimeField("роздан", null=True, blank=True)

    class Meta:
        verbose_name = "официальный текст"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["problem"], condition=Q(state="draft"), name="one_official_text_at_work"
            ),
            models.CheckConstraint(
                condition=~Q(kind="interim") | Q(promise_on__isnull=False), name="text_interim_promises"
            ),
        ]


class ProblemCase(Owned):
    """A case of the problem: how it got here, whether a person agreed, which official text answers it."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="links")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="problem_links")
    state = models.CharField("как связана", max_length=10, choices=JOINS, default="proposed")
    sureness = models.FloatField("уверенность", default=1)
    reason = models.CharField("почему вместе", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")
    text = models.ForeignKey(
        OfficialText, null=True, blank=True, on_delete=models.PROTECT, related_name="links"
    )
    text_note = models.CharField("почему текст не роздан", max_length=300, blank=True)

    class Meta:
        verbose_name = "карточка проблемы"
        ordering = ["-sureness", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["problem", "case"], name="problem_case_once"),
            # A letter belongs to one agreed problem; proposals may overlap.
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="confirmed"), name="case_in_one_problem"
            ),
        ]
        indexes = [models.Index(fields=["municipality", "at"], name="problem_case_at")]


class ProblemBody(Owned):
    """A body that takes part in solving the problem: what it was asked and what came of it."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="parts")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    task = models.CharField("что делает", max_length=300)
    asked_at = models.DateTimeField("привлечён")
    done_at = models.DateTimeField("сделано", null=True, blank=True)
    result = models.CharField("что сделано", max_length=500, blank=True)

    class Meta:
        verbose_name = "участие органа"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["problem", "body"], name="problem_body_once"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | ~Q(result=""), name="part_done_has_a_result"
            ),
        ]
