"""Forms of the daily watch and of the alert chat: pages, looks, risk-prone topics, what was sent by hand."""

from typing import Any

from django import forms

from otklik.desk.forms.deeds import DeedForm
from otklik.desk.forms.offering import offer_rows, offer_words
from otklik.desk.forms.problems import words_field
from otklik.desk.forms.risks import count_field
from otklik.risks.selectors import levels_of
from otklik.risks.services import PageText
from otklik.risks.words import WATCHED
from otklik.topics.models import Topic


class WatchedPageForm(DeedForm):
    """A page or a chat to be looked at each day."""

    kind = forms.ChoiceField(label="Что это", choices=list(WATCHED.items()))
    title = forms.CharField(label="Название", max_length=160)
    url = forms.CharField(label="Адрес", max_length=300)
    let_in = forms.CharField(
        label="Кто впустил",
        max_length=200,
        required=False,
        help_text="для чата: должность и когда; без согласия владельцев чат не смотрим",
    )
    subscribers = count_field("Подписчиков")

    def told(self) -> PageText:
        """The page as the services take it."""
        data: dict[str, Any] = self.cleaned_data
        names = ("kind", "title", "url", "let_in", "subscribers")
        return PageText(**{name: data[name] for name in names})


class LookForm(DeedForm):
    """What a look at a page has brought."""

    found = forms.IntegerField(label="Сколько замечено", min_value=0, initial=0)
    words = words_field("Что замечено", 500, required=False)


class ProneForm(DeedForm):
    """A topic of municipal level that easily becomes a risk."""

    topic = forms.ModelChoiceField(Topic.objects.none(), label="Тема", empty_label="выберите тему")
    why = forms.CharField(label="Почему рискогенная", max_length=300)
    signs = words_field(
        "Слова-признаки", 1000, required=False, help_text="по одному в строке; имена людей нельзя"
    )
    level_key = forms.ChoiceField(label="Обычный уровень", required=False)

    def prepare(self) -> None:
        offer_rows(self, "topic", Topic.objects.filter(is_open=True).order_by("title"))
        levels = [(key, one.title) for key, one in levels_of(self.municipality).items()]
        offer_words(self, "level_key", [("", "по признакам"), *levels])

    def listed(self) -> list[str]:
        """Signs, one a line."""
        lines = str(self.cleaned_data.get("signs") or "").splitlines()
        return [one.strip() for one in lines if one.strip()]


class ProofForm(DeedForm):
    """How a message was put into the chat by hand."""

    proof = forms.CharField(label="Ссылка или кому передали", max_length=500)
