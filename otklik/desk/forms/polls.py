"""Forms of polls: the head, a question of one of five kinds, the decision, its steps, results brought from outside."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms

from otklik.accounts.models import Body, Post
from otklik.accounts.selectors import bodies_of
from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.common.words import capitalised
from otklik.desk.forms.deeds import DeedForm
from otklik.desk.forms.offering import offer_rows, offer_words
from otklik.desk.forms.problems import day_field, first_fault, words_field
from otklik.outreach.polls.models import Question
from otklik.outreach.polls.words import ACCESS, FORMS, KINDS, PLACES
from otklik.topics.models import Topic

PREFERRED = {
    "pos": ("pos", "portal", "pages"),
    "any_site": ("pages", "portal", "pos"),
    "none": ("portal", "pages", "pos"),
}
"""Places in the order a charter prefers them."""
GROUP_LINE = re.compile(r"^\s*(?P<title>.+?)\s*[:—-]\s*(?P<people>[\d\s\u00a0]+)$")
GROUPS_LIMIT = 12


@dataclass(frozen=True)
class Group:
    """A group of residents by age and how many there are."""

    title: str
    people: int


class PollForm(DeedForm):
    """What, why, by which rules, till when, whom and how one person is told from another."""

    form = forms.ChoiceField(label="Форма")
    title = forms.CharField(
        label="О чём спрашиваем",
        max_length=200,
        help_text="так вопрос увидят жители: «Какой сквер обновить первым»",
    )
    why = words_field("Зачем спрашиваем и что решится по ответам", 2000, 3)
    rules = words_field("Правила", 6000, 8)
    territory = forms.CharField(label="Территория", max_length=300)
    audience = forms.CharField(
        label="Кого спрашиваем", max_length=300, help_text="жители, родители, собственники дома"
    )
    audience_count = forms.IntegerField(
        label="Сколько их", required=False, min_value=1, help_text="по этому числу считается отклик"
    )
    place = forms.ChoiceField(label="Где проводим")
    access = forms.ChoiceField(
        label="Как узнаём, что один человек — один голос", choices=list(ACCESS.items())
    )
    opens_on = day_field("Первый день")
    closes_on = day_field("Последний день")
    topic_key = forms.ChoiceField(label="Тема", required=False)
    body = forms.ModelChoiceField(
        Body.objects.none(), label="Чей вопрос", required=False, empty_label="администрации в целом"
    )
    areas = forms.BooleanField(label="спросить, из какого населённого пункта ответ", required=False)
    ages = words_field(
        "Возраст: группа и сколько в ней жителей, с новой строки каждая", 1000, 4, required=False
    )
    strata_source = forms.CharField(
        label="Откуда численность", max_length=200, required=False, help_text="справка статистики, её дата"
    )
    is_training = forms.BooleanField(label="учебный: в показатели и отчёты не войдёт", required=False)

    def prepare(self) -> None:
        charter = charter_of(self.municipality).polls
        allowed = {key: title for key, title in FORMS.items() if key in charter.forms} or FORMS
        offer_words(self, "form", [(key, capitalised(title)) for key, title in allowed.items()])
        offer_words(self, "place", [(key, capitalised(PLACES[key])) for key in PREFERRED[charter.placed_in]])
        topics = Topic.objects.filter(is_open=True).order_by("title").values_list("key", "title")
        offer_words(self, "topic_key", [("", "не названа"), *topics])
        offer_rows(self, "body", bodies_of(self.municipality).filter(is_external=False))
        self.fields["ages"].widget.attrs["placeholder"] = (
            "18–34 года: 2100\n35–59 лет: 4300\n60 лет и старше: 2900"
        )

    def clean_ages(self) -> list[Group]:
        """Groups by age, each on a line of its own."""
        lines = [line for line in str(self.cleaned_data["ages"]).splitlines() if line.strip()]
        groups = []
        for place, line in enumerate(lines, start=1):
            found = GROUP_LINE.match(line)
            if found is None:
                raise forms.ValidationError(
                    f"Строка {place}: напишите группу и число жителей через двоеточие, например «18–34 года: 2100»."
                )
            groups.append(Group(found["title"].strip()[:160], int("".join(found["people"].split()))))
        if len(groups) > GROUPS_LIMIT:
            raise forms.ValidationError(f"Групп больше {GROUPS_LIMIT}: объедините соседние.")
        return groups

    def clean(self) -> dict[str, Any]:
        """Numbers of residents need a source: results are weighed by them."""
        data = super().clean() or {}
        if data.get("ages") and not data.get("strata_source", "").strip():
            self.add_error("strata_source", "Напишите, откуда численность групп: по ней взвешиваются итоги.")
        return data


class QuestionForm(DeedForm):
    """A question; which fields matter depends on its kind."""

    kind = forms.ChoiceField(
        label="Вид ответа", choices=[(key, capitalised(title)) for key, title in KINDS.items()]
    )
    text = forms.CharField(label="Вопрос", max_length=300)
    help = forms.CharField(label="Пояснение", max_length=500, required=False)
    options = words_field("Ответы, каждый с новой строки", 6500, 6, required=False)
    most = forms.IntegerField(
        label="Отметить не больше", min_value=2, required=False, help_text="пусто — сколько угодно"
    )
    low = forms.IntegerField(label="Шкала от", min_value=0, max_value=10, initial=1, required=False)
    high = forms.IntegerField(label="до", min_value=1, max_value=10, initial=5, required=False)
    low_words = forms.CharField(label="Что значит начало", max_length=80, required=False)
    high_words = forms.CharField(label="Что значит конец", max_length=80, required=False)
    is_required = forms.BooleanField(
        label="без ответа на этот вопрос голос не принимать", required=False, initial=True
    )

    def clean(self) -> dict[str, Any]:
        """A scale has both ends, the lower first."""
        data = super().clean() or {}
        low, high = data.get("low"), data.get("high")
        if data.get("kind") == "scale" and (low is None or high is None or low >= high):
            self.add_error("high", "Назовите начало и конец шкалы: начало меньше конца.")
        return data

    @property
    def lines(self) -> list[str]:
        """Answers of the list without empty lines."""
        return [line.strip() for line in str(self.cleaned_data["options"]).splitlines() if line.strip()]

    @staticmethod
    def of(question: Question) -> dict[str, Any]:
        """What the form of a question begins with."""
        plain = ("kind", "text", "help", "most", "low", "high", "low_words", "high_words", "is_required")
        lines = "\n".join(one.text for one in question.options.all())
        return {**{name: getattr(question, name) for name in plain}, "options": lines}


class DecisionForm(DeedForm):
    """What was decided and how the voters' opinion was taken into account."""

    text = words_field("Что решено", 3000, 3)
    ground = words_field("Как учли мнение жителей", 3000, 3)
    act = forms.CharField(
        label="Документ", max_length=300, required=False, help_text="постановление, номер, дата"
    )
    link = forms.URLField(label="Ссылка на документ", max_length=500, required=False, assume_scheme="https")


class StepForm(DeedForm):
    """A step of carrying the decision out."""

    text = forms.CharField(label="Что сделать", max_length=300)
    post = forms.ModelChoiceField(
        Post.objects.none(), label="Кто отвечает", required=False, empty_label="не назван"
    )
    due_on = day_field("Срок")

    def prepare(self) -> None:
        offer_rows(self, "post", Post.objects.filter(municipality=self.municipality).order_by("title"))


class StepDoneForm(DeedForm):
    """What was done, as residents will read it."""

    proof = words_field("Что сделано", 500)
    link = forms.URLField(label="Ссылка", max_length=500, required=False, assume_scheme="https")


class OuterForm(DeedForm):
    """Where the poll runs outside."""

    link = forms.URLField(label="Ссылка на публикацию", max_length=500, assume_scheme="https")


class ResultsForm(DeedForm):
    """Results of a poll run elsewhere: the table stands beside the form."""

    people = forms.IntegerField(label="Сколько человек участвовало", min_value=0)


def told(form: DeedForm) -> dict[str, Any]:
    """The words of a valid form. Raises Refused with the first fault of one that is not."""
    if not form.is_valid():
        raise Refused(first_fault(form))
    return form.cleaned_data
