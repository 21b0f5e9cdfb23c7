"""Forms of roadmaps: the head, a measure, other days, a report of what is done."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from otklik.accounts.models import Post
from otklik.analytics.measures import MEASURES
from otklik.analytics.targets.selectors import measures_to_plan, posts_of
from otklik.desk.forms.deeds import DeedForm
from otklik.desk.forms.offering import offer_rows, offer_words
from otklik.places.models import Settlement
from otklik.problems.models import Cause, Problem
from otklik.problems.roadmaps.models import Measure, Roadmap
from otklik.problems.roadmaps.services import MeasureText, RoadmapText
from otklik.problems.roadmaps.words import KINDS, PROOFS
from otklik.problems.words import OPEN_STATES
from otklik.topics.models import Block, Topic

SEVERAL = "несколько — с Ctrl"


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _area(label: str, limit: int, rows: int = 2) -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, widget=forms.Textarea(attrs={"rows": rows}))


class RoadmapForm(DeedForm):
    """The head: what is aimed at, against which cause, the flow that must fall."""

    title = forms.CharField(label="Название", max_length=200)
    kind = forms.ChoiceField(label="Вид", choices=KINDS)
    goal = _area("Чего добиваемся", 500)
    problems: "forms.ModelMultipleChoiceField[Problem]" = forms.ModelMultipleChoiceField(
        Problem.objects.none(), label="Проблемы", required=False, help_text=SEVERAL
    )
    cause = forms.ModelChoiceField(
        Cause.objects.none(), label="Первопричина", required=False, empty_label="не из дерева причин"
    )
    cause_text = forms.CharField(
        label="Первопричина словами", required=False, max_length=500, help_text="если в дереве причин её нет"
    )
    block_key = forms.ChoiceField(label="Блок", required=False)
    topics: "forms.ModelMultipleChoiceField[Topic]" = forms.ModelMultipleChoiceField(
        Topic.objects.none(),
        label="Темы, поток которых должен упасть",
        required=False,
        to_field_name="key",
        help_text=f"пусто — темы проблем; {SEVERAL}",
    )
    settlements: "forms.ModelMultipleChoiceField[Settlement]" = forms.ModelMultipleChoiceField(
        Settlement.objects.none(),
        label="Места",
        required=False,
        help_text=f"пусто — места проблем, а без них весь муниципалитет; {SEVERAL}",
    )

    def prepare(self) -> None:
        town = self.municipality
        offer_rows(self, "problems", Problem.objects.filter(municipality=town, state__in=OPEN_STATES))
        causes = Cause.objects.filter(municipality=town, is_root=True, problem__state__in=OPEN_STATES)
        offer_rows(self, "cause", causes.select_related("problem"))
        blocks = Block.objects.filter(municipality=town).values_list("key", "title")
        offer_words(self, "block_key", [("", "не назван"), *blocks])
        offer_rows(self, "topics", Topic.objects.order_by("title"))
        offer_rows(self, "settlements", Settlement.objects.filter(municipality=town).order_by("name"))

    def told(self) -> RoadmapText:
        """The head as the service takes it."""
        data: dict[str, Any] = self.cleaned_data
        return RoadmapText(
            data["title"],
            data["goal"],
            data["kind"],
            data["block_key"],
            list(data["problems"]),
            data["cause"],
            data["cause_text"],
            [one.key for one in data["topics"]],
            [one.pk for one in data["settlements"]],
        )


def head_of(roadmap: Roadmap) -> dict[str, Any]:
    """What the form of a roadmap begins with."""
    return {
        **{name: getattr(roadmap, name) for name in ("title", "kind", "goal", "cause_text", "block_key")},
        "cause": roadmap.cause_id,
        "problems": list(roadmap.aims.values_list("problem_id", flat=True)),
        "topics": roadmap.topics,
        "settlements": roadmap.settlements,
    }


class MeasureForm(DeedForm):
    """A measure; `offer` says which ones of the roadmap it may wait for."""

    title = forms.CharField(label="Мероприятие", max_length=300)
    result = forms.CharField(label="Ожидаемый результат", max_length=300)
    indicator = forms.CharField(
        label="Показатель", max_length=200, help_text="что измеряем: «светильников горит, шт»"
    )
    was = forms.CharField(label="Было", max_length=80)
    will_be = forms.CharField(label="Станет", max_length=80)
    measure_key = forms.ChoiceField(label="Показатель системы", required=False)
    post = forms.ModelChoiceField(
        Post.objects.none(), label="Ответственный", empty_label="выберите должность"
    )
    helpers: "forms.ModelMultipleChoiceField[Post]" = forms.ModelMultipleChoiceField(
        Post.objects.none(), label="Соисполнители", required=False, help_text=SEVERAL
    )
    start = _day("Начало")
    due = _day("Окончание")
    resources = forms.CharField(
        label="Ресурсы", required=False, max_length=300, help_text="деньги, техника, люди и откуда они"
    )
    after: "forms.ModelMultipleChoiceField[Measure]" = forms.ModelMultipleChoiceField(
        Measure.objects.none(), label="Начинается после", required=False, help_text=SEVERAL
    )

    def prepare(self) -> None:
        posts = posts_of(self.municipality)
        offer_rows(self, "post", posts)
        offer_rows(self, "helpers", posts)
        measures = self.fields["measure_key"]
        if isinstance(measures, forms.ChoiceField):
            measures.choices = [
                ("", "не связан"),
                *((title, list(group)) for title, group in measures_to_plan()),
            ]

    def offer(self, others: QuerySet[Measure]) -> "MeasureForm":
        """Let wait for these measures."""
        offer_rows(self, "after", others)
        return self

    def told(self) -> MeasureText:
        """The measure as the service takes it."""
        data: dict[str, Any] = self.cleaned_data
        return MeasureText(**{**data, "helpers": list(data["helpers"]), "after": list(data["after"])})


def words_of(measure: Measure) -> dict[str, Any]:
    """What the form of a measure begins with."""
    plain = ("title", "result", "indicator", "was", "will_be", "measure_key", "start", "due", "resources")
    return {
        **{name: getattr(measure, name) for name in plain},
        "post": measure.post_id,
        "helpers": [one.post_id for one in measure.helpers.all()],
        "after": [one.other_id for one in measure.waits.all()],
    }


def others_of(roadmap: Roadmap, measure: Measure | None = None) -> QuerySet[Measure]:
    """Measures of the roadmap that this one may wait for."""
    rows = Measure.objects.filter(roadmap=roadmap).exclude(state="dropped")
    return rows.exclude(pk=measure.pk) if measure else rows


def measure_title(key: str) -> str:
    """How the linked measure of the system is called; empty for none."""
    return MEASURES[key].title if key in MEASURES else ""


class MoveForm(DeedForm):
    """Other days of a measure and why."""

    start = _day("Начало")
    due = _day("Окончание")
    why = forms.CharField(label="Почему переносим", max_length=300)

    def without_why(self) -> "MoveForm":
        """A look at what else moves needs no reason yet."""
        self.fields["why"].required = False
        return self


class DoneForm(DeedForm):
    """A report: what was done, when, the indicator now, and the proof; files are read beside the form."""

    words = _area("Что сделано", 1000, 3)
    on = _day("Когда сделано")
    fact = forms.CharField(label="Показатель стал", max_length=80)
    kind = forms.ChoiceField(label="Чем подтверждено", choices=PROOFS)
    link = forms.CharField(label="Ссылка", required=False, max_length=500)
