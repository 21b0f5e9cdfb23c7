"""Forms of coordination: lines of the plan, affairs with others, proposals, requests, papers, acts."""

from datetime import date
from typing import Any

from django import forms

from otklik.accounts.models import Body, Post, Role
from otklik.accounts.selectors import bodies_of
from otklik.cases.models import Case
from otklik.charter.selectors import clauses_of
from otklik.common.period import Period
from otklik.common.periods import say_period, write_period, year_of
from otklik.desk.forms.deeds import DeedForm
from otklik.desk.forms.offering import offer_rows, offer_words
from otklik.desk.periods import told_period
from otklik.office.coordination.models import INQUIRY_KINDS, MEANS, MethodNote, Proposal
from otklik.office.coordination.rules import plan_period
from otklik.office.coordination.services.affairs import AffairText
from otklik.office.coordination.services.composition import ActWords
from otklik.office.coordination.services.inquiries import Asked
from otklik.office.coordination.services.papers import MethodWords
from otklik.office.coordination.services.plans import ItemText
from otklik.office.coordination.services.proposals import ProposalText
from otklik.topics.models import Block, Topic

FIELDS_OF = {
    "outer_meeting": ("title", "partner", "with_whom", "day", "posts", "ground", "programme"),
    "training": ("title", "day", "posts", "partner", "with_whom", "programme", "ground"),
    "cooperation": ("title", "partner", "with_whom", "block", "day", "programme"),
    "support": ("title", "means", "day", "partner", "ground", "programme"),
    "process": ("title", "day", "topic", "block", "programme", "ground"),
}
"""What is asked about an affair of each kind, in this order."""

WORDS_OF = {
    "outer_meeting": {
        "title": "О чём совещание",
        "partner": "Кто проводит",
        "posts": "Кто участвует от центра",
    },
    "training": {
        "title": "Тема",
        "partner": "С кем проводим",
        "posts": "Кого учим",
        "programme": "Программа",
    },
    "cooperation": {"title": "О чём", "partner": "С кем", "programme": "Суть", "block": "Чей блок"},
    "support": {
        "title": "Что нужно",
        "partner": "Кто обеспечивает",
        "day": "К какому дню",
        "programme": "Зачем",
    },
    "process": {"title": "Что меняем", "day": "С какого дня", "programme": "Как было и как станет"},
}


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _day(label: str, required: bool = True) -> forms.DateField:
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=picker, required=required)


def _blocks(form: DeedForm) -> list[tuple[str, str]]:
    return list(Block.objects.filter(municipality=form.municipality).values_list("key", "title"))


def _posts(form: DeedForm) -> Any:
    return Post.objects.filter(municipality=form.municipality).order_by("title", "pk")


class PlanForm(DeedForm):
    """For which days a plan is drafted."""

    period = forms.ChoiceField(label="На какое время")

    def offer(self, today: date) -> "PlanForm":
        """This quarter, the two after it, this year."""
        found: list[Period] = [plan_period(today, ahead) for ahead in range(3)] + [year_of(today.year)]
        offer_words(self, "period", [(write_period(one), say_period(one)) for one in found])
        return self

    def clean_period(self) -> Period | None:
        return told_period(self.cleaned_data["period"])


class ItemForm(DeedForm):
    """A line of the plan."""

    text = forms.CharField(label="Мероприятие", max_length=500, widget=_area(2))
    due = _day("Срок")
    post = forms.ModelChoiceField(
        Post.objects.none(), label="Ответственный", required=False, empty_label="назову до утверждения"
    )
    clause = forms.ChoiceField(label="Пункт положения", required=False)
    ground = forms.CharField(label="Другое основание", required=False, max_length=300)

    def prepare(self) -> None:
        offer_rows(self, "post", _posts(self))
        clauses = clauses_of(self.municipality).values_list("clause_id", "title")
        offer_words(
            self,
            "clause",
            [("", "не из положения"), *((key, f"{key}: {title[:60]}") for key, title in clauses)],
        )

    def told(self) -> ItemText:
        data = self.cleaned_data
        return ItemText(data["text"], data["due"], data["post"], data["clause"], data["ground"])


class AffairForm(DeedForm):
    """An affair with others; a kind asks only for what it needs (`FIELDS_OF`)."""

    title = forms.CharField(label="О чём", max_length=300)
    means = forms.ChoiceField(label="Чем обеспечивают", choices=MEANS)
    partner = forms.ModelChoiceField(
        Body.objects.none(), label="Орган", required=False, empty_label="нет в справочнике"
    )
    with_whom = forms.CharField(label="Если нет в справочнике", required=False, max_length=200)
    day = _day("День")
    posts = forms.ModelMultipleChoiceField(
        Post.objects.none(), label="Участники", required=False, help_text="несколько — с Ctrl"
    )
    block = forms.ChoiceField(label="Блок", required=False)
    topic = forms.ModelChoiceField(Topic.objects.none(), label="Тема", required=False, empty_label="все темы")
    programme = forms.CharField(label="Суть", required=False, max_length=4000, widget=_area())
    ground = forms.CharField(
        label="Основание", required=False, max_length=300, help_text="письмо, акт, дата, номер"
    )

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        asked = FIELDS_OF[self.kind]
        self.fields = {name: self.fields[name] for name in asked}
        for name, label in WORDS_OF[self.kind].items():
            self.fields[name].label = label
        if "posts" in asked:
            offer_rows(self, "posts", _posts(self))
        if "partner" in asked:
            offer_rows(self, "partner", bodies_of(self.municipality))
        if "topic" in asked:
            offer_rows(self, "topic", Topic.objects.filter(is_open=True))
        if "block" in asked:
            offer_words(self, "block", [("", "не назван"), *_blocks(self)])

    def told(self) -> AffairText:
        data = self.cleaned_data
        return AffairText(
            self.kind,
            data["title"],
            data["day"],
            data.get("partner"),
            data.get("with_whom", ""),
            data.get("block", ""),
            data.get("topic"),
            data.get("means", ""),
            data.get("programme", ""),
            data.get("ground", ""),
            list(data.get("posts") or ()),
        )


class ProposalForm(DeedForm):
    """What is proposed and by which figures."""

    kind = forms.ChoiceField(label="Кому", choices=Proposal.KINDS)
    problem = forms.CharField(label="Какая проблема", max_length=300)
    text = forms.CharField(label="Что предлагается", max_length=4000, widget=_area(4))
    body = forms.ModelChoiceField(
        Body.objects.none(), label="Кто участвует", required=False, empty_label="никто, решает глава"
    )
    figures = forms.CharField(
        label="Цифры",
        max_length=1000,
        widget=_area(2),
        help_text="сколько и за какие дни: «41 жалоба за октябрь»",
    )
    link = forms.CharField(
        label="Откуда цифры", required=False, max_length=300, help_text="адрес записи этой системы, с «/»"
    )

    def prepare(self) -> None:
        offer_rows(self, "body", self.own_bodies())

    def told(self) -> ProposalText:
        data = self.cleaned_data
        return ProposalText(
            data["kind"], data["problem"], data["text"], data["figures"], data["link"], data["body"]
        )


class InquiryForm(DeedForm):
    """A request sent out."""

    kind = forms.ChoiceField(label="Что запрашиваем", choices=INQUIRY_KINDS)
    title = forms.CharField(label="О чём", max_length=300)
    text = forms.CharField(
        label="Что просим",
        max_length=4000,
        widget=_area(4),
        help_text="Без личных данных: темы, места, номера карточек.",
    )
    number = forms.CharField(label="Номер карточки", required=False, max_length=40)
    due = _day("Срок")
    bodies = forms.ModelMultipleChoiceField(
        Body.objects.none(), label="У кого", widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        offer_rows(self, "bodies", bodies_of(self.municipality).order_by("is_external", "short_name"))

    def clean_number(self) -> Case | None:
        said = self.cleaned_data["number"].strip()
        found = Case.objects.filter(municipality=self.municipality, number=said).first() if said else None
        if said and found is None:
            raise forms.ValidationError("Карточки с таким номером нет: проверьте номер или оставьте пустым.")
        return found

    def told(self) -> Asked:
        data = self.cleaned_data
        return Asked(
            data["kind"], data["title"], data["text"], data["due"], list(data["bodies"]), case=data["number"]
        )


class MethodForm(DeedForm):
    """A method note."""

    title = forms.CharField(label="Название", max_length=200)
    theme = forms.ChoiceField(label="О чём", choices=MethodNote.THEMES)
    audience = forms.MultipleChoiceField(
        label="Для кого",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="никто не отмечен — для всех",
    )
    text = forms.CharField(label="Текст", max_length=20000, widget=_area(10))

    def prepare(self) -> None:
        roles = Role.objects.filter(municipality=self.municipality).values_list("key", "title")
        offer_words(self, "audience", list(roles))

    def told(self) -> MethodWords:
        data = self.cleaned_data
        return MethodWords(data["title"], data["theme"], data["text"], data["audience"])


class SheetForm(DeedForm):
    """A paper that goes round the blocks."""

    title = forms.CharField(label="Документ", max_length=300)
    text = forms.CharField(label="Содержание", max_length=20000, widget=_area(8))
    due = _day("Визы нужны до")
    blocks = forms.MultipleChoiceField(label="Чьи визы", widget=forms.CheckboxSelectMultiple)

    def prepare(self) -> None:
        offer_words(self, "blocks", _blocks(self))


class ActForm(DeedForm):
    """An act about the composition; what it changes is ticked in the list."""

    kind = forms.CharField(label="Вид акта", max_length=60, initial="распоряжение")
    number = forms.CharField(label="Номер", max_length=40)
    day = _day("Дата")
    since = _day("Действует с")
    title = forms.CharField(label="О чём", max_length=300)

    def told(self, begun: list[int], ended: list[int]) -> ActWords:
        data = self.cleaned_data
        return ActWords(data["kind"], data["number"], data["day"], data["since"], data["title"], begun, ended)
