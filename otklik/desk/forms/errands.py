"""Forms of errands: giving one, and the words, dates and files of a deed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from otklik.accounts.models import Post
from otklik.common.words import capitalised
from otklik.deadlines.selectors import calendar_of
from otklik.deadlines.words import choosable_day
from otklik.desk.forms.deeds import DeedForm
from otklik.desk.forms.offering import offer_words
from otklik.office.errands.rules import KINDS, PRIORITIES
from otklik.office.errands.selectors import posts_to_give
from otklik.office.errands.services import Order, Source
from otklik.topics.models import Block

GIVEN_BY_HAND = ("own", "head", "curator", "request")
"""Kinds a person chooses; protocols and roadmaps give their errands themselves."""


def _by_bodies(posts: Iterable[Post]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Posts as choices under the heads of their bodies."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in posts:
        groups.setdefault(one.body.short_name, []).append((str(one.pk), one.title))
    return list(groups.items())


def _day_field(label: str, help_text: str = "") -> forms.DateField:
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=picker, help_text=help_text)


def check_working_day(form: DeedForm, day: date) -> None:
    """Raise a field's error for a day off, with the two nearest working days to choose from."""
    calendar = calendar_of(form.municipality)
    if not calendar.is_working(day):
        before, after = calendar.working_day_until(day), calendar.working_day_from(day)
        raise forms.ValidationError(
            f"{capitalised(choosable_day(day))} — выходной. Выберите рабочий день: "
            f"{choosable_day(before)} или {choosable_day(after)}."
        )


class ErrandForm(DeedForm):
    """One verb, one post, one date, a result that can be seen."""

    text = forms.CharField(
        label="Что сделать",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="один глагол и предмет: «отремонтировать мост на ул. Заречной»; без имён и адресов жителей",
    )
    result = forms.CharField(
        label="Чем измерим результат",
        max_length=500,
        required=False,
        help_text="число, документ или снимок: «акт приёмки», «12 контейнеров»",
    )
    post = forms.ChoiceField(label="Ответственный")
    due_on = _day_field("Срок")
    controller = forms.ChoiceField(label="Контроль", required=False)
    helpers = forms.MultipleChoiceField(label="Соисполнители", required=False, help_text="несколько — с Ctrl")
    kind = forms.ChoiceField(label="Откуда поручение")
    source_words = forms.CharField(
        label="Основание", required=False, max_length=200, help_text="документ, номер, дата"
    )
    block_key = forms.ChoiceField(label="Блок", required=False)
    priority = forms.ChoiceField(label="Важность", choices=list(PRIORITIES.items()), initial="usual")
    case_number = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.posts = {str(one.pk): one for one in posts_to_give(self.municipality)}
        groups = _by_bodies(self.posts.values())
        self._offer_posts("post", [("", "выберите должность"), *groups])
        self._offer_posts("controller", [("", "тот, кто даёт поручение"), *groups])
        self._offer_posts("helpers", groups)
        offer_words(self, "kind", [(key, KINDS[key]) for key in GIVEN_BY_HAND])
        blocks = Block.objects.filter(municipality=self.municipality).values_list("key", "title")
        offer_words(self, "block_key", [("", "не относится к блоку"), *blocks])

    def _offer_posts(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        check_working_day(self, day)
        return day

    def told(self) -> Order:
        """The order as the service takes it."""
        data: dict[str, Any] = self.cleaned_data
        return Order(
            data["text"],
            self.posts[data["post"]],
            data["due_on"],
            data["result"],
            self.posts.get(data["controller"]),
            [self.posts[key] for key in data["helpers"]],
            data["priority"],
            data["block_key"],
            Source(data["kind"], words=data["source_words"], case_number=data["case_number"]),
        )


class NewDateForm(DeedForm):
    """Another date."""

    due_on = _day_field("Новый срок")

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        check_working_day(self, day)
        return day
