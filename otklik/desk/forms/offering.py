"""What a field of a form lets choose from, set when the municipality is known."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet


def offer_rows(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Let the field choose among these rows; TypeError for a field that chooses no rows."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} chooses no rows")
    field.queryset = rows


def offer_words(form: forms.BaseForm, name: str, choices: Iterable[tuple[str, str]]) -> None:
    """Let the field choose among these (value, word) pairs; TypeError for a field without choices."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} has no choices")
    field.choices = list(choices)
