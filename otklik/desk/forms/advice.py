"""Forms of the catalogue of advice: the advice itself, a block's report, an effect."""

from datetime import date
from typing import Any

from django import forms

from otklik.accounts.models import Body, Post
from otklik.analytics.measures import GROUPS
from otklik.common.words import capitalised
from otklik.desk.forms.deeds import DeedForm
from otklik.desk.forms.offering import offer_rows, offer_words
from otklik.problems.advice.models import Advice
from otklik.problems.advice.services import AdviceText, EffectText
from otklik.problems.advice.words import ADOPTIONS, EFFECTS, KINDS
from otklik.problems.models import Problem
from otklik.problems.words import LIVE_STATES
from otklik.topics.models import Block, Topic

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _words(label: str, rows: int, most: int, required: bool = True, help_text: str = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, required=required, widget=area, help_text=help_text)


class AdviceForm(DeedForm):
    """What is proposed, to whom, on what ground."""

    kind = forms.ChoiceField(label="Вид", choices=[(key, capitalised(title)) for key, title in KINDS])
    title = forms.CharField(label="Название", max_length=200)
    text = _words("Что предлагается", 4, 4000)
    ground = _words("На чём основано", 2, 1000, help_text="цифры, проблема, случай; без имён и адресов")
    ground_link = forms.CharField(
        label="Ссылка на карточки",
        required=False,
        max_length=500,
        help_text="адрес отобранной ленты: /cases/?…",
    )
    problem = forms.ModelChoiceField(
        Problem.objects.none(), label="Проблема", required=False, empty_label="не связана"
    )
    practice = forms.ModelChoiceField(
        Advice.objects.none(), label="По практике", required=False, empty_label="без практики"
    )
    body = forms.ModelChoiceField(
        Body.objects.none(), label="Кому: орган", required=False, empty_label="не назван"
    )
    post = forms.ModelChoiceField(
        Post.objects.none(), label="Кому: должность", required=False, empty_label="не названа"
    )
    block_key = forms.ChoiceField(label="Кому: блок", required=False)
    gives = forms.ChoiceField(
        label="Какой эффект ждём", required=False, choices=[("", "не назван"), *EFFECTS]
    )
    origin = forms.CharField(
        label="Где применяется", required=False, max_length=300, help_text="для практики: у кого увидели"
    )
    programme = forms.CharField(
        label="Мероприятие цифровизации отрасли",
        required=False,
        max_length=300,
        help_text="для цифровизации: с чем увязана работа блока",
    )
    is_urgent = forms.BooleanField(label="срочно: общение с жителями разладилось", required=False)

    def prepare(self) -> None:
        town = self.municipality
        blocks = Block.objects.filter(municipality=town).values_list("key", "title")
        offer_words(self, "block_key", [("", "не назван"), *blocks])
        offer_rows(self, "body", self.own_bodies() | self.outer_bodies())
        offer_rows(self, "post", Post.objects.filter(municipality=town).order_by("title"))
        live = Problem.objects.filter(municipality=town, state__in=LIVE_STATES)
        offer_rows(self, "problem", live)
        practices = Advice.objects.filter(municipality=town, kind="practice").exclude(state="declined")
        offer_rows(self, "practice", practices.order_by("-number"))

    @staticmethod
    def values_of(advice: Advice) -> dict[str, Any]:
        """What the form opens with for a line nobody has decided upon."""
        plain = (
            "kind",
            "title",
            "text",
            "ground",
            "ground_link",
            "block_key",
            "gives",
            "origin",
            "programme",
        )
        links = ("problem", "practice", "body", "post")
        return {
            **{name: getattr(advice, name) for name in plain},
            **{name: getattr(advice, f"{name}_id") for name in links},
            "is_urgent": advice.is_urgent,
        }

    def clean_ground_link(self) -> str:
        """Only addresses of this desk: a link of the catalogue never leads outside."""
        link = str(self.cleaned_data["ground_link"]).strip()
        if link and (not link.startswith("/") or link.startswith("//")):
            raise forms.ValidationError("Вставьте адрес страницы Отклика, он начинается с «/».")
        return link

    def text_of(self, **more: Any) -> AdviceText:
        """The advice as the service takes it."""
        return AdviceText(**{**self.cleaned_data, **more})


class AdoptionForm(DeedForm):
    """How a block puts advice in practice."""

    block_key = forms.ChoiceField(label="Блок", required=False)
    state = forms.ChoiceField(label="Что с внедрением", choices=ADOPTIONS)
    words = _words("Что сделано", 3, 1000)
    on = forms.DateField(label="На какой день", widget=DAY)

    def prepare(self) -> None:
        blocks = Block.objects.filter(municipality=self.municipality).values_list("key", "title")
        offer_words(self, "block_key", [("", "весь центр"), *blocks])

    def offer_blocks(self, keys: frozenset[str]) -> "AdoptionForm":
        """Let the head of a block speak for that block alone."""
        blocks = Block.objects.filter(municipality=self.municipality, key__in=keys)
        offer_words(self, "block_key", list(blocks.values_list("key", "title")))
        self.fields["block_key"].required = True
        return self

    def starting(self, today: date) -> "AdoptionForm":
        """Open with today's day."""
        self.fields["on"].initial = today
        return self


class EffectForm(DeedForm):
    """What it gave: a measure before and after a day, or words with their source."""

    kind = forms.ChoiceField(label="Эффект", choices=EFFECTS)
    measure = forms.ChoiceField(label="Показатель", required=False)
    changed_on = forms.DateField(label="Применяется с", required=False, widget=DAY)
    days = forms.IntegerField(label="Дней до и после", required=False, initial=30)
    topic = forms.ModelChoiceField(
        Topic.objects.none(), label="Тема", required=False, empty_label="все темы", to_field_name="key"
    )
    block_key = forms.ChoiceField(label="Блок", required=False)
    words = _words("Словами", 2, 1000, required=False)
    source = forms.CharField(
        label="Откуда известно", max_length=500, help_text="документ, расчёт, показатель"
    )

    def prepare(self) -> None:
        measures = self.fields["measure"]
        if isinstance(measures, forms.ChoiceField):
            groups = [
                (title, [(one.key, one.title) for one in group if one.unit != "на 1000"])
                for title, group in GROUPS.items()
            ]
            measures.choices = [("", "без показателя"), *groups]
        offer_rows(self, "topic", Topic.objects.filter(is_open=True))
        blocks = Block.objects.filter(municipality=self.municipality).values_list("key", "title")
        offer_words(self, "block_key", [("", "все блоки"), *blocks])

    def text_of(self) -> EffectText:
        """The effect as the service takes it."""
        data = dict(self.cleaned_data)
        return EffectText(**{**data, "days": data["days"] or 0})
