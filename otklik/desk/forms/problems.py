"""Forms of problems: the problem itself, causes and their proofs, the official text, errors of communication."""

from typing import Any

from django import forms

from otklik.accounts.models import Body, Post
from otklik.analytics.measures import GROUPS
from otklik.analytics.targets.selectors import posts_of
from otklik.cases.models import Case
from otklik.cases.states import ANSWER_KINDS
from otklik.common.errors import Refused
from otklik.desk.forms.deeds import DeedForm
from otklik.desk.forms.offering import offer_rows, offer_words
from otklik.places.models import Settlement
from otklik.problems.models import OuterIndicator, Problem
from otklik.problems.outer_table import OuterLine
from otklik.problems.services import CauseText, ProblemText, Proposal
from otklik.problems.services.talk import TalkText
from otklik.problems.words import EVIDENCE_KINDS, FAULTS, LIVE_STATES, SOURCES
from otklik.topics.models import Block, Topic


def day_field(label: str, required: bool = True) -> forms.DateField:
    """A day picked from a calendar."""
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def words_field(
    label: str, limit: int, rows: int = 2, required: bool = True, help_text: str = ""
) -> forms.CharField:
    """A few lines of text."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=limit, widget=area, required=required, help_text=help_text)


def offer_blocks(form: DeedForm) -> None:
    """Blocks of the town in the field `block_key`."""
    blocks = Block.objects.filter(municipality=form.municipality).values_list("key", "title")
    offer_words(form, "block_key", [("", "не назван"), *blocks])


class ProblemForm(DeedForm):
    """A problem a person raises or says better."""

    title = forms.CharField(label="Проблема", max_length=200, help_text="одной строкой: что и где не так")
    gist = words_field("В чём она", 4000, 3, required=False)
    source = forms.ChoiceField(label="Откуда известна", choices=SOURCES)
    ground = forms.CharField(
        label="Источник подробнее",
        max_length=300,
        required=False,
        help_text="опрос, доклад, публикация, дата",
    )
    block_key = forms.ChoiceField(label="Блок", required=False)
    topic = forms.ModelChoiceField(
        Topic.objects.none(), label="Тема", required=False, empty_label="по карточкам самой проблемы"
    )
    settlement = forms.ModelChoiceField(
        Settlement.objects.none(), label="Место", required=False, empty_label="весь муниципалитет"
    )
    place_text = forms.CharField(label="Место точнее", max_length=300, required=False)
    since = day_field("Известна с")
    indicator = forms.ModelChoiceField(
        OuterIndicator.objects.none(),
        label="Показатель внешнего перечня",
        required=False,
        empty_label="не связана",
    )
    outer_ref = forms.CharField(label="Номер во внешней системе", max_length=120, required=False)
    fast_track = forms.BooleanField(label="решать ускоренно", required=False)

    def prepare(self) -> None:
        town = self.municipality
        offer_blocks(self)
        offer_rows(self, "topic", Topic.objects.filter(is_open=True).order_by("title"))
        offer_rows(self, "settlement", Settlement.objects.filter(municipality=town).order_by("name"))
        offer_rows(self, "indicator", OuterIndicator.objects.filter(municipality=town))

    def keep_origin(self) -> "ProblemForm":
        """A problem that stands keeps where and since when it is known."""
        for name in ("source", "ground", "since"):
            del self.fields[name]
        return self

    def told(self) -> Proposal:
        """A new problem as the service takes it."""
        data: dict[str, Any] = self.cleaned_data
        settlement = data["settlement"]
        has_point = settlement is not None and settlement.lat is not None and settlement.lon is not None
        return Proposal(
            source=data["source"],
            title=data["title"],
            reason="заведена вручную",
            since=data["since"],
            gist=data["gist"],
            ground=data["ground"],
            topic=data["topic"],
            block_key=data["block_key"],
            settlement=settlement,
            place_text=data["place_text"],
            point=(settlement.lat, settlement.lon) if has_point else None,
            indicator=data["indicator"],
            outer_ref=data["outer_ref"],
            fast_track=data["fast_track"],
        )

    def said(self) -> ProblemText:
        """New words of a problem that stands."""
        data: dict[str, Any] = self.cleaned_data
        names = (
            *("title", "gist", "block_key", "topic", "settlement", "place_text", "outer_ref"),
            *("fast_track", "indicator"),
        )
        return ProblemText(**{name: data[name] for name in names})


class OwnerForm(DeedForm):
    """Who answers for the problem."""

    post = forms.ModelChoiceField(
        Post.objects.none(), label="Должность", required=False, empty_label="не названа"
    )
    body = forms.ModelChoiceField(
        Body.objects.none(), label="Орган", required=False, empty_label="по должности"
    )

    def prepare(self) -> None:
        offer_rows(self, "post", posts_of(self.municipality))
        offer_rows(self, "body", self.own_bodies())


class PartForm(DeedForm):
    """A body asked to take part."""

    body = forms.ModelChoiceField(Body.objects.none(), label="Орган", empty_label="выберите орган")
    task = forms.CharField(label="Что делает", max_length=300)

    def prepare(self) -> None:
        offer_rows(self, "body", self.own_bodies())


class OfficialTextForm(DeedForm):
    """One text that answers each author."""

    text = words_field("Текст ответа", 8000, 6)
    kind = forms.ChoiceField(
        label="Вид ответа", choices=[one for one in ANSWER_KINDS if one[0] != "forwarded"]
    )
    promise_on = day_field("Обещано к", required=False)


class CauseForm(DeedForm):
    """A node of the tree."""

    text = words_field("Причина", 500)
    share = forms.IntegerField(
        label="Доля обращений, %",
        min_value=0,
        max_value=100,
        required=False,
        help_text="пусто — по карточкам, что её подтверждают",
    )
    post = forms.ModelChoiceField(
        Post.objects.none(), label="Кто отвечает", required=False, empty_label="не названа"
    )
    body = forms.ModelChoiceField(
        Body.objects.none(), label="Орган", required=False, empty_label="по должности"
    )

    def prepare(self) -> None:
        offer_rows(self, "post", posts_of(self.municipality))
        offer_rows(self, "body", self.own_bodies())

    def told(self) -> CauseText:
        """The node as the service takes it."""
        data: dict[str, Any] = self.cleaned_data
        share = None if data["share"] is None else data["share"] / 100
        return CauseText(data["text"], share, data["post"], data["body"])


class ProofForm(DeedForm):
    """What proves a node."""

    kind = forms.ChoiceField(label="Чем подтверждена", choices=EVIDENCE_KINDS)
    case = forms.ModelChoiceField(
        Case.objects.none(),
        label="Карточка",
        required=False,
        empty_label="не карточка",
        to_field_name="number",
    )
    measure = forms.ChoiceField(label="Показатель", required=False)
    settlement = forms.ModelChoiceField(
        Settlement.objects.none(), label="Место", required=False, empty_label="не место"
    )
    words = words_field("Что из этого видно", 500)
    document = forms.FileField(label="Документ", required=False)

    def prepare(self) -> None:
        titles = [(title, [(one.key, one.title) for one in group]) for title, group in GROUPS.items()]
        measure = self.fields["measure"]
        if isinstance(measure, forms.ChoiceField):
            measure.choices = [("", "не показатель"), *titles]
        offer_rows(self, "settlement", Settlement.objects.filter(municipality=self.municipality))

    def offer_cases(self, problem: Problem, seen: Any) -> "ProofForm":
        """Cases of the problem the person may see."""
        offer_rows(self, "case", seen.filter(problem_links__problem=problem).order_by("number"))
        return self


class TalkForm(DeedForm):
    """An error of communication written by hand."""

    fault = forms.ChoiceField(label="Что за ошибка", choices=FAULTS)
    text = words_field("Что случилось", 1000, 3)
    on = day_field("Когда")
    case = forms.CharField(label="Номер карточки", max_length=40, required=False)
    body = forms.ModelChoiceField(
        Body.objects.none(), label="Чья работа", required=False, empty_label="по карточке"
    )
    problem = forms.ModelChoiceField(
        Problem.objects.none(), label="О какой проблеме", required=False, empty_label="ни о какой"
    )

    def prepare(self) -> None:
        offer_rows(self, "body", self.own_bodies())
        live = Problem.objects.filter(municipality=self.municipality, state__in=LIVE_STATES)
        offer_rows(self, "problem", live)

    def told(self, seen: Any) -> TalkText:
        """The error as the service takes it; a case the person may not see is not found."""
        data: dict[str, Any] = self.cleaned_data
        case = None
        if data["case"]:
            case = seen.filter(number=data["case"].strip()).first()
            if case is None:
                raise Refused(f"Карточки {data['case']} нет среди тех, что вам видны. Проверьте номер.")
        return TalkText(data["fault"], data["text"], data["on"], case, data["body"], "", data["problem"])


class OuterForm(DeedForm):
    """One indicator of an outer list, by hand."""

    list_name = forms.CharField(label="Перечень", max_length=200)
    source = forms.CharField(label="Откуда взят", max_length=500, help_text="письмо, таблица, адрес, дата")
    key = forms.CharField(label="Номер в перечне", max_length=80)
    title = forms.CharField(label="Показатель", max_length=500)
    project = forms.CharField(label="Национальный проект", max_length=200, required=False)
    unit = forms.CharField(label="Единица", max_length=40, required=False)
    plan = forms.FloatField(label="План", required=False, localize=True)
    fact = forms.FloatField(label="Факт", required=False, localize=True)
    is_lower_better = forms.BooleanField(label="лучше, когда меньше", required=False)
    on = day_field("На какой день")
    block_key = forms.ChoiceField(label="Блок", required=False)

    def prepare(self) -> None:
        offer_blocks(self)

    def told(self) -> OuterLine:
        """The line as the service takes it."""
        data: dict[str, Any] = self.cleaned_data
        names = ("key", "title", "on", "project", "unit", "plan", "fact", "is_lower_better", "block_key")
        return OuterLine(**{name: data[name] for name in names})


def first_fault(form: forms.Form) -> str:
    """The first fault of a form as one sentence with its field."""
    name, faults = next(iter(form.errors.items()))
    label = form.fields[name].label if name in form.fields else ""
    return f"{label}: {faults[0]}" if label else str(faults[0])
