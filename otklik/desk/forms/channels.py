"""Plain settings of a channel as typed fields, made of the table of its kind."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms

from otklik.channels.models import Channel
from otklik.channels.plain_settings import Setting, settings_of
from otklik.channels.wordlists import clean

OTHER = "other"


class ChannelSettingsForm(forms.Form):
    """A field for each setting of the kind; everything else the channel keeps stands below as JSON."""

    def __init__(self, channel: Channel, data: Mapping[str, Any] | None = None) -> None:
        self.channel, self.known = channel, settings_of(channel.kind)
        names = {one.key for one in self.known}
        rest = {key: value for key, value in channel.settings.items() if key not in names}
        values = {one.key: _shown(one, channel.settings.get(one.key)) for one in self.known}
        super().__init__(data, initial={**values, OTHER: _json(rest)})
        for one in self.known:
            self.fields[one.key] = _field(one)
        self.fields[OTHER] = forms.CharField(
            label="Прочие настройки",
            required=False,
            widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
            help_text="в виде JSON: то, для чего здесь нет поля",
        )
        self.rest = rest

    def clean_other(self) -> dict[str, Any]:
        """An object of JSON; nothing for nothing."""
        text = str(self.cleaned_data.get(OTHER) or "").strip()
        try:
            found = json.loads(text) if text else {}
        except ValueError as error:
            raise forms.ValidationError("Это не JSON. Проверьте кавычки и запятые.") from error
        if not isinstance(found, dict):
            raise forms.ValidationError('Нужен объект: {"имя": значение}.')
        return found

    def values(self) -> dict[str, Any]:
        """The settings as the adapters read them; what was taken out of the JSON is emptied."""
        plain = {one.key: _kept(one, self.cleaned_data.get(one.key)) for one in self.known}
        gone = {key: "" for key in self.rest if key not in self.cleaned_data[OTHER]}
        return {**gone, **self.cleaned_data[OTHER], **plain}


def _field(one: Setting) -> forms.Field:
    area = forms.Textarea(attrs={"rows": 4})
    match one.shape:
        case "number":
            return forms.IntegerField(label=one.title, required=False, min_value=0, help_text=one.help)
        case "address":
            return forms.URLField(label=one.title, required=False, assume_scheme="https", help_text=one.help)
        case "yes_no":
            return forms.BooleanField(label=one.title, required=False, help_text=one.help)
        case "choice":
            choices = [("", "как обычно"), *one.choices]
            return forms.ChoiceField(label=one.title, required=False, choices=choices, help_text=one.help)
        case "long":
            text = forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "code"})
            return forms.CharField(label=one.title, required=False, widget=text, help_text=one.help)
        case "lines" | "pages" | "words" | "open_pages":
            return forms.CharField(label=one.title, required=False, widget=area, help_text=one.help)
        case _:
            return forms.CharField(label=one.title, required=False, max_length=500, help_text=one.help)


def _shown(one: Setting, value: Any) -> Any:
    if one.shape == "pages":
        rows = [row for row in value or () if isinstance(row, Mapping)]
        return "\n".join(f"{row.get('group_id', '')} {row.get('title', '')}".strip() for row in rows)
    if one.shape in ("lines", "words", "open_pages"):
        return "\n".join(str(line) for line in value or ())
    return value


def _kept(one: Setting, value: Any) -> Any:
    if one.shape == "pages":
        return [_page(line) for line in clean(str(value or "").splitlines())]
    if one.shape in ("lines", "words", "open_pages"):
        return clean(str(value or "").splitlines())
    return value


def _page(line: str) -> dict[str, Any]:
    number, _, title = line.partition(" ")
    return {"group_id": int(number) if number.isdecimal() else number, "title": title.strip()}


def _json(rest: Mapping[str, Any]) -> str:
    return json.dumps(rest, ensure_ascii=False, indent=1) if rest else ""
