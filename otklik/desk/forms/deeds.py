"""What a person must say to do a deed on a card. One small form per shape; choices come from the municipality."""

from typing import Any

from django import forms

from otklik.accounts.models import Body
from otklik.accounts.selectors import bodies_of
from otklik.cases.rules import LEAVE_GROUNDS, UNANSWERED_GROUNDS
from otklik.cases.states import KINDS, URGENCIES
from otklik.common.models import Municipality
from otklik.deadlines.branches import BRANCHES
from otklik.desk.forms.offering import offer_rows, offer_words
from otklik.places.models import Settlement, Street
from otklik.topics.models import Topic


class DeedForm(forms.Form):
    """Base of the deeds' forms: knows the municipality, so choices never show another town's rows."""

    def __init__(self, municipality: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.municipality = municipality
        self.prepare()

    def prepare(self) -> None:
        """Fill the choices."""

    def own_bodies(self) -> Any:
        return bodies_of(self.municipality).filter(is_external=False)

    def outer_bodies(self) -> Any:
        return bodies_of(self.municipality).filter(is_external=True)


def _words(label: str, rows: int = 3, required: bool = True, help_text: str = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=area, required=required, help_text=help_text, max_length=4000)


def _body(label: str) -> "forms.ModelChoiceField[Body]":
    return forms.ModelChoiceField(Body.objects.none(), label=label, empty_label="выберите орган")


class NothingForm(DeedForm):
    """The deed needs no words."""


class ReasonForm(DeedForm):
    """Why: the words stay in the history."""

    reason = _words("Причина")


class AssignForm(DeedForm):
    """Who answers for the case, who helps."""

    body = _body("Кому")
    co_bodies = forms.ModelMultipleChoiceField(
        Body.objects.none(), label="Соисполнители", required=False, help_text="несколько — с Ctrl"
    )
    reason = _words("Основание", 2, required=False, help_text="останется в истории; можно не писать")

    def prepare(self) -> None:
        offer_rows(self, "body", self.own_bodies())
        offer_rows(self, "co_bodies", self.own_bodies())


class PassForm(DeedForm):
    """Another body and the reason."""

    body = _body("Кому")
    reason = _words("Почему передаёте", 2)

    def prepare(self) -> None:
        offer_rows(self, "body", self.own_bodies())


class QuestionForm(DeedForm):
    """What to ask the applicant."""

    question = _words("Что уточнить", 4, help_text="Внутренние сроки встанут на паузу, срок по закону идёт.")


class ReplyForm(DeedForm):
    """What the applicant answered."""

    text = _words("Что ответил заявитель", 4)


class LinkForm(DeedForm):
    """Where the answer stands in the outer system."""

    link = forms.CharField(
        label="Ссылка или номер в системе", max_length=500, help_text="это подтверждение размещения"
    )


class CloseForm(DeedForm):
    """What came out of it."""

    result = forms.CharField(
        label="Итог одной строкой", required=False, max_length=12, widget=forms.HiddenInput
    )


class ExtendForm(DeedForm):
    """How many days and why: both go into the notice to the applicant."""

    days = forms.IntegerField(label="На сколько дней", min_value=1, max_value=30, initial=30)
    reason = _words("Причина", 2, help_text="Она войдёт в уведомление заявителю (59-ФЗ, ст. 12 ч. 2).")


class ForwardForm(DeedForm):
    """The competent outer body and the ground."""

    body = _body("Какому органу")
    reason = _words("Основание", 2, help_text="Заявителю уйдёт уведомление о переадресации.")

    def prepare(self) -> None:
        offer_rows(self, "body", self.outer_bodies())


class CopiesForm(DeedForm):
    """Several bodies, each answers its part."""

    bodies = forms.ModelMultipleChoiceField(Body.objects.none(), label="Каким органам")
    reason = _words("Какая часть кому", 2, required=False)

    def prepare(self) -> None:
        offer_rows(self, "bodies", self.outer_bodies())


class LeaveForm(DeedForm):
    """The law's ground for no answer on the merits."""

    ground = forms.ChoiceField(label="Основание по 59-ФЗ")
    reason = _words("Пояснение или адрес страницы", 2, required=False)

    def prepare(self) -> None:
        offer_words(
            self,
            "ground",
            [(key, f"{BRANCHES[key].title} — {BRANCHES[key].clause}") for key in LEAVE_GROUNDS],
        )


class UnansweredForm(DeedForm):
    """Why a message needs no answer; some grounds are nothing without words."""

    ground = forms.ChoiceField(
        label="Почему ответ не нужен",
        choices=[("", "выберите"), *((key, one.title) for key, one in UNANSWERED_GROUNDS.items())],
    )
    reason = _words(
        "Пояснение",
        2,
        required=False,
        help_text="Для «вопроса нет», «дубль» и «другое» напишите, в чём дело.",
    )


class JoinForm(DeedForm):
    """The main card."""

    number = forms.CharField(label="Номер главной карточки", max_length=40)


class TopicForm(DeedForm):
    """A topic of the tree."""

    topic = forms.ModelChoiceField(Topic.objects.none(), label="Тема", empty_label="выберите тему")
    why = _words("Почему", 2, required=False)

    def prepare(self) -> None:
        offer_rows(self, "topic", Topic.objects.filter(is_open=True))


class PlaceForm(DeedForm):
    """The place; the point is set by a click on the map."""

    settlement = forms.ModelChoiceField(
        Settlement.objects.none(), label="Населённый пункт", required=False, empty_label="не указан"
    )
    street = forms.CharField(label="Улица", required=False, max_length=160)
    house = forms.CharField(label="Дом", required=False, max_length=20)
    lat = forms.FloatField(label="Широта", required=False, widget=forms.HiddenInput)
    lon = forms.FloatField(label="Долгота", required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        towns = Settlement.objects.filter(municipality=self.municipality)
        offer_rows(self, "settlement", towns)

    def clean(self) -> dict[str, Any]:
        """Words that changed take the old point with them: the new one is clicked, or the gazetteer's."""
        data = super().clean() or {}
        data["is_pointed"] = "lat" in self.changed_data and data.get("lat") is not None
        if {"settlement", "street"} & set(self.changed_data) and "lat" not in self.changed_data:
            data["lat"], data["lon"] = _known_point(data.get("settlement"), data.get("street", ""))
        return data


def _known_point(settlement: Settlement | None, street: str) -> tuple[float | None, float | None]:
    """The gazetteer's point of the street, else of the settlement."""
    if settlement is None:
        return None, None
    found = Street.objects.filter(settlement=settlement, name__iexact=street, lat__isnull=False).first()
    return (found.lat, found.lon) if found else (settlement.lat, settlement.lon)


class KindForm(DeedForm):
    """The legal regime and the ground."""

    kind = forms.ChoiceField(label="Вид", choices=KINDS)
    why = _words("Почему", 2, help_text="От вида зависят сроки по закону.")


class OutcomeForm(DeedForm):
    """Marks of an appeal for the monthly figures of Указ 171."""

    was_visited = forms.BooleanField(label="Рассмотрено с выездом на место", required=False)
    held_liable = forms.IntegerField(
        label="Привлечены к ответственности, лиц", min_value=0, max_value=999, initial=0
    )


class UrgencyForm(DeedForm):
    """Urgent or not."""

    urgency = forms.ChoiceField(label="Срочность", choices=list(reversed(URGENCIES)))
    why = _words("Почему", 2, required=False)
