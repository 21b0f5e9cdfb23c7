"""Forms of meetings: convening, a guest, a decision's line, a task of preparation."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from otklik.accounts.models import Post
from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.desk.forms.deeds import DeedForm
from otklik.desk.forms.offering import offer_rows, offer_words
from otklik.office.models import FORMS
from otklik.office.services import Call, DecisionText, Guest


def posts_of(municipality: Municipality) -> QuerySet[Post]:
    """Posts that may be ordered or may control, by their bodies."""
    rows = Post.objects.filter(municipality=municipality, body__is_open=True, body__is_external=False)
    return rows.select_related("body").order_by("title", "pk")


def _day(label: str, required: bool = True, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required, help_text=help_text)


def _hour(label: str, required: bool = True) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, required=required)


class MeetingForm(DeedForm):
    """What is convened, when and where; in absentia until when opinions are taken."""

    reason = forms.CharField(
        label="Основание созыва", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="что требует решения: рост жалоб, срыв сроков, поручение Главы",
    )  # fmt: skip
    form = forms.ChoiceField(label="Форма")
    day = _day("Дата")
    hour = _hour("Время")
    place = forms.CharField(label="Место", max_length=200, required=False)
    until_day = _day("Мнения собираем до", required=False, help_text="только для заочной формы")
    until_hour = _hour("До какого часа", required=False)

    def prepare(self) -> None:
        named = charter_of(self.municipality).meetings.forms or ["in_person"]
        offer_words(self, "form", [(key, title) for key, title in FORMS if key in named])
        if "in_absentia" not in named:
            del self.fields["until_day"], self.fields["until_hour"]

    def told(self) -> Call:
        """The call as the service takes it; moments are in the municipality's zone."""
        data: dict[str, Any] = self.cleaned_data
        until = data.get("until_day")
        last = _moment(until, data.get("until_hour") or time(18)) if until else None
        return Call(data["form"], data["reason"], _moment(data["day"], data["hour"]), data["place"], last)


def _moment(day: Any, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


class GuestForm(DeedForm):
    """An official of another body or an expert: post and organisation; a mailbox by consent."""

    kind = forms.ChoiceField(label="Кто", choices=[("official", "должностное лицо"), ("expert", "эксперт")])
    title = forms.CharField(label="Должность", max_length=300)
    organisation = forms.CharField(label="Организация", max_length=300, required=False)
    email = forms.EmailField(label="Почта для приглашения", required=False)
    consent = forms.BooleanField(label="согласен на хранение почты", required=False)

    def told(self) -> Guest:
        data = self.cleaned_data
        return Guest(data["kind"], data["title"], data["organisation"], data["email"], data["consent"])


class DecisionForm(DeedForm):
    """A line of «РЕШИЛИ»; a draft may lack anything."""

    post = forms.ModelChoiceField(Post.objects.none(), required=False, empty_label="кому")
    text = forms.CharField(required=False, max_length=1000)
    result = forms.CharField(required=False, max_length=500)
    due = _day("Срок", required=False)
    control = forms.ModelChoiceField(Post.objects.none(), required=False, empty_label="кто контролирует")
    version = forms.IntegerField(required=False)

    def prepare(self) -> None:
        for name in ("post", "control"):
            offer_rows(self, name, posts_of(self.municipality))

    def told(self, kind: str) -> DecisionText:
        data = self.cleaned_data
        return DecisionText(kind, data["post"], data["text"], data["result"], data["due"], data["control"])


class PreparationForm(DeedForm):
    """What to prepare, by whom, by when."""

    text = forms.CharField(label="Что подготовить", max_length=500, help_text="начните с глагола")
    post = forms.ModelChoiceField(Post.objects.none(), label="Кому", empty_label="выберите должность")
    due = _day("Срок")

    def prepare(self) -> None:
        offer_rows(self, "post", posts_of(self.municipality))
