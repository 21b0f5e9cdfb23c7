"""The citizen's form: five questions; every error is one sentence beside its field, typed text stays."""

from typing import Any

from django import forms

from otklik.channels.files import MAX_FILES
from otklik.portal.rules import Contact, contact_of

TEXT_LIMIT = 5000
PHOTOS = min(5, MAX_FILES)


class ManyFiles(forms.ClearableFileInput):
    """One field, several photos."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of uploaded files; contents are checked by `channels.files`."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return list(data) if isinstance(data, list | tuple) else [data] if data else []


class MessageForm(forms.Form):
    """What happened, where, photos, how to consider, where to answer."""

    text = forms.CharField(
        max_length=TEXT_LIMIT,
        error_messages={
            "required": "Напишите, что случилось: хватит двух предложений.",
            "max_length": f"Текст длиннее {TEXT_LIMIT} знаков. Сократите его или приложите файлом.",
        },
    )
    address = forms.CharField(required=False, max_length=200)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180)
    photos = FilesField(required=False)
    way = forms.ChoiceField(
        choices=[("message", ""), ("appeal", "")],
        error_messages={
            "required": "Выберите, как рассмотреть.",
            "invalid_choice": "Выберите, как рассмотреть.",
        },
    )
    contact = forms.CharField(required=False, max_length=254)
    name = forms.CharField(required=False, max_length=150)
    consent = forms.BooleanField(required=False)
    joins = forms.CharField(required=False, max_length=40)
    site = forms.CharField(required=False)
    once = forms.UUIDField(required=False)

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\x00", "")
        if not any(letter.isalpha() for letter in text):
            raise forms.ValidationError("В тексте нет ни одного слова. Напишите, что случилось.")
        return text

    def clean_contact(self) -> Contact:
        contact = contact_of(str(self.cleaned_data["contact"]))
        if contact is None:
            raise forms.ValidationError("Это не похоже ни на телефон, ни на почту. Проверьте или сотрите.")
        return contact

    def clean_site(self) -> str:
        if self.cleaned_data["site"]:
            raise forms.ValidationError("Заполнено скрытое поле: так делают программы. Сотрите его.")
        return ""

    def clean_photos(self) -> list[Any]:
        photos: list[Any] = self.cleaned_data["photos"]
        if len(photos) > PHOTOS:
            raise forms.ValidationError(f"Приложите не больше {PHOTOS} файлов.")
        return photos

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        contact = data.get("contact") or Contact()
        if (contact.phone or contact.email or data.get("name")) and not data.get("consent"):
            self.add_error(
                "consent", "Отметьте согласие или сотрите имя и способ связи: без согласия мы их не храним."
            )
        return data
