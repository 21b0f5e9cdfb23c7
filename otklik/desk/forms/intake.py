"""The clerk's card: a call, a letter with its scan, a spoken request, a personal reception, a mail typed in."""

from typing import Any

from django import forms
from django.utils import timezone

from otklik.desk.forms.deeds import DeedForm
from otklik.desk.forms.offering import offer_rows
from otklik.places.models import Settlement

WAYS = (
    ("phone", "Звонок", "phone", "Digit1"),
    ("paper", "Письмо", "paper", "Digit2"),
    ("oral", "Устно", "speak", "Digit3"),
    ("reception", "Личный приём", "person", "Digit4"),
    ("email", "Почта", "mail", "Digit5"),
)


class NewCaseForm(DeedForm):
    """What a clerk types; only the text is required. A letter and a reception count from the day they came."""

    way = forms.ChoiceField(label="Как обратились", choices=[(key, title) for key, title, _, _ in WAYS])
    text = forms.CharField(
        label="Текст", widget=forms.Textarea(attrs={"rows": 8, "autofocus": True}), max_length=50_000
    )
    author = forms.CharField(label="Фамилия, имя, отчество", required=False, max_length=300)
    phone = forms.CharField(
        label="Телефон", required=False, max_length=40, widget=forms.TextInput(attrs={"type": "tel"})
    )
    email = forms.EmailField(label="Электронная почта", required=False)
    address = forms.CharField(label="Почтовый адрес для ответа", required=False, max_length=300)
    settlement = forms.ModelChoiceField(
        Settlement.objects.none(), label="Населённый пункт", required=False, empty_label="найти в тексте"
    )
    street = forms.CharField(label="Улица", required=False, max_length=160)
    house = forms.CharField(label="Дом", required=False, max_length=20)
    came_on = forms.DateTimeField(
        label="Когда поступило",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="срок регистрации идёт с этого времени",
    )
    is_identified = forms.BooleanField(label="личность установлена по документу", required=False)
    wants_appeal = forms.BooleanField(label="просит рассмотреть как обращение по 59-ФЗ", required=False)
    call = forms.IntegerField(required=False, widget=forms.HiddenInput)
    scan = forms.FileField(label="Скан или фотография", required=False, help_text="до 20 МБ")

    def prepare(self) -> None:
        towns = Settlement.objects.filter(municipality=self.municipality)
        offer_rows(self, "settlement", towns)
        self.fields["came_on"].initial = timezone.localtime
        self.fields["way"].initial = "phone"

    def clean(self) -> dict[str, Any]:
        """What the law wants by the way it came; a future receipt is a slip of the pen."""
        data: dict[str, Any] = super().clean() or {}
        came = data.get("came_on")
        if came and came > timezone.now():
            self.add_error("came_on", "Это время ещё не наступило. Проверьте дату поступления.")
        if data.get("way") == "reception" and not data.get("author"):
            self.add_error("author", "В карточке личного приёма нужно имя (59-ФЗ, ст. 13).")
        if data.get("way") == "paper" and not (data.get("author") and data.get("address")):
            if not data.get("author") and not data.get("address"):
                return data  # an anonymous letter is registered too: 59-ФЗ, ст. 11 ч. 1
            name = "address" if data.get("author") else "author"
            self.add_error(
                name,
                "Для ответа на письмо нужны и имя, и адрес. Нет ни того ни другого — оставьте оба пустыми.",
            )
        return data
